// Electronic invoices in every form they are delivered in; what is damaged or hostile is refused with a code.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { refusalMessage } from '../message.ts'
import { readInvoiceFile } from './index.ts'
import { digitalXml, olderXml, pdfWith, zipOf } from './testing/sample.ts'

const read = async (bytes: Uint8Array, name = 'a.xml') => (await readInvoiceFile(bytes, name))[0]
const refused = async (bytes: Uint8Array) => {
  const found = await read(bytes)
  return found && !found.ok ? found.error.code : 'read'
}
const text = (content: string) => new TextEncoder().encode(content)

test('a digital invoice: number, parties, lines, totals', async () => {
  expect(await read(digitalXml())).toMatchObject({
    ok: true,
    invoice: {
      ...{ number: '26112000000000000001', code: null, issuedOn: '2026-11-05', type: 'special', red: null, site: null },
      seller: { name: '东江钢铁贸易有限公司', taxId: '91990000MA0000001X' },
      ...{ net: '100000.00', tax: '13000.00', gross: '113000.00', remark: '合同 HT-1' },
      lines: [{ qty: '10.0000', price: '10000.000000', net: '100000.00', rate: '0.13', tax: '13000.00', unit: '吨' }],
    },
  })
})

test('a red one names what it takes back, in its own element or in the remark; a building service its project and place', async () => {
  const red = digitalXml({
    red: '26112000000000000001',
    totals: ['-100.00', '-9.00', '-109.00'],
    lines: [['*建筑服务*工程款', '-100.00', '9%', '-9.00']],
  })
  expect(await read(red)).toMatchObject({
    invoice: { red: { number: '26112000000000000001', confirmation: '11010826091002615708' }, gross: '-109.00' },
  })
  const remark = text(
    new TextDecoder()
      .decode(red)
      .replace(/<RedEInvoice>.*<\/RedEInvoice>/s, '')
      .replace('合同 HT-1', '被红冲蓝字数电票号码：26112000000000000009 红字发票信息确认单编号：1'),
  )
  expect(await read(remark)).toMatchObject({ invoice: { red: { number: '26112000000000000009' } } })
  expect(await read(digitalXml({ site: ['河滨新城', '云州市河滨区'] }))).toMatchObject({
    invoice: { site: { name: '河滨新城', place: '云州市河滨区', crossCity: false } },
  })
})

test('an OFD, a PDF with its XML, an archive of the tax bureau: each invoice once, the XML before its pictures', async () => {
  const ofd = zipOf({
    'OFD.xml': text('<OFD/>'),
    'Doc_0/Pages/Page_0/Content.xml': text('<Page/>'),
    'Doc_0/Attachs/original_invoice.xml': olderXml(),
  })
  expect(await read(ofd, 'a.ofd')).toMatchObject({
    invoice: {
      number: '87654321',
      code: '011002000113',
      issuedOn: '2026-10-08',
      type: 'special',
      lines: [{ rate: '0.06' }],
    },
  })
  expect(await read(pdfWith(digitalXml()), 'a.pdf')).toMatchObject({ ok: true })
  const archive = zipOf({
    '一月/a.xml': digitalXml(),
    '一月/a.pdf': text('%PDF-1.7 nothing'),
    'b.ofd': ofd,
    'c.pdf': text('%PDF-1.7 nothing'),
    'readme.txt': text('x'),
  })
  const found = await readInvoiceFile(archive, '发票.zip')
  expect(found.map(each => [each.name, each.ok || each.error.code])).toEqual([
    ['发票.zip › 一月/a.xml', true],
    ['发票.zip › b.ofd', true],
    ['发票.zip › c.pdf', 'e_invoice.pdf'],
  ])
})

describe('what cannot be read is refused, and says what to do', () => {
  const xml = new TextDecoder().decode(digitalXml())
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'e_invoice.empty'],
    ['a photo', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'e_invoice.picture'],
    ['another XML', text('<Project/>'), 'e_invoice.unknown'],
    ['half of it', text(xml.slice(0, 900)), 'xml.malformed'],
    ['altered amounts', text(xml.replace('113000.00', '113000.01')), 'e_invoice.sums'],
    ['no date', text(xml.replaceAll(/2026-11-05/g, '2026-13-45')), 'e_invoice.value'],
    ['an entity bomb', text(`<!DOCTYPE a [<!ENTITY b "${'x'.repeat(99)}">]><EInvoice>&b;</EInvoice>`), 'xml.entity'],
    ['a hundred levels', text('<a>'.repeat(100)), 'e_invoice.damaged'],
    ['a broken archive', text('PK\u0003\u0004 not really'), 'e_invoice.damaged'],
    ['an OFD without XML', zipOf({ 'OFD.xml': text('<OFD/>') }), 'e_invoice.ofd'],
    ['an empty archive', zipOf({ 'a.txt': text('a') }), 'e_invoice.archive_empty'],
  ])('%s', async (_, bytes, code) => {
    expect(await refused(bytes)).toBe(code)
    const { zh, en } = refusalMessage({ code, values: {} })
    expect(zh).not.toContain(code)
    expect(en).toMatch(/[.]$/)
  })

  test('any damage to a file ends in an answer', async () => {
    const files = [digitalXml(), pdfWith(digitalXml()), zipOf({ 'a.xml': digitalXml(), 'b.ofd': olderXml() })]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(
          fc.tuple(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), fc.integer({ min: 0, max: 255 })),
          { maxLength: 6 },
        ),
        async (file, damage) => {
          const broken = Uint8Array.from(file)
          for (const [at, byte] of damage) broken[Math.floor(at * broken.length)] = byte
          for (const found of await readInvoiceFile(broken, 'x')) expect(typeof found.ok).toBe('boolean')
        },
      ),
      { numRuns: 150 },
    )
  })
})
