// The demo enterprise is a product too: it loads through the public API and holds together.
import { overloads } from '@yingzao/engines/levelling'
import { add, type Decimal, subtract, sum } from '@yingzao/engines/money'
import { compute, type Plan } from '@yingzao/engines/schedule'
import { auditText, exportAudit } from '@yingzao/kernel/change/audit'
import { sealKey } from '@yingzao/kernel/change/chain'
import { verifyAudit } from '@yingzao/kernel/change/verify'
import type { PlainDate } from '@yingzao/kernel/entity'
import { differences } from '@yingzao/kernel/ledgers/audit'
import type { FlowReport } from '@yingzao/modules/agile/report'
import type { CashDay } from '@yingzao/modules/bank-account/cash-shape'
import { contract } from '@yingzao/modules/contract/contract.entity'
import type { Register } from '@yingzao/modules/contract/figures-shape'
import { costAlert } from '@yingzao/modules/cost-center/cost-alert.entity'
import type { CompanyCost, ProjectCost } from '@yingzao/modules/cost-center/shape'
import type { Funds } from '@yingzao/modules/funds-center/shape'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import { measurement } from '@yingzao/modules/measurement/measurement.entity'
import { progressClaim } from '@yingzao/modules/measurement/progress-claim.entity'
import { monthClosing } from '@yingzao/modules/month-closing/month-closing.entity'
import { netting } from '@yingzao/modules/payment/netting.entity'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { project } from '@yingzao/modules/project/project.entity'
import { bankStatement, bankStatementLine } from '@yingzao/modules/reconciliation/statement.entity'
import { planBaseline } from '@yingzao/modules/schedule/baseline.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { task } from '@yingzao/modules/schedule/task.entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { workday } from './diary.ts'
import { people } from './people.ts'
import { printedForms } from './testing/forms.ts'
import { demoStart, loadInto } from './testing/load-into.ts'

let app: TestApp
let boss: string
const passwords = new Set<string>()
beforeAll(async () => {
  const { clock, ...start } = demoStart()
  app = await testApp(start)
  const admin = await loadInto(app, clock, user => passwords.add(user))
  const found = await admin.entity('user').list({ filter: { login: { eq: 'boss' } } })
  boss = found.items[0]?.id ?? ''
}, 900_000)
afterAll(() => app?.close())

test('forty-one people in every shipped role, each with a password', () => {
  expect(people).toHaveLength(41)
  expect(passwords.size).toBe(41)
  const held = new Set(people.flatMap(person => person.roles.map(([role]) => role)))
  expect([...held].sort()).toEqual([
    'boss',
    'cashier',
    'cost_engineer',
    'department_head',
    'engineer',
    'finance',
    'foreman',
    'human_resources',
    'labour_officer',
    'legal',
    'observer',
    'planner',
    'pmo',
    'project_manager',
    'quality_officer',
    'safety_officer',
    'storekeeper',
    'technical_lead',
  ])
})

test('the ERP team has its backlog with a history of its own: six closed sprints, one running', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const items = await client.entity('work_item').list({ limit: 1, count: true })
  expect(items.count?.value).toBeGreaterThan(110)
  const sprints = await client.entity('sprint').list({ sort: ['start_on'] })
  expect(sprints.items.map(each => each.stage)).toEqual([...Array(6).fill('closed'), 'running'])
  for (const each of sprints.items.slice(0, 6)) {
    expect(Number(each.committed)).toBeGreaterThan(15)
    expect(Number(each.completed)).toBeGreaterThan(10)
  }
  const found = await client.entity(project).list({ filter: { short_name: { eq: 'ERP 升级' } } })
  const flow = await client.perform<FlowReport>('agile.flow', { project: found.items[0]?.id ?? '' })
  expect(flow.finished.length).toBeGreaterThan(60)
  expect(flow.cycle?.p85).toBeGreaterThan(1)
  expect(flow.cycle?.p85).toBeLessThan(15)
  expect(flow.forecast?.levels[1]?.weeks).toBeGreaterThan(1)
})

test('the station has a what-if branch that ends earlier, a published version and a baseline to compare', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const [branch] = (await client.entity(plan).list({ filter: { branch_of: { empty: false } } })).items
  const original = await client.entity(plan).get(branch?.branch_of ?? '')
  expect(branch).toMatchObject({ name: '两班开挖', current: false })
  expect(String(branch?.finish_on) < String(original.finish_on)).toBe(true)
  const kept = await client.entity(planBaseline).list({ filter: { plan: { eq: original.id } }, sort: ['created_at'] })
  expect(kept.items.map(each => [each.name, each.published])).toEqual([
    ['第 1 版', true],
    ['两班开挖论证前', false],
  ])
})

test('the chairman sees three living projects: one late, one on track, one to watch', async () => {
  const client = await app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
  const page = await client.entity(project).list({ sort: ['code'] })
  expect(page.items.map(each => [each.short_name, each.stage, each.health])).toEqual([
    ['云溪路站', 'active', 'late'],
    ['ERP 升级', 'active', 'good'],
    ['卫浴产线', 'active', 'watch'],
  ])
  const plans = await client.entity(plan).list({ filter: { branch_of: { empty: true } } })
  expect(plans.items.map(each => each.task_count).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([76, 89, 425])
  expect(plans.items.every(each => each.current)).toBe(true)
  // The station's crews are asked for more than there is: there is something to level.
  const station = plans.items.find(each => each.task_count === 425)
  const { plan: loaded } = await client.entity(plan).read<{ plan: Plan }>(station?.id ?? '', 'load')
  const computed = compute(revivedPlan(loaded))
  expect(computed.ok && overloads(loaded, computed.schedule.tasks).length).toBeGreaterThan(3)
  const late = await client.entity(task).list({ filter: { critical: { eq: true } }, count: true })
  expect(late.count?.value).toBeGreaterThan(50)
})

const chairman = (): Promise<Person> => app.again({ ...app.nobody, user: boss as never, name: '陆建国', cookie: '' })
const total = (amounts: readonly (Decimal | null)[]): Decimal => add('0.00', sum(amounts.map(each => each ?? '0')))

test('two years of money: every balance is the sum of its entries, and each contract that of its papers, to the fen', async () => {
  const system = systemContext(app.host, 'test')
  for (const name of ['contract', 'cash', 'cost', 'budget', 'payable', 'bill', 'advance'])
    expect(await differences(system, `${name}_ledger`)).toEqual([])
  const client = await chairman()
  const { rows } = await client.perform<Register>('contract.register', {})
  expect(rows.length).toBeGreaterThan(25)
  expect(new Set(rows.map(each => each.project_name)).size).toBe(3)
  const days = rows.map(each => each.signed_on ?? '').sort()
  expect([days[0]?.slice(0, 7), days.at(-1)?.slice(0, 7)]).toEqual(['2024-12', '2026-09'])
  const of = async (entity: string, amount: 'amount' | 'gross_amount') => {
    const filter = { state: { in: ['effective', 'reversed'] } }
    const { items } = await client.entity<string>(entity).list({ filter, limit: 500 })
    return (id: string) =>
      total(items.filter(each => each.contract === id).map(each => String(each[amount]) as Decimal))
  }
  const [paid, received] = [await of(payment.name, 'amount'), await of(receipt.name, 'amount')]
  const [measured, invoiced] = [await of(measurement.name, 'gross_amount'), await of(invoice.name, 'gross_amount')]
  const [offset] = (await client.entity(netting).list({ limit: 500 })).items
  expect(offset).toMatchObject({ amount: '162720.00', state: 'effective' })
  for (const each of rows) {
    const money = each.direction === 'income' ? received : paid
    // 抵账 stands as paid on both sides, and no money moved.
    const netted = each.id === offset?.income_contract || each.id === offset?.expense_contract ? offset.amount : null
    expect([each.name, each.paid]).toEqual([each.name, total([money(each.id), netted])])
    expect([each.name, each.invoiced]).toEqual([each.name, invoiced(each.id)])
    expect(each.unpaid).toBe(subtract(each.due, each.paid))
    // A settlement makes what is measured what was approved.
    if (!['settled', 'warranty', 'finished'].includes(each.stage))
      expect([each.name, each.measured]).toEqual([each.name, measured(each.id)])
    else expect(each.measured).toBe(each.sum)
  }
  const invoices = (await client.entity(invoice).list({ limit: 500 })).items
  for (const each of invoices) expect(each.gross_amount).toBe(add(each.net_amount ?? '0', each.tax_amount ?? '0'))
})

test('the station heads for overrun with its causes, the others do not; dynamic cost is C + V + E + N + W', async () => {
  const client = await chairman()
  const { lines } = await client.perform<CompanyCost>('cost_center.company', {})
  const over = new Map(lines.map(each => [each.name, Number(each.deviation) < -1_000_000]))
  expect([...over.values()].filter(each => each)).toHaveLength(1)
  for (const { project: id, ...figures } of lines) {
    const { rows, total: all } = await client.perform<ProjectCost>('cost_center.project', { project: id })
    const leaves = rows.filter(each => each.leaf)
    expect(all.expected).toBe(total([all.committed, all.estimated, all.direct, all.uncommitted]))
    expect(all.expected).toBe(total(leaves.map(each => each.expected)))
    expect(figures.expected).toBe(all.expected)
    expect(figures.deviation).toBe(subtract(all.target, all.expected))
  }
  const [worst] = [...lines].sort((a, b) => Number(a.deviation) - Number(b.deviation))
  const station = await client.perform<ProjectCost>('cost_center.project', { project: worst?.project ?? '' })
  const causes = station.rows.filter(each => each.leaf && Number(each.deviation) < 0)
  expect(causes.map(each => each.code)).toEqual(['01.01', '02.01', '02.02', '04.01'])
  // It has spent more than it has earned.
  expect(Number(station.marginSoFar)).toBeLessThan(0)
})

test('accounts hold what came in less what went out; one month ahead is red; the books are closed but for the last', async () => {
  const client = await chairman()
  const funds = await client.perform<Funds>('funds_center.overview', { months: 12 })
  expect(funds.balance).toBe(total(funds.accounts.map(each => each.balance)))
  expect(funds.accounts.every(each => Number(each.balance) > 0)).toBe(true)
  const red = funds.base.short.filter(each => each.alert === 'negative')
  expect(red.length).toBeGreaterThan(0)
  expect(red.every(each => each.causes.length > 0)).toBe(true)
  for (const [at, each] of funds.base.months.entries()) {
    expect(each.closing).toBe(subtract(add(each.opening, each.in), each.out))
    expect(each.opening).toBe(funds.base.months[at - 1]?.closing ?? funds.balance)
  }
  const books = await client.entity(monthClosing).list({})
  expect(books.items.map(each => each.closed_through)).toEqual(['2026-09', '2026-09', '2026-09'])
})

const rows = async <R>(query: RawBuilder<R>): Promise<readonly R[]> => (await query.execute(app.host.db)).rows
const table = (name: string) => sql.id(app.host.tenant, name)

test('two years were lived: papers went through working days, judged by others than their makers, and only then were posted', async () => {
  const said = await rows(sql<{ at: Date; day: PlainDate; hour: number; maker: boolean; before: boolean }>`
    select t.at, to_char(t.at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day,
      extract(hour from t.at at time zone 'Asia/Shanghai')::integer as hour,
      t.act = 'approved' and t."user" = i.starter as maker, t.at < u.created_at as before
    from ${table('approval_trail')} t join ${table('approval_instance')} i on i.id = t.instance
      join ${table('user')} u on u.id = t."user"`)
  expect(said.filter(each => each.maker || each.before)).toEqual([])
  expect(said.filter(each => each.hour < 8 || each.hour > 17 || workday(each.day, 0) !== each.day)).toEqual([])
  const days = new Set(said.map(each => each.day))
  expect(days.size).toBeGreaterThan(150)
  expect(new Set([...days].map(day => day.slice(0, 7))).size).toBeGreaterThan(20)
  const early = await rows(sql<{ entity: string }>`
    select p.entity from ${table('posting')} p join ${table('approval_instance')} i on i.document = p.document
      join ${table('approval_trail')} t on t.instance = i.id and t.act = 'approved'
    where p.event = 'effective' and i.state = 'approved' and p.at < t.at`)
  expect(early).toEqual([])
  // A decision takes hours, a paper some days.
  const [pace] = await rows(sql<{ median: number; longest: number }>`
    select percentile_cont(0.5) within group (order by hours) as median, max(hours) as longest from (
      select extract(epoch from max(t.at) - i.started_at) / 3600 as hours from ${table('approval_instance')} i
      join ${table('approval_trail')} t on t.instance = i.id where i.state = 'approved' group by i.id) one`)
  expect(Number(pace?.median)).toBeGreaterThan(4)
  expect(Number(pace?.longest)).toBeLessThan(24 * 16)
})

test('numbers carry the month in which they were taken, and rise in it', async () => {
  for (const { name } of [contract, measurement, progressClaim, paymentRequest, payment, receipt, invoice]) {
    const papers = await rows(sql<{ number: string; month: string }>`
      select number, to_char(at at time zone 'Asia/Shanghai', 'YYYYMM') as month from (
        select r.number, coalesce(min(i.started_at), r.effective_at) as at from ${table(name)} r
        left join ${table('approval_instance')} i on i.document = r.id where r.number is not null group by r.id) one
      order by at, number`)
    expect(papers.length).toBeGreaterThan(5)
    expect(new Set(papers.map(each => each.number)).size).toBe(papers.length)
    const last = new Map<string, string>()
    for (const { number, month } of papers) {
      const [, kind = '', year = '', rest = '', serial = ''] = /^(.*?)(20\d\d)(\d\d)?-?(\d+)$/.exec(number) ?? []
      expect([number, `${year}${rest}`]).toEqual([number, rest === '' ? month.slice(0, 4) : month])
      const series = `${kind}${year}${rest}`
      expect([number, serial > (last.get(series) ?? '')]).toEqual([number, true])
      last.set(series, serial)
    }
  }
})

test('the audit chain verifies, and its times never go back', async () => {
  const { db, tenant } = app.host
  const [end] = await rows(sql<{ id: string }>`select id from ${table('change')} order by xid desc, id desc limit 1`)
  await expect
    .poll(() => rows(sql`select 1 from ${table('change_seal')} where change = ${end?.id}::uuid`), { timeout: 60_000 })
    .toHaveLength(1)
  const lines = async function* () {
    for await (const line of exportAudit({ db, tenant, key: sealKey(Buffer.alloc(32, 'seal')) })) yield auditText(line)
  }
  expect(await verifyAudit(lines())).toMatchObject({ ok: true, first: null })
  // What the template of the test seeded is of the machine's own time.
  const back = await rows(sql<{ entity: string }>`select * from (
      select c.entity, c."from", c.at, lag(c.at) over (order by s.number) as before from ${table('change')} c
      join ${table('change_seal')} s on s.change = c.id where c.at <= ${app.host.now()}) one
    where at < before`)
  expect(back).toEqual([])
})

test('as of past days: the target stands before the first contract, cost is committed month after month, cash is the bank’s', async () => {
  const client = await chairman()
  const costOn = (until: string) => client.perform<CompanyCost>('cost_center.company', { until })
  const first = await costOn('2024-11-30')
  expect([Number(first.total.target) > 400_000_000, Number(first.total.incurred)]).toEqual([true, 0])
  const quarters = ['2024-12-31', '2025-03-31', '2025-09-30', '2025-12-31', '2026-03-31', '2026-06-30', '2026-10-31']
  const figures = []
  for (const day of quarters) figures.push((await costOn(day)).total)
  for (const measure of ['committed', 'incurred'] as const) {
    const told = figures.map(each => Number(each[measure]))
    expect([measure, told]).toEqual([measure, [...told].sort((a, b) => a - b)])
    expect(new Set(told).size).toBeGreaterThan(5)
  }
  const [account] = (await client.entity(bankStatement).list({})).items.map(each => each.account)
  const { items } = await client.entity(bankStatementLine).list({ sort: ['on'], limit: 500 })
  const [statement] = (await client.entity(bankStatement).list({})).items
  for (const day of ['2026-07-31', '2026-08-31', '2026-09-30']) {
    const { accounts } = await client.perform<CashDay>('bank_account.day', { from: day, to: day })
    const through = items.filter(each => each.on <= day)
    const told = add(
      statement?.opening_amount ?? '0',
      subtract(total(through.map(each => each.received)), total(through.map(each => each.paid))),
    )
    expect([day, accounts.find(each => each.account === account)?.closing]).toEqual([day, told])
  }
})

test('warnings and alerts are there at once; the desk holds what came in the last days', async () => {
  const client = await chairman()
  const alerts = (await client.entity(costAlert).list({ limit: 100 })).items
  expect(alerts.length).toBeGreaterThan(3)
  // A contract that is completed or settled was to be used up: no alert says so.
  const running = (
    await client.entity(contract).list({ filter: { stage: { in: ['signed', 'suspended'] } }, limit: 100 })
  ).items
  const usedUp = alerts.filter(each => each.kind === 'contract_used' && each.handling !== 'closed')
  expect(usedUp.length).toBeGreaterThan(0)
  for (const { contract: of } of usedUp) expect(running.map(each => each.id)).toContain(of)
  const { unread } = await client.inbox.read({ unread: true })
  expect(unread.value).toBeGreaterThan(0)
  expect(unread.value).toBeLessThan(30)
})

test('a form of every kind on paper: each field and line that the screen shows, label beside value, on as many pages as it takes', async () => {
  const client = await chairman()
  const { count, pages, missing } = await printedForms(client, async (entity, id) => {
    const answer = await client.transport.fetch('POST', `/${entity}/${id}/print`, {
      ...{ body: {}, headers: { accept: '*/*' } },
    })
    return new Uint8Array(await answer.arrayBuffer())
  })
  expect(missing).toEqual([])
  expect(count).toBeGreaterThan(50)
  const longer = Object.fromEntries(Object.entries(pages).filter(([, each]) => each.some(many => many > 1)))
  // A funds plan has a line for each due of its month.
  const { funds_plan: _, ...others } = longer
  expect(others).toEqual({ budget: [2, 2], contract: [2, 2], invoice: [2, 2] })
  // Every kind that money goes through, the newest and what was there first.
  for (const entity of moneyForms) expect([entity, pages[entity]?.length]).toEqual([entity, 2])
})
const moneyForms = [
  ...['budget', 'contract', 'variation', 'measurement', 'progress_claim', 'settlement', 'retention_release'],
  ...['invoice', 'vat_prepayment', 'payment_request', 'payment', 'receipt', 'transfer', 'claim', 'advance'],
  ...['bid', 'funds_plan', 'account_opening', 'account_entry', 'project_gate'],
]
