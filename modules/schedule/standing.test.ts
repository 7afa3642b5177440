// Earned value keeps where the plan stood on each status date: from the plan as it was then, in days for who may not know costs.
import type { PlanEdit, Task } from '@yingzao/engines/schedule'
import { parseMinute } from '@yingzao/engines/schedule'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'
import type { PastStanding } from './standing-shape.ts'

let app: TestApp
let planner: Person
let foreman: Person
let id: string

beforeAll(async () => {
  app = await testApp()
  const pmo = await app.as('pmo')
  const site = (await pmo.entity(project).create({ name: '车站', type: 'rail', company: app.company as never })).id
  const at = { kind: 'project', id: site } as const
  planner = await app.as('planner', { at })
  foreman = await app.as('foreman', { at })
  id = (await planner.entity(plan).create({ name: '总计划', project: site, start_on: '2026-03-02' })).id
})
afterAll(() => app?.close())

const minute = (text: string) => parseMinute(text) ?? 0
const edit = (...edits: PlanEdit[]) => planner.entity(plan).run(id, 'edit', { base: 999, edits })
const standings = async (who: Person) =>
  (await who.entity(plan).read<{ standings: PastStanding[] }>(id, 'standings')).standings
const status = (day: string): PlanEdit => ({
  ...{ kind: 'options.set', patch: { statusDate: minute(`${day}T17:00`) } },
})

test('each status date keeps its figures although the plan went on; a date taken back is none', async () => {
  const dig = newId()
  // Two weeks of work for 10,000: 1,000 a day.
  const row: Task = {
    ...{ id: dig, name: '开挖', kind: 'task', duration: 4800, constraint: { type: 'asap' } },
    ...{ fixedCost: '10000.00', cost: '10000.00' },
  }
  await edit({ kind: 'task.add', task: row })
  await planner.entity(plan).run(id, 'set_baseline', { number: 0 })
  expect(await standings(planner)).toEqual([])
  const done = (percentComplete: number): PlanEdit => {
    const actualDuration = 48 * percentComplete
    const patch = { percentComplete, actualDuration, remainingDuration: 4800 - actualDuration }
    return { kind: 'task.set', id: dig, patch: { ...patch, actualStart: minute('2026-03-02T08:00') } }
  }
  await edit(status('2026-03-04'))
  await edit(done(20))
  await edit(status('2026-03-06'), done(40))
  // Set too far by mistake, and taken back: nobody reported then.
  await edit(status('2026-03-20'))
  await planner.entity(plan).run(id, 'undo')
  const seen = await standings(planner)
  expect(seen.map(({ bac, pv, ev, spi }) => [bac, pv, ev, spi])).toEqual([
    ['10000.00', '3000.00', '2000.00', '0.6667'],
    ['10000.00', '5000.00', '4000.00', '0.8000'],
  ])
  expect(seen.map(({ at }) => at)).toEqual([minute('2026-03-04T17:00'), minute('2026-03-06T17:00')])
  expect(seen[1]?.spit).toBeGreaterThan(seen[0]?.spit ?? 1)
  expect(seen.every(({ unit, ac, cpi }) => unit === 'cost' && ac === null && cpi === null)).toBe(true)

  const days = await standings(foreman)
  expect(days.map(({ unit, bac, pv, ev }) => [unit, bac, pv, ev])).toEqual([
    ['days', '10.00', '3.00', '2.00'],
    ['days', '10.00', '5.00', '4.00'],
  ])
})
