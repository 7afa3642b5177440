// The demo enterprise is a product too: it loads through the public API and holds together.
import { overloads } from '@yingzao/engines/levelling'
import { compute, type Plan } from '@yingzao/engines/schedule'
import type { FlowReport } from '@yingzao/modules/agile/report'
import { project } from '@yingzao/modules/project/project.entity'
import { planBaseline } from '@yingzao/modules/schedule/baseline.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { task } from '@yingzao/modules/schedule/task.entity'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadDemo } from './load.ts'
import { people } from './people.ts'

let app: TestApp
let boss: string
const passwords = new Set<string>()
beforeAll(async () => {
  app = await testApp()
  const admin = await app.as('administrator')
  await loadDemo({
    lang: 'zh',
    today: '2026-11-21',
    as: async user => (user === null ? admin : app.again({ ...admin, user: user as typeof admin.user, name: user })),
    setPassword: async user => {
      passwords.add(user)
    },
    say: () => {},
  })
  const found = await admin.entity('user').list({ filter: { login: { eq: 'boss' } } })
  boss = found.items[0]?.id ?? ''
}, 120_000)
afterAll(() => app?.close())

test('forty people in every shipped role, each with a password', () => {
  expect(people).toHaveLength(40)
  expect(passwords.size).toBe(40)
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
