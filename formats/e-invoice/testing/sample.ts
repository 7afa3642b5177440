// Made-up electronic invoices in the forms in which they are delivered, and archives of files. No real company, no real number.
import { deflateSync } from 'node:zlib'

export interface Sample {
  readonly number?: string
  readonly issuedOn?: string
  readonly special?: boolean
  readonly seller?: readonly [name: string, taxId: string]
  readonly buyer?: readonly [name: string, taxId: string]
  readonly lines?: readonly (readonly [name: string, net: string, rate: string, tax: string])[]
  readonly totals?: readonly [net: string, tax: string, gross: string]
  readonly red?: string
  readonly site?: readonly [name: string, place: string]
}

const bytes = (text: string) => new TextEncoder().encode(text)
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const seller = ['东江钢铁贸易有限公司', '91990000MA0000001X'] as const
const buyer = ['河滨建设有限公司', '91990000MA0000002X'] as const

/** 数电票 XML. */
export function digitalXml(of: Sample = {}): Uint8Array {
  const number = of.number ?? '26112000000000000001'
  const lines = of.lines ?? [['*黑色金属冶炼压延品*热轧带肋钢筋', '100000.00', '0.13', '13000.00'] as const]
  const [net, tax, gross] = of.totals ?? ['100000.00', '13000.00', '113000.00']
  const party = (name: 'Seller' | 'Buyer', [who, id]: readonly [string, string]) =>
    `<${name}Information><${name}IdNum>${id}</${name}IdNum><${name}Name>${escaped(who)}</${name}Name></${name}Information>`
  return bytes(`<?xml version="1.0" encoding="UTF-8"?>
<EInvoice><Header><EIid>${number}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag><Version>0.3</Version><InherentLabel>
<InIssuType><LabelCode>${of.red ? 'N' : 'Y'}</LabelCode><LabelName>是否蓝字发票标志</LabelName></InIssuType>
<GeneralOrSpecialVAT><LabelCode>${of.special === false ? '02' : '01'}</LabelCode></GeneralOrSpecialVAT></InherentLabel></Header>
<EInvoiceData>${party('Seller', of.seller ?? seller)}${party('Buyer', of.buyer ?? buyer)}
<BasicInformation><TotalAmWithoutTax>${net}</TotalAmWithoutTax><TotalTaxAm>${tax}</TotalTaxAm>
<TotalTax-includedAmount>${gross}</TotalTax-includedAmount><RequestTime>2026-11-05 10:11:12</RequestTime></BasicInformation>
${lines
  .map(
    ([name, amount, rate, of]) => `<IssuItemInformation><ItemName>${escaped(name)}</ItemName><MeaUnits>吨</MeaUnits>
<Quantity>10</Quantity><UnPrice>10000</UnPrice><Amount>${amount}</Amount><TaxRate>${rate}</TaxRate><ComTaxAm>${of}</ComTaxAm></IssuItemInformation>`,
  )
  .join('')}
<SpecificInformation>${of.red ? `<RedEInvoice><OriginalInvoiceCode>${of.red}</OriginalInvoiceCode><CreditNoteNumber>11010826091002615708</CreditNoteNumber></RedEInvoice>` : ''}
${of.site ? `<ConstructionServices><PlaceOfBuildingService>${of.site[1]}</PlaceOfBuildingService><BuildingName>${of.site[0]}</BuildingName></ConstructionServices>` : ''}</SpecificInformation>
<AdditionalInformation><Remark>合同 HT-1</Remark></AdditionalInformation></EInvoiceData>
<TaxSupervisionInfo><InvoiceNumber>${number}</InvoiceNumber><IssueTime>${of.issuedOn ?? '2026-11-05'}</IssueTime></TaxSupervisionInfo></EInvoice>`)
}

/** The XML inside an OFD of the older electronic invoices. */
export const olderXml = (): Uint8Array =>
  bytes(`<?xml version="1.0" encoding="UTF-8"?>
<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceCode>011002000113</fp:InvoiceCode>
<fp:InvoiceNo>87654321</fp:InvoiceNo><fp:IssueDate>2026年10月08日</fp:IssueDate>
<fp:Buyer><fp:BuyerName>${buyer[0]}</fp:BuyerName><fp:BuyerTaxID>${buyer[1]}</fp:BuyerTaxID></fp:Buyer>
<fp:Seller><fp:SellerName>${seller[0]}</fp:SellerName><fp:SellerTaxID>${seller[1]}</fp:SellerTaxID></fp:Seller>
<fp:TaxInclusiveTotalAmount>106.00</fp:TaxInclusiveTotalAmount><fp:TaxTotalAmount>6.00</fp:TaxTotalAmount>
<fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount><fp:GoodsInfos><fp:GoodsInfo><fp:Item>*研发和技术服务*检测费</fp:Item>
<fp:Amount>100.00</fp:Amount><fp:TaxScheme>6%</fp:TaxScheme><fp:TaxAmount>6.00</fp:TaxAmount></fp:GoodsInfo></fp:GoodsInfos></fp:eInvoice>`)

/** A PDF with the XML embedded, packed as usual. */
export function pdfWith(xml: Uint8Array): Uint8Array {
  const packed = deflateSync(xml)
  return Buffer.concat([
    Buffer.from(
      `%PDF-1.7\n1 0 obj\n<< /Type /EmbeddedFile /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`,
      'latin1',
    ),
    packed,
    Buffer.from('\nendstream\nendobj\n%%EOF\n', 'latin1'),
  ])
}

/** A stored zip; names in UTF-8. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const title = Buffer.from(name, 'utf8')
    const fixed = (signature: number, extra: readonly (readonly [number, 2 | 4])[]) => {
      const fields: readonly (readonly [number, 2 | 4])[] = [[signature, 4], ...extra]
      const out = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0))
      let at = 0
      for (const [value, size] of fields) {
        if (size === 2) out.writeUInt16LE(value, at)
        else out.writeUInt32LE(value >>> 0, at)
        at += size
      }
      return out
    }
    const common = [
      ...([
        [20, 2],
        [0x0800, 2],
        [0, 2],
        [0, 2],
        [0x5a21, 2],
      ] as const),
      ...([
        [crcOf(content), 4],
        [content.length, 4],
        [content.length, 4],
        [title.length, 2],
        [0, 2],
      ] as const),
    ]
    const local = fixed(0x04034b50, common)
    directory.push(fixed(0x02014b50, [[20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]]), title)
    parts.push(local, title, Buffer.from(content))
    offset += local.length + title.length + content.length
  }
  const end = Buffer.alloc(22)
  const size = directory.reduce((sum, each) => sum + each.length, 0)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(Object.keys(files).length, 8)
  end.writeUInt16LE(Object.keys(files).length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, ...directory, end])
}

function crcOf(content: Uint8Array): number {
  let crc = -1
  for (const byte of content) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ -1) >>> 0
}
