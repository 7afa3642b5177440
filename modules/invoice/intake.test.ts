// Files of electronic invoices, as they are chosen by a person: what is taken, what is refused and why.
import { digitalXml, olderXml, type Sample, zipOf } from '@yingzao/formats/e-invoice/testing/sample'
import type { FileRef, Id } from '@yingzao/kernel/entity'
import type { Person } from '@yingzao/platform/testing/app'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Intake } from './intake-shape.ts'
import { invoice } from './invoice.entity.ts'
import { creditCode, type InvoiceSite, invoiceNo, invoiceSite, ourCompany, ourTaxId } from './testing/site.ts'

let app: TestApp
let at: InvoiceSite
beforeAll(async () => {
  app = await testApp()
  await ourCompany(app)
  at = await invoiceSite(app)
})
afterAll(() => app?.close())

async function choose(who: Person, ...files: readonly (readonly [name: string, bytes: Uint8Array])[]) {
  const kept: FileRef[] = []
  for (const [name, bytes] of files) {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(bytes)]), name)
    kept.push(await who.transport.call<FileRef>('POST', '/files', { raw: form }))
  }
  return (await who.perform<Intake>('invoice.intake', { files: kept })).rows
}
/** An invoice of the subcontractor to us. */
const paper = (more: Sample = {}): Sample => ({
  ...{ number: invoiceNo(), seller: [at.sub.name, at.sub.taxId], buyer: ['测试集团', ourTaxId] },
  ...{ lines: [['*建筑服务*工程款', '100000.00', '0.09', '9000.01']], totals: ['100000.00', '9000.01', '109000.01'] },
  ...more,
})

test('many files at once: each becomes a draft with its contract and its file, as printed to the fen; none twice', async () => {
  const [one, two] = [paper(), paper({ special: false })]
  const found = await choose(
    at.keeper,
    ['a.xml', digitalXml(one)],
    ['二月.zip', zipOf({ 'a.xml': digitalXml(one), 'b.xml': digitalXml(two) })],
  )
  expect(found).toMatchObject([
    { outcome: 'draft', direction: 'in', party: at.sub.name, gross_amount: '109000.01' },
    { outcome: 'refused', name: '二月.zip › a.xml', reason: expect.stringContaining('已登记') },
    { outcome: 'draft', name: '二月.zip › b.xml' },
  ])
  const made = await at.keeper.entity(invoice).get(found[0]?.id as Id<'invoice'>)
  expect(made).toMatchObject({
    ...{ state: 'draft', contract: at.expense, project: at.project, counterparty: at.sub.id, type: 'special' },
    ...{ gross_amount: '109000.01', tax_amount: '9000.01', net_amount: '100000.00', findings: [] },
    original: [{ name: 'a.xml' }],
    lines: [{ amount: '109000.01', tax_diff: '0.01' }],
  })
  await at.approve(made.id)
})

test('what is refused says why: not ours, an unknown issuer, an invoice without a way in; another company’s old one is read', async () => {
  const stranger = ['无名商贸有限公司', creditCode(9901)] as const
  const rows = await choose(
    at.keeper,
    ['a.xml', digitalXml(paper({ buyer: stranger }))],
    ['b.xml', digitalXml(paper({ seller: stranger }))],
    ['c.xml', new TextEncoder().encode('<Project/>')],
    [
      'd.ofd',
      zipOf({ 'OFD.xml': new TextEncoder().encode('<OFD/>'), 'Doc_0/Attachs/original_invoice.xml': olderXml() }),
    ],
    ['e.xml', digitalXml(paper({ red: '26112000000000009999' }))],
  )
  expect(rows.map(row => [row.outcome, row.reason])).toEqual([
    ['refused', expect.stringContaining('都不是我方公司')],
    ['refused', expect.stringContaining('还不是往来单位')],
    ['refused', expect.stringContaining('下载发票的 XML')],
    ['refused', expect.stringContaining('都不是我方公司')],
    ['refused', expect.stringContaining('没有登记或未生效')],
  ])
})

test('an invoice of ours is issued; a red one is taken off the lines it names, by finance', async () => {
  const issued = paper({
    ...{ seller: ['测试集团', ourTaxId], buyer: [at.client.name, at.client.taxId] },
    lines: [
      ['*建筑服务*工程款', '100000.00', '0.09', '9000.00'],
      ['*建筑服务*降水', '20000.00', '0.09', '1800.00'],
    ],
    totals: ['120000.00', '10800.00', '130800.00'],
  })
  const [out] = await choose(at.keeper, ['out.xml', digitalXml(issued)])
  expect(out).toMatchObject({ outcome: 'draft', direction: 'out', party: at.client.name })
  const id = out?.id as Id<'invoice'>
  await at.approve(id)
  const red = digitalXml({
    ...issued,
    ...{ number: invoiceNo(), red: issued.number ?? '', issuedOn: '2026-11-20' },
    ...{
      lines: [
        ['*建筑服务*工程款', '-40000.00', '0.09', '-3600.00'],
        ['*建筑服务*降水', '-10000.00', '0.09', '-900.00'],
      ],
      totals: ['-50000.00', '-4500.00', '-54500.00'],
    },
  })
  expect(await choose(at.keeper, ['red.xml', red])).toMatchObject([{ outcome: 'refused' }])
  const [taken] = await choose(at.finance, ['red.xml', red])
  expect(taken).toMatchObject({ outcome: 'red', gross_amount: '-54500.00' })
  expect(await at.finance.entity(invoice).get(taken?.id as Id<'invoice'>)).toMatchObject({
    ...{ reverses: id, gross_amount: '-54500.00', state: 'effective', original: [{ name: 'red.xml' }] },
    lines: [{ amount: '-43600.00' }, { amount: '-10900.00' }],
  })
})

test('who may not register invoices takes none in', async () => {
  const foreman = await app.as('foreman', { at: { kind: 'project', id: at.project } })
  await expect(foreman.perform('invoice.intake', { files: [] })).rejects.toMatchObject({ status: 403 })
})
