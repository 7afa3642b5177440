// The XML of a digital invoice (数电票, root EInvoice) and of the older electronic ones (root eInvoice or Invoice inside an OFD).
import { add, compare, type Decimal, sum } from '@yingzao/engines/money'
import { Refused } from '../limit.ts'
import type { EInvoice, EInvoiceLine, EInvoiceParty } from './invoice.ts'
import { find, findAll, type Node, textOf } from './tree.ts'
import { amountOf, dayOf, numberOf, rateOf } from './value.ts'

/** Is it the XML of an invoice at all? An OFD holds many other parts. */
export const isInvoice = (root: Node): boolean => isDigital(root) || isOlder(root)
const isDigital = (root: Node) => root.name.toLowerCase() === 'einvoice' && find(root, 'EInvoiceData') !== undefined
const isOlder = (root: Node) =>
  ['einvoice', 'invoice'].includes(root.name.toLowerCase()) &&
  find(root, 'InvoiceNo', 'TaxInclusiveTotalAmount') !== undefined

/** Throws `Refused`: `e_invoice.unknown`, `e_invoice.value`, `e_invoice.sums`. */
export function invoiceOf(root: Node): EInvoice {
  const read = isDigital(root) ? digital(root) : isOlder(root) ? older(root) : null
  if (!read) throw new Refused('e_invoice.unknown', { root: root.name.slice(0, 40) })
  if (!/^\d{8,20}$/.test(read.number))
    throw new Refused('e_invoice.value', { what: 'InvoiceNumber', text: read.number.slice(0, 40) })
  const off =
    compare(add(read.net, read.tax), read.gross) !== 0 ||
    compare(sum(read.lines.map(line => line.net)), read.net) !== 0 ||
    compare(sum(read.lines.map(line => line.tax)), read.tax) !== 0
  if (off) throw new Refused('e_invoice.sums', { gross: read.gross })
  return read
}

function digital(root: Node): EInvoice {
  const data = find(root, 'EInvoiceData')
  const basic = find(data, 'BasicInformation')
  const supervision = find(root, 'TaxSupervisionInfo')
  const labels = find(root, 'InherentLabel')
  const remark = textOf(find(find(data, 'AdditionalInformation'), 'Remark'))
  const kind = find(labels, 'GeneralOrSpecialVAT')
  const special = textOf(find(kind, 'LabelCode')) === '01' || (textOf(find(kind, 'LabelName')) ?? '').includes('专用')
  const totals = {
    net: amountOf(textOf(find(basic, 'TotalAmWithoutTax')), 'TotalAmWithoutTax'),
    tax: amountOf(textOf(find(basic, 'TotalTaxAm')) ?? '0', 'TotalTaxAm'),
    gross: amountOf(textOf(find(basic, 'TotalTax-includedAmount')), 'TotalTax-includedAmount'),
  }
  return {
    number: textOf(find(supervision, 'InvoiceNumber')) ?? textOf(find(root, 'EIid')) ?? '',
    code: null,
    issuedOn: dayOf(textOf(find(supervision, 'IssueTime')) ?? textOf(find(basic, 'RequestTime'))),
    type: special ? 'special' : find(data, 'Toll') ? 'travel' : 'plain',
    seller: partyOf(find(data, 'SellerInformation'), 'SellerName', 'SellerIdNum'),
    buyer: partyOf(find(data, 'BuyerInformation'), 'BuyerName', 'BuyerIdNum'),
    ...totals,
    lines: linesOf(findAll(data, 'IssuItemInformation'), digitalNames, totals),
    red: redOf(
      textOf(find(find(labels, 'InIssuType'), 'LabelCode')) === 'N',
      find(data, 'RedEInvoice'),
      remark,
      totals.gross,
    ),
    site: siteOf(find(data, 'SpecificInformation')),
    remark,
  }
}

function older(root: Node): EInvoice {
  const code = textOf(find(root, 'InvoiceCode'))
  const remark = textOf(find(root, 'Note', 'Remark'))
  const totals = {
    net: amountOf(textOf(find(root, 'TaxExclusiveTotalAmount')), 'TaxExclusiveTotalAmount'),
    tax: taxTotal(textOf(find(root, 'TaxTotalAmount'))),
    gross: amountOf(textOf(find(root, 'TaxInclusiveTotalAmount')), 'TaxInclusiveTotalAmount'),
  }
  return {
    number: textOf(find(root, 'InvoiceNo', 'InvoiceNumber')) ?? '',
    code: code !== null && /^(\d{10}|\d{12})$/.test(code) ? code : null,
    issuedOn: dayOf(textOf(find(root, 'IssueDate'))),
    type: typeByCode(code ?? ''),
    seller: partyOf(find(root, 'Seller'), 'SellerName', 'SellerTaxID'),
    buyer: partyOf(find(root, 'Buyer'), 'BuyerName', 'BuyerTaxID'),
    ...totals,
    lines: linesOf(findAll(root, 'GoodsInfo'), olderNames, totals),
    red: redOf(false, undefined, remark, totals.gross),
    site: null,
    remark,
  }
}

/** Some issuers write stars or 免税 for no tax. */
const taxTotal = (text: string | null): Decimal =>
  text === null || /^(\*+|免税|不征税)$/.test(text) ? '0.00' : amountOf(text, 'TaxTotalAmount')

/** 增值税发票代码编码规则: of 12 digits the last two, of 10 the eighth. */
function typeByCode(code: string): EInvoice['type'] {
  if (code.length === 12) return code.endsWith('13') ? 'special' : code.endsWith('12') ? 'travel' : 'plain'
  return code.length === 10 && ['1', '5'].includes(code.charAt(7)) ? 'special' : 'plain'
}

function partyOf(node: Node | undefined, name: string, taxId: string): EInvoiceParty {
  const found = textOf(find(node, name))
  if (found === null) throw new Refused('e_invoice.value', { what: name, text: '' })
  const id = textOf(find(node, taxId))?.replaceAll(/\s/g, '').toUpperCase() ?? null
  return { name: found, taxId: id !== null && /^[0-9A-Z]{15,20}$/.test(id) ? id : null }
}

interface Names {
  readonly name: string
  readonly spec: string
  readonly unit: string
  readonly qty: string
  readonly price: string
  readonly net: string
  readonly rate: string
  readonly tax: string
}
const digitalNames: Names = {
  ...{ name: 'ItemName', spec: 'SpecMod', unit: 'MeaUnits', qty: 'Quantity' },
  ...{ price: 'UnPrice', net: 'Amount', rate: 'TaxRate', tax: 'ComTaxAm' },
}
const olderNames: Names = {
  ...{ name: 'Item', spec: 'Specification', unit: 'MeasurementDimension', qty: 'Quantity' },
  ...{ price: 'Price', net: 'Amount', rate: 'TaxScheme', tax: 'TaxAmount' },
}

function linesOf(nodes: readonly Node[], names: Names, totals: Pick<EInvoice, 'net' | 'tax'>): EInvoiceLine[] {
  const get = (node: Node, name: keyof Names) => textOf(find(node, names[name]))
  const written = nodes.filter(node => get(node, 'net') !== null)
  const [first] = nodes
  // A list invoice (“详见清单”) or a toll says its rate and no line: the total is the line.
  if (written.length === 0)
    return [
      {
        name: (first && get(first, 'name')) ?? '—',
        ...{ spec: null, unit: null, qty: null, price: null, net: totals.net, tax: totals.tax },
        rate: rateOf(first ? get(first, 'rate') : null),
      },
    ]
  return written.map(node => ({
    name: get(node, 'name') ?? '—',
    spec: get(node, 'spec'),
    unit: get(node, 'unit'),
    qty: numberOf(get(node, 'qty'), 4),
    price: numberOf(get(node, 'price'), 6),
    net: amountOf(get(node, 'net'), names.net),
    rate: rateOf(get(node, 'rate')),
    tax: taxTotal(get(node, 'tax')),
  }))
}

const takenBack = /(?:被红冲蓝字(?:数电)?(?:电子)?(?:发票|票)号码|对应正数发票.{0,30}?号码)[：:]?\s*(\d{8,20})/
function redOf(said: boolean, node: Node | undefined, remark: string | null, gross: Decimal): EInvoice['red'] {
  const inRemark = takenBack.exec(remark ?? '')?.[1] ?? null
  if (!said && node === undefined && compare(gross, '0') >= 0) return null
  const number = textOf(find(node, 'OriginalInvoiceNumber')) ?? textOf(find(node, 'OriginalInvoiceCode')) ?? inRemark
  return {
    number: number !== null && /^\d{8,20}$/.test(number) ? number : inRemark,
    confirmation: textOf(find(node, 'CreditNoteNumber')),
  }
}

/** 特定要素 of building services; its elements are named differently by editions of the standard. */
function siteOf(specific: Node | undefined): EInvoice['site'] {
  const name = textOf(
    find(specific, 'BuildingName', 'ConstructionProjectName', 'NameOfConstructionProject', 'BuildingProjectName'),
  )
  const place = textOf(
    find(
      specific,
      'PlaceOfBuildingService',
      'ConstructionServicePlace',
      'PlaceOfConstructionServices',
      'SimpleAddress',
    ),
  )
  if (name === null && place === null) return null
  return { name, place, crossCity: textOf(find(specific, 'CrossCitySign', 'CrossRegionSign')) === 'Y' }
}
