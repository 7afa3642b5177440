// Benchmark: the newest 5,000 of 100,000 finished tasks in 50 plans, for who sees all and for who sees one project.
import { performance } from 'node:perf_hooks'
import { testApp } from '@yingzao/platform/testing/app'
import pg from 'pg'
import { adviseOnPlan } from './duration-advice.ts'
import type { History } from './history-shape.ts'
import { plan as planEntity } from './plan.entity.ts'

type Report = (name: string, medianMs: number, baseline?: { name: string; ms: number }) => void

const PLANS = 50
const ROWS = 100_000

export default async function bench(report: Report): Promise<void> {
  const app = await testApp()
  const client = new pg.Client(app.database)
  try {
    const pmo = await app.as('pmo')
    const plans: string[] = []
    let last = ''
    for (let i = 0; i < PLANS; i++) {
      const project = await pmo.entity('project').create({ name: `P${i}`, type: 'rail', company: app.company as never })
      last = project.id
      plans.push(
        (await pmo.entity(planEntity).create({ name: `P${i}`, project: last as never, start_on: '2026-03-02' })).id,
      )
    }
    await client.connect()
    await client.query(
      `insert into t_main.task (id, version, created_at, updated_at, plan, project, company, name, kind, duration, percent_complete,
         position, actual_start_at, actual_finish_at, more)
       select gen_random_uuid(), 1, now(), now(), p.id, p.project, p.company,
         (i % 40) || ' 段' || (array['顶板混凝土浇筑','侧墙钢筋绑扎','防水施工','模板安装','系统调试','电缆敷设','设备进场','隐蔽验收'])[1 + i % 8],
         'task', 4800, 100, i, 29500000 + i * 10 + 480, 29500000 + i * 10 + 480 + 1440 * (3 + i % 9),
         '{"baselines":[{"number":0,"start":29500480,"finish":29507000,"duration":2400}]}'
       from generate_series(0, $1 - 1) i join t_main.plan p on p.id = ($2::uuid[])[1 + i % $3]`,
      [ROWS, plans, PLANS],
    )
    await client.query('analyze t_main.task')
    const planner = await app.as('planner', { at: { kind: 'project', id: last } })
    for (const [who, person] of Object.entries({ 'all plans': pmo, 'one project': planner }))
      report(`history of ${who}`, await median(() => person.perform<History>('schedule.history')), {
        name: 'bound',
        ms: 1000,
      })
    const history = await pmo.perform<History>('schedule.history')
    const asked = Array.from({ length: 2400 }, (_, i) => ({
      ...{ id: `t${i}`, name: `${i} 段顶板混凝土浇筑`, kind: 'task' as const, duration: 960 },
      constraint: { type: 'asap' as const },
    }))
    const loaded = await pmo
      .entity(planEntity)
      .read<{ plan: Parameters<typeof adviseOnPlan>[0] }>(plans[0] ?? '', 'load')
    report(
      'advice on 2,400 tasks',
      await median(async () => adviseOnPlan({ ...loaded.plan, tasks: asked }, 'rail', history)),
      {
        name: 'bound',
        ms: 1000,
      },
    )
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
