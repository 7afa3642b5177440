// Two people edit one plan: nobody's edit is lost, refused ones are taken back, undo gives back what was.

import { compute } from '@yingzao/engines/schedule'
import { datesOf } from '@yingzao/engines/schedule/date-table'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import { applyEdits } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { expect, test } from 'vitest'
import { createComputeEngine } from './compute-engine.ts'
import { stationPlan } from './harness/station.ts'
import { deltaOf, withDelta } from './plan-delta.ts'
import { createSession, type EditAnswer, type EditBatch } from './session.ts'

const plan = stationPlan({ tasks: 400 })
const name = (of: Plan, id: string) => of.tasks.find(task => task.id === id)?.name
const rename = (id: string, to: string): PlanEdit => ({ kind: 'task.set', id, patch: { name: to } })

/** A server whose answers the test gives. */
function open() {
  const sent: { batch: EditBatch; answer: (answer: EditAnswer) => Promise<void>; fail: () => Promise<void> }[] = []
  const said: string[] = []
  let ids = 0
  let changes = 0
  const session = createSession(
    { plan, version: 1 },
    {
      newId: () => `b${++ids}`,
      send: () => batch =>
        new Promise<EditAnswer>((resolve, reject) => {
          const later = () => new Promise<void>(done => setTimeout(done, 0))
          sent.push({
            batch,
            answer: async answer => {
              resolve(answer)
              await later()
            },
            fail: async () => {
              reject(new Error('offline'))
              await later()
            },
          })
        }),
      changed: () => {
        changes++
      },
      refused: message => said.push(message),
      failed: () => said.push('failed'),
    },
  )
  return { session, sent, said, changes: () => changes }
}
const server = (...edits: PlanEdit[]): Plan => {
  const outcome = applyEdits(plan, edits)
  if (!outcome.ok) throw new Error(outcome.error.code)
  return outcome.plan
}

test('an edit shows at once, is pending, and is confirmed by the plan that holds it', async () => {
  const { session, sent } = open()
  expect(session.edit([rename('t4', '甲')])).toBeUndefined()
  expect(name(session.state().plan, 't4')).toBe('甲')
  expect([...session.state().pendingTasks]).toEqual(['t4'])
  await sent[0]?.answer({ ok: true, version: 2 })
  expect(session.state().pendingCount).toBe(1)
  session.receive(server(rename('t4', '甲')), 2)
  expect(session.state().pendingCount).toBe(0)
  expect(name(session.state().plan, 't4')).toBe('甲')
})

test('an own edit that comes back leaves the very plan that is shown', async () => {
  const { session, sent, changes } = open()
  session.edit([rename('t4', '甲')])
  const { plan: shown } = session.state()
  const told = changes()
  session.receive(server(rename('t4', '甲')), 2)
  await sent[0]?.answer({ ok: true, version: 2 })
  expect(session.state().plan).toBe(shown)
  expect(session.state()).toMatchObject({ asServed: true, pendingCount: 0 })
  expect(changes()).toBeGreaterThan(told)
})

test('an indent that the server has already done is not done again while its answer is on the way', () => {
  const { session } = open()
  const indentOf = (id: string): PlanEdit => ({ kind: 'task.indent', ids: [id] })
  // Below a neighbour that has subtasks: it could be indented twice.
  const child = plan.tasks.find(({ id }) => applyEdits(plan, [indentOf(id), indentOf(id)]).ok)
  const id = child?.id ?? ''
  const indent = indentOf(id)
  session.edit([indent])
  const parent = () => session.state().plan.tasks.find(task => task.id === id)?.parent
  const once = parent()
  expect(once).not.toBe(child?.parent)
  session.receive(server(indent), 2)
  expect(parent()).toBe(once)
  expect(session.state().pendingCount).toBe(1)
})

test('a colleague’s change arrives while mine is on its way: both are there', async () => {
  const { session, sent } = open()
  session.edit([rename('t4', '甲')])
  session.receive(server(rename('t5', '乙')), 2)
  expect(name(session.state().plan, 't4')).toBe('甲')
  expect(name(session.state().plan, 't5')).toBe('乙')
  await sent[0]?.answer({ ok: true, version: 3 })
  session.receive(server(rename('t5', '乙'), rename('t4', '甲')), 3)
  expect(session.state().pendingCount).toBe(0)
})

test('a new task that the server already has is not added twice', () => {
  const { session } = open()
  const add: PlanEdit = {
    kind: 'task.add',
    task: { id: 'n', name: '新', kind: 'task', duration: 480, constraint: { type: 'asap' } },
  }
  session.edit([add])
  session.receive(server(add), 2)
  expect(session.state().plan.tasks.filter(task => task.id === 'n').length).toBe(1)
})

test('a refused edit is taken back with the server’s words and cannot be undone', async () => {
  const { session, sent, said } = open()
  session.edit([rename('t4', '甲')])
  await sent[0]?.answer({ ok: false, message: '没有权限' })
  expect(name(session.state().plan, 't4')).toBe(name(plan, 't4'))
  expect(said).toEqual(['没有权限'])
  expect(session.state().canUndo).toBe(false)
  session.edit([rename('t4', '丙')])
  await sent[1]?.fail()
  expect(said).toEqual(['没有权限', 'failed'])
  expect(name(session.state().plan, 't4')).toBe(name(plan, 't4'))
})

test('undo and redo are edits too, and undo what I did, not what my colleague did', () => {
  const { session, sent } = open()
  session.edit([rename('t4', '甲')])
  session.edit([{ kind: 'task.remove', ids: ['t3'] }])
  session.receive(server(rename('t12', '乙')), 2)
  expect(session.undo()).toBeUndefined()
  expect(session.undo()).toBeUndefined()
  expect(session.state().plan.tasks).toEqual(server(rename('t12', '乙')).tasks)
  expect(session.undo()).toBe('nothing')
  session.redo()
  expect(name(session.state().plan, 't4')).toBe('甲')
  expect(sent.length).toBe(5)
})

test('undo of something a colleague has removed says so and changes nothing', () => {
  const { session } = open()
  session.edit([rename('t4', '甲')])
  session.receive(server({ kind: 'task.remove', ids: ['t4'] }), 2)
  expect(session.undo()).toMatchObject({ code: 'schedule.edit.unknown', id: 't4' })
})

test('the worker’s engine follows edits, previews them and comes back, exactly as a full computation', () => {
  const engine = createComputeEngine()
  const full = (of: Plan) => {
    const outcome = compute(of)
    if (!outcome.ok) throw new Error(outcome.error.code)
    return datesOf(outcome.schedule)
  }
  const dates = (computed: ReturnType<typeof engine.follow>) => {
    if (!computed.ok) throw new Error(computed.error.code)
    return computed.dates
  }
  expect(dates(engine.follow({ whole: plan }))).toEqual(full(plan))
  const longer: PlanEdit = { kind: 'task.set', id: 't60', patch: { duration: 48_000 } }
  const cut: PlanEdit[] = [longer, { kind: 'task.remove', ids: ['t20'] }]
  expect(dates(engine.preview([longer]))).toEqual(full(server(longer)))
  expect(dates(engine.preview(cut))).toEqual(full(server(...cut)))
  expect(engine.explain('t60')?.finish).toBe(full(plan).finish[59])
  const next = server(...cut)
  expect(dates(engine.follow(deltaOf(plan, next)))).toEqual(full(next))
  expect(
    engine.preview([{ kind: 'link.add', link: { ...plan.links[0]!, id: 'x', from: 't60', to: 't60' } }]),
  ).toMatchObject({
    ok: false,
    error: { code: 'schedule.edit.self' },
  })
  expect(withDelta(plan, deltaOf(plan, next))).toEqual(next)
})
