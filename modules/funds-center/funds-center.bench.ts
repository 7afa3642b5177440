// Benchmark: the cash forecast of 300 contracts with 12 dues each, terms, and payment plans tied to tasks, through HTTP.
import { performance } from 'node:perf_hooks'
import type { Decimal } from '@yingzao/engines/money'
import { asId, type PlainDate } from '@yingzao/kernel/entity'
import { rebuild } from '@yingzao/kernel/ledgers/audit'
import { newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import { testApp } from '@yingzao/platform/testing/app'
import pg from 'pg'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import type { Flows, Funds } from './shape.ts'

type Report = (
  name: string,
  value: number,
  more?: { readonly p95?: number; readonly target?: number; readonly unit?: string },
) => void

const PROJECTS = 15
const CONTRACTS = 300
const DUES = 12
const TASKS = 20

export default async function bench(report: Report): Promise<void> {
  const app = await testApp()
  const client = new pg.Client(app.database)
  try {
    const [pmo, boss, keeper, finance] = [
      await app.as('pmo'),
      await app.as('boss'),
      await app.as('cost_engineer'),
      await app.as('finance'),
    ]
    await client.connect()
    const party = await keeper
      .entity(counterparty)
      .create({ name: 'Client', roles: ['client', 'subcontractor'], taxpayer: 'person' })
    for (let n = 0; n < PROJECTS; n++) {
      const { id } = await pmo.entity(project).create({
        ...{ name: `P${n}`, type: 'building', company: app.company, finish_on: '2028-06-30' as PlainDate },
      })
      const manager = await app.as('project_manager', { at: { kind: 'project', id } })
      const made = await pmo.entity(plan).create({ name: `Plan ${n}`, project: id, start_on: '2026-01-05' })
      const tasks = Array.from({ length: TASKS }, (_, at) => ({
        ...{ id: newId(), name: `Task ${at}`, kind: 'task', duration: 4800 + at * 480, constraint: { type: 'asap' } },
      }))
      await pmo.entity(plan).run(made.id, 'edit', { base: 0, edits: tasks.map(task => ({ kind: 'task.add', task })) })
      const { id: of } = await keeper.entity(contract).create({
        ...{ name: `Contract ${n}`, project: id, counterparty: party.id, direction: 'income', kind: 'works' },
        ...{ progress_share: '0.8', retention_mode: 'at_settlement', retention_share: '0.03' },
        ...{ warranty_months: 24, pay_days: 28 },
        lines: [{ name: 'Works', amount: '10900000.00', tax_rate: '0.09' }],
        plan: [2, 8, 14].map(at => ({
          ...{ milestone: `M${at}`, task: asId('task', tasks[at]?.id ?? ''), days_after: 14 },
          amount: '2000000' as Decimal,
        })),
      })
      await keeper.entity(contract).run(of, 'submit')
      for (const who of [manager, finance, boss]) await who.entity(contract).run(of, 'approve')
      await keeper.entity(contract).run(of, 'sign', { signed_on: '2026-01-05' })
    }
    await copied(client)
    const system = systemContext(app.host, 'bench')
    await rebuild(system, contractLedger.name)
    await client.query('analyze')
    const read = () => boss.perform<Funds>('funds_center.overview', { months: 24 })
    const funds = await read()
    if (funds.flows.length === 0) throw new Error('nothing is expected')
    const target = { target: 300 }
    report(`forecast of ${CONTRACTS} contracts`, ...(await timed(read, target)))
    const supposed = { months: 24, chance: '0.8', late: 30, delay: 60 }
    report('with a scenario beside it', ...(await timed(() => boss.perform('funds_center.overview', supposed), target)))
    const period = { from: '2026-01-01', to: '2027-12-31' }
    report('the flows of two years', ...(await timed(() => boss.perform<Flows>('funds_center.flows', period), target)))
  } finally {
    await client.end()
    await app.close()
  }
}

/** Each contract again and again until there are enough, with its payment plan, half of them of the other direction; dues and money of each. */
async function copied(client: pg.Client): Promise<void> {
  const columns = async (table: string) =>
    (
      await client.query<{ name: string }>(
        `select column_name as name from information_schema.columns
         where table_schema = 't_main' and table_name = $1 and is_generated = 'NEVER'`,
        [table],
      )
    ).rows.map(({ name }) => name)
  const again = (names: readonly string[], changed: Readonly<Record<string, string>>) => ({
    into: names.map(name => `"${name}"`).join(', '),
    values: names.map(name => changed[name] ?? `c."${name}"`).join(', '),
  })
  const more = CONTRACTS / PROJECTS - 1
  await client.query(
    `create temp table twin as select c.id as old, gen_random_uuid() as id, n from t_main.contract c, generate_series(1, ${more}) n`,
  )
  const contracts = again(await columns('contract'), {
    ...{ id: 't.id', number: `c.number || '-' || t.n`, name: `c.name || ' ' || t.n` },
    direction: `case when t.n % 2 = 0 then 'income' else 'expense' end`,
  })
  await client.query(
    `insert into t_main.contract (${contracts.into}) select ${contracts.values} from t_main.contract c join twin t on t.old = c.id`,
  )
  const dues = again(await columns('contract_due'), { id: 'gen_random_uuid()', parent: 't.id' })
  await client.query(
    `insert into t_main.contract_due (${dues.into}) select ${dues.values} from t_main.contract_due c join twin t on t.old = c.parent`,
  )
  const posting = (
    await client.query<{ id: string }>(
      `insert into t_main.posting (id, entity, document, event, attempt, at) values (gen_random_uuid(), 'bench', gen_random_uuid(), 'effective', 1, now()) returning id`,
    )
  ).rows[0]?.id
  const entries = (measures: string, values: string, from: string) =>
    client.query(
      `insert into t_main.contract_ledger (id, posting, entity, document, key, period, posted_at, company, project, "on", contract, direction, due_on, ${measures})
       select gen_random_uuid(), $1, 'contract', c.id, jsonb_build_array(c.project, c.id, c.direction)::text, '2026-01', now(), c.company, c.project, '2026-01-05', c.id, c.direction, ${values} from ${from}`,
      [posting],
    )
  await entries('"sum"', `null, 10900000`, 't_main.contract c join twin t on t.id = c.id')
  await entries(
    'due, measured',
    `date '2026-02-01' + 25 * n, 400000, 420000`,
    `t_main.contract c, generate_series(1, ${DUES}) n`,
  )
  await entries('paid', 'null, 350000', `t_main.contract c, generate_series(1, ${DUES / 2}) n`)
}

async function timed(
  work: () => Promise<unknown>,
  more: { target?: number },
): Promise<[number, { p95: number; target?: number }]> {
  await work()
  const times: number[] = []
  for (let n = 0; n < 30; n++) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return [at(0.5), { p95: at(0.95), ...more }]
}
