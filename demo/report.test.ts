// Reports of pages as people take them away: what the page says, on paper and as a workbook, for whoever may export it and nobody else.

import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import { type Cell, listSheets, readSheet } from '@yingzao/formats/xlsx'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { expectedChange } from '@yingzao/modules/budget/expected-change.entity'
import { contractSite } from '@yingzao/modules/contract/testing/site'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let site: Awaited<ReturnType<typeof contractSite>>
beforeAll(async () => {
  app = await testApp()
  site = await contractSite(app, '100000.00')
  await site.agree('98100.00')
  await site.agree('12345678.90', { name: '总承包合同', direction: 'income', kind: 'works' })
  // Beyond the target by 39,000.
  const expected = await site.keeper
    .entity(expectedChange)
    .create({ name: '地质变化', project: site.project, item: site.item, amount: '49000', reason: '地质变化' })
  await site.keeper.entity(expectedChange).run(expected.id, 'submit')
  await site.finance.entity(bankAccount).create({
    ...{ name: '基本户', type: 'cash', company: app.company, opening_amount: '1234567.80', opening_on: '2026-01-01' },
  })
})
afterAll(() => app?.close())

const ask = async (person: Person, action: string, format: 'pdf' | 'xlsx', input: object = {}) => {
  const answer = await person.transport.fetch('POST', `/actions/${action}/report/${format}`, {
    ...{ body: input, headers: { accept: '*/*' } },
  })
  return { answer, bytes: new Uint8Array(await answer.arrayBuffer()) }
}
async function paper(person: Person, action: string, input: object = {}) {
  const { answer, bytes } = await ask(person, action, 'pdf', input)
  const pages = readPdf(bytes)
  expect(pages.length).toBe(Number(answer.headers.get('x-pages')))
  return { pages, bytes, text: pages.map(page => page.text).join('\n') }
}
async function sheets(person: Person, action: string, input: object = {}) {
  const { bytes } = await ask(person, action, 'xlsx', input)
  const file = Buffer.from(bytes)
  const found = new Map<string, (readonly Cell[])[]>()
  for (const { name } of await listSheets(file)) {
    const rows: (readonly Cell[])[] = []
    for await (const row of readSheet(file, { sheet: name })) rows.push(row.cells)
    found.set(name, rows)
  }
  return found
}

test('the dynamic cost of a project: tree, figures, three calculations, curve, who made it, in the reader’s language', async () => {
  const { text, bytes } = await paper(site.manager, 'cost_center.project', { project: site.project })
  for (const words of [
    '项目动态成本表',
    '截至',
    '数据时间',
    '目标成本 100,000.00',
    '动态成本',
    '三算对比',
    '制表：',
    '审核：',
    '批准：',
  ])
    expect(text).toContain(words)
  // Contract 90,000 net and a change of 49,000 that is expected: 39,000 beyond the target.
  expect(text).toMatch(/合计 100,000\.00 90,000\.00 0\.00 49,000\.00 .*139,000\.00 .*-?[−-]39,000\.00 39\.00%/)
  expect(text).toContain('第 1 页 / 共')
  expect(Buffer.from(bytes).toString('latin1')).toContain('+NotoSansSC-Regular')

  const english = await app.as('boss', { name: 'Ann' })
  await english.session.update({ lang: 'en' })
  const company = await paper(english, 'cost_center.company')
  for (const words of ['Dynamic cost of every project', 'Read at', 'Printed by Ann', 'Made by:', 'Page 1 of'])
    expect(company.text).toContain(words)
})

test('the same as a workbook: a sheet for each table, title and scope above, real numbers, sums below', async () => {
  const found = await sheets(site.keeper, 'cost_center.project', { project: site.project })
  expect([...found.keys()]).toEqual(['指标', '动态成本', '三算对比', '按月已发生成本'])
  const rows = found.get('动态成本') ?? []
  expect(rows[0]?.[0]).toMatchObject({ text: '项目动态成本表 · 动态成本' })
  expect(rows[1]?.[0]).toMatchObject({ text: expect.stringContaining('截至') })
  const total = rows.find(([first]) => first?.kind === 'text' && first.text === '合计')
  expect(total?.[1]).toMatchObject({ kind: 'number', number: 100_000 })
  expect(total?.at(-1)).toMatchObject({ kind: 'number', number: 0.39 })
})

test('contracts by side, cash with its forecast, ageing, invoices, debts and the portfolio: each is paper and a workbook', async () => {
  const register = await paper(site.keeper, 'contract.register', { project: site.project })
  expect(register.text).toMatch(/总承包合同 .*12,345,678\.90/)
  expect(register.text).toContain('土方分包')
  const funds = await paper(site.finance, 'funds_center.overview', { months: 24 })
  for (const words of [
    '资金日报与资金预测',
    '账户余额 1,234,567.80',
    '24 个月资金预测',
    '13 周资金预测',
    '到期收付',
    '应收应付账龄',
  ])
    expect(funds.text).toContain(words)
  // Every month and week is a row.
  expect(new Set(funds.text.match(/^20\d\d-\d\d(?= )/gm)).size).toBe(24)
  expect(new Set(funds.text.match(/^20\d\d-\d\d-\d\d(?= )/gm)).size).toBeGreaterThanOrEqual(13)
  for (const [action, words] of [
    ['bank_account.day', '基本户'],
    ['bank_account.book', '收支明细'],
    ['payment.ageing', '应收应付账龄表'],
    ['payment.debts', '往来与借款台账'],
    ['invoice.gaps', '未到票'],
    ['invoice.vat', '进项税额'],
    ['portfolio.lines', '项目组合表'],
  ] as const) {
    expect((await paper(site.finance, action)).text, action).toContain(words)
    expect((await sheets(site.finance, action)).size, action).toBeGreaterThan(0)
  }
})

test('who may not see or export it gets nothing; what was taken away stands in the history', async () => {
  const foreman = await app.as('foreman', { at: { kind: 'project', id: site.project } })
  for (const action of [...app.host.registry.reports.keys()])
    for (const format of ['pdf', 'xlsx'] as const)
      await expect(ask(foreman, action, format, { project: site.project }), action).rejects.toMatchObject({
        status: 403,
      })
  // A manager of another project learns nothing of this one.
  const other = await contractSite(app)
  await expect(ask(other.manager, 'cost_center.project', 'pdf', { project: site.project })).rejects.toMatchObject({
    status: 404,
  })
  expect((await paper(other.manager, 'contract.register')).text).not.toContain('12,345,678.90')
  // A cashier reads contracts and may not export them.
  await expect(ask(await app.as('cashier'), 'contract.register', 'xlsx')).rejects.toMatchObject({
    problem: { code: 'access.denied' },
  })
  await expect(ask(site.boss, 'cost_center.nothing', 'pdf')).rejects.toMatchObject({
    problem: { code: 'verb.unknown' },
  })
  await expect(ask(site.boss, 'cost_center.project', 'pdf', { project: 'x' })).rejects.toMatchObject({ status: 422 })
  await expect(
    app.nobody.transport.fetch('POST', '/actions/contract.register/report/pdf', { body: {} }),
  ).rejects.toMatchObject({ status: 401 })

  const administrator = await app.as('administrator')
  const taken = await administrator.entity('org_unit').history(app.company)
  expect(taken.filter(entry => entry.action === 'report_export').length).toBeGreaterThan(10)
})
