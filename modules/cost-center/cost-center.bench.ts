// Benchmark: the cost center of a project with 200,000 entries, and of the company with 1,000,000, now and as of a past day.
import { performance } from 'node:perf_hooks'
import { rebuild } from '@yingzao/kernel/ledgers/audit'
import { systemContext } from '@yingzao/platform/http/context'
import { testApp } from '@yingzao/platform/testing/app'
import pg from 'pg'
import { budgetLedger } from '../budget/budget.ledger.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { costItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import { costLedger } from './cost.ledger.ts'
import type { CompanyCost, ProjectCost } from './shape.ts'

type Report = (
  name: string,
  value: number,
  more?: { readonly p95?: number; readonly target?: number; readonly unit?: string },
) => void

const PROJECTS = 300
const ITEMS = 60
const ALL = Number(process.env.YINGZAO_BENCH_ENTRIES ?? 1_000_000)
const LARGE = ALL / 5

export default async function bench(report: Report): Promise<void> {
  const app = await testApp()
  const client = new pg.Client(app.database)
  try {
    const [pmo, boss, keeper] = [await app.as('pmo'), await app.as('boss'), await app.as('cost_engineer')]
    for (let n = 0; n < PROJECTS; n++)
      await pmo.entity(project).create({ name: `P${n}`, type: 'building', company: app.company })
    for (let n = 0; n < ITEMS; n++) await keeper.entity(costItem).create({ code: `I${n}`, name: `Item ${n}` })
    await client.connect()
    const { rows } = await client.query<{ id: string }>('select id from t_main.project order by id limit 1')
    const large = rows[0]?.id ?? ''
    const { rows: made } = await client.query<{ id: string }>(
      `insert into t_main.posting (id, entity, document, event, attempt, at) values (gen_random_uuid(), 'bench', gen_random_uuid(), 'effective', 1, now()) returning id`,
    )
    // Two years; a fifth of all entries in one project, the rest over the others.
    const fill = (ledger: string, measures: string, values: string) =>
      client.query(
        `with p as (select array_agg(id order by id) as ids from t_main.project), i as (select array_agg(id order by id) as ids from t_main.cost_item)
        insert into t_main.${ledger} (id, posting, entity, document, key, period, posted_at, company, project, "on", item, ${measures})
        select gen_random_uuid(), $1, 'bench', gen_random_uuid(), jsonb_build_array(e.project, e.item)::text, to_char(e.day, 'YYYY-MM'), now(), $2, e.project, e.day, e.item, ${values}
        from (select n, case when n < $3 then p.ids[1] else p.ids[2 + n % ${PROJECTS - 1}] end as project, i.ids[1 + (n / 7) % ${ITEMS}] as item,
          date '2024-10-01' + n % 730 as day from generate_series(0, $4 - 1) n, p, i) e`,
        [made[0]?.id, app.company, LARGE, ALL],
      )
    await fill(costLedger.name, 'amount', '10 + n % 990')
    await fill(budgetLedger.name, 'target, committed, direct', '1000, 10 + n % 900, n % 9')
    const system = systemContext(app.host, 'bench')
    for (const { name } of [costLedger, budgetLedger, contractLedger]) {
      await rebuild(system, name)
      await client.query(`analyze t_main.${name}`)
      await client.query(`analyze t_main.${name}_balance`)
    }
    const target = { target: 150 }
    const past = { until: '2026-03-17' }
    const one = (more: object) => () => boss.perform<ProjectCost>('cost_center.project', { project: large, ...more })
    const all = (more: object) => () => boss.perform<CompanyCost>('cost_center.company', more)
    const where = { project: large }
    report(`project with ${LARGE} entries`, ...(await timed(one({}), target)))
    report(`project with ${LARGE} entries, as of a past day`, ...(await timed(one(past), target)))
    report(`company with ${ALL} entries, ${PROJECTS} projects`, ...(await timed(all({}), target)))
    report('company, as of a past day', ...(await timed(all(past), target)))
    report('first 50 entries of a number', ...(await timed(() => boss.metrics.entries('cost.incurred', { where }), {})))
  } finally {
    await client.end()
    await app.close()
  }
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
