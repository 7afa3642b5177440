// Benchmark: the portfolio over 100 projects of 1,000 tasks each, for who sees all and for who sees one project.
import { performance } from 'node:perf_hooks'
import { testApp } from '@yingzao/platform/testing/app'
import pg from 'pg'
import { plan as planEntity } from '../schedule/plan.entity.ts'
import type { HeldUp, OnTime, Portfolio } from './shape.ts'

type Report = (name: string, medianMs: number, baseline?: { name: string; ms: number }) => void

const PROJECTS = 100
const TASKS = 1000

export default async function bench(report: Report): Promise<void> {
  const app = await testApp()
  const client = new pg.Client(app.database)
  try {
    const pmo = await app.as('pmo')
    const boss = await app.as('boss')
    let last = ''
    for (let i = 0; i < PROJECTS; i++) {
      const project = await pmo.entity('project').create({
        ...{ name: `P${i}`, type: 'rail', company: app.company, start_on: '2026-01-05', finish_on: '2027-06-30' },
      })
      last = project.id
      const made = await pmo.entity(planEntity).create({ name: `P${i}`, project: project.id, start_on: '2026-01-05' })
      await pmo.entity(planEntity).run(made.id, 'make_current', {})
    }
    await client.connect()
    // Ten summaries on two levels and twenty milestones a plan; promises over two years, two thirds of them finished.
    await client.query(
      `insert into t_main.task (id, version, created_at, updated_at, plan, project, company, name, kind, duration, percent_complete,
         position, actual_start_at, actual_finish_at, start_on, finish_on, promised_on, slip_days, critical)
       select gen_random_uuid(), 1, now(), now(), p.id, p.project, p.company, '任务 ' || i,
         case when i % 100 = 0 then 'summary' when i % 50 = 7 then 'milestone' else 'task' end, 4800, 100, i, 29500000,
         case when i % 3 < 2 then 29500000 + i * 1000 end, current_date - 700 + i % 730, current_date - 695 + i % 730,
         current_date - 695 + i % 730 - (i % 5 - 2), i % 5 - 2, i % 9 = 0
       from generate_series(0, $1 - 1) i cross join t_main.plan p`,
      [TASKS],
    )
    await client.query('analyze t_main.task')
    const manager = await app.as('project_manager', { at: { kind: 'project', id: last } })
    for (const [who, person] of Object.entries({ 'all projects': boss, 'one project': manager })) {
      report(`lines of ${who}`, await median(() => person.perform<Portfolio>('portfolio.lines', {})))
      report(`on-time rate of ${who}`, await median(() => person.perform<OnTime>('portfolio.on_time', { months: 24 })))
      report(`held up, ${who}`, await median(() => person.perform<HeldUp>('portfolio.held_up')))
    }
  } finally {
    await client.end()
    await app.close()
  }
}

async function median(work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let i = 0; i < 7; i++) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[3] ?? 0
}
