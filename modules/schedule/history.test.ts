// The history that advice is learned from: finished work in working time, as far as the reader may see it.
import { dayNumber, type Plan, type PlanEdit, type Resource, type Task } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { delaysOfPlan } from './delay-risk.ts'
import type { History } from './history-shape.ts'
import { plan } from './plan.entity.ts'
import { revivedPlan } from './revive.ts'

let app: TestApp
let pmo: Person
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
})
afterAll(() => app?.close())

const DAY = 1440
const monday = dayNumber(2026, 3, 2) * DAY

/** Finished at 17:00 of the day `days` after the Monday on which it began. */
const finished = (name: string, days: number, more: Partial<Task> = {}): Task => ({
  ...{ id: newId(), name, kind: 'task', duration: 480, constraint: { type: 'asap' }, percentComplete: 100 },
  ...{ actualStart: monday + 480, actualFinish: monday + days * DAY + 1020, ...more },
})

async function site(name: string, type: 'rail' | 'building' = 'rail') {
  const made = await pmo.entity(project).create({ name, type, company: app.company as never })
  return made.id
}
async function planOf(where: string, name: string, edits: readonly PlanEdit[]) {
  const made = await pmo.entity(plan).create({ name, project: where as never, start_on: '2026-03-02' })
  await pmo.entity(plan).run(made.id, 'edit', { base: 0, edits })
  return made.id
}
const history = (who: Person, most?: number) =>
  who.perform<History>('schedule.history', most === undefined ? {} : { most })
const add = (task: Task): PlanEdit => ({ kind: 'task.add', task })

test('finished work is told in working days of its calendar, against what was promised, with who did it and what it is part of', async () => {
  const id = await site('车站')
  const summary: Task = { ...finished('主体结构', 0), kind: 'summary', id: newId() }
  const { percentComplete: _, actualStart: __, actualFinish: ___, ...plain } = summary
  // Monday to the Tuesday after next: the weekend between does not count.
  const pour = finished('顶板混凝土浇筑', 8, {
    parent: summary.id,
    baselines: [{ number: 0, start: monday + 480, finish: monday + 4 * DAY + 1020, duration: 5 * 480 }],
  })
  const open = { ...plain, id: newId(), name: '侧墙', kind: 'task' as const, parent: summary.id }
  const crew: Resource = { id: newId(), name: '混凝土班组', kind: 'work', maxUnits: 1 }
  const made = await planOf(id, '总计划', [
    add(plain),
    add(pour),
    add(open),
    { kind: 'resource.add', resource: crew },
    { kind: 'assignment.add', assignment: { id: newId(), task: pour.id, resource: crew.id, units: 1 } },
  ])
  const planner = await app.as('planner', { at: { kind: 'project', id } })
  const answer = await history(planner)
  expect(answer).toMatchObject({
    more: false,
    tasks: [{ id: pour.id, plan: made, name: '顶板混凝土浇筑', parent: '主体结构', resources: ['混凝土班组'] }],
    plans: { [made]: { name: '总计划', projectName: '车站', type: 'rail', whole: false } },
  })
  const [task] = answer.tasks
  expect(task?.workDays).toBeCloseTo(7, 6)
  expect(task?.ratio).toBeCloseTo(7 / 5, 6)
  expect(task?.promised).toEqual({ start: monday + 480, finish: monday + 4 * DAY + 1020 })
  expect(task?.calendarDays).toBeCloseTo(8 + 540 / DAY, 6)
})

test('nobody learns from plans that he may not see; who sees no tasks is refused', async () => {
  const [here, there] = [await site('甲站'), await site('乙站')]
  await planOf(here, '甲', [add(finished('甲站防水', 3))])
  await planOf(there, '乙', [add(finished('乙站防水', 3))])
  const planner = await app.as('planner', { at: { kind: 'project', id: here } })
  expect((await history(planner)).tasks.map(each => each.name)).toEqual(['甲站防水'])
  const names = (await history(pmo)).tasks.map(each => each.name)
  expect(names).toEqual(expect.arrayContaining(['甲站防水', '乙站防水']))
  const stranger = await app.as('storekeeper')
  await expect(history(stranger)).rejects.toMatchObject({ status: 403 })
})

test('what was finished last comes first, and there is a limit', async () => {
  const id = await site('丙站')
  await planOf(
    id,
    '丙',
    [1, 2, 3, 4].map(days => add(finished(`工序 ${days}`, days))),
  )
  const planner = await app.as('planner', { at: { kind: 'project', id } })
  const answer = await history(planner, 2)
  expect(answer.tasks.map(each => each.name)).toEqual(['工序 4', '工序 3'])
  expect(answer.more).toBe(true)
  expect(Object.values(answer.plans).map(each => each.whole)).toEqual([true])
  await expect(history(planner, 5001)).rejects.toMatchObject({ status: 422 })
})

test('delays are predicted from the outcomes that the reader may see; too few are said to be too few', async () => {
  const [past, here] = [await site('丁站'), await site('戊站')]
  // Weekly work: promised five days, every second one took until the next Wednesday.
  const tasks = Array.from({ length: 120 }, (_, i) => {
    const from = monday + 7 * i * DAY
    const days = i % 2 === 0 ? 4 : 9
    return finished(`${i} 段防水`, 0, {
      actualStart: from + 480,
      actualFinish: from + days * DAY + 1020,
      baselines: [{ number: 0, start: from + 480, finish: from + 4 * DAY + 1020, duration: 5 * 480 }],
    })
  })
  await planOf(past, '丁', tasks.map(add))
  const now = monday + 7 * 125 * DAY
  const {
    percentComplete: _,
    actualStart: __,
    actualFinish: ___,
    ...open
  } = finished('站厅防水', 0, {
    baselines: [{ number: 0, start: now + DAY, finish: now + 6 * DAY, duration: 5 * 480 }],
  })
  const id = await planOf(here, '戊', [add(open), add({ ...open, id: newId(), baselines: [] })])
  const value = revivedPlan((await pmo.entity(plan).read<{ plan: Plan }>(id, 'load')).plan)

  const seen = delaysOfPlan(id, value, await history(pmo), now)
  expect(seen.labelled).toBeGreaterThanOrEqual(120)
  expect(seen).toMatchObject({ open: 2, unpromised: 1, overdue: [], far: 0 })
  expect(seen.record?.count).toBeGreaterThan(30)
  expect(seen.risks.map(each => each.task)).toEqual([open.id])
  expect(seen.rate).toBeGreaterThan(0.4)

  const planner = await app.as('planner', { at: { kind: 'project', id: here } })
  expect(delaysOfPlan(id, value, await history(planner), now)).toMatchObject({ labelled: 0, reason: 'too_few' })
})
