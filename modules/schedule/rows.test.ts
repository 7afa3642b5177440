import { type Assignment, defaultOptions, type Link, type Resource, type Task } from '@yingzao/engines/schedule'
import { asId, type Id, type PlainDate } from '@yingzao/kernel/entity'
import { expect, test } from 'vitest'
import { adopt } from './adopt.ts'
import {
  assignmentColumns,
  assignmentOf,
  linkColumns,
  linkOf,
  resourceColumns,
  resourceOf,
  taskColumns,
  taskOf,
} from './rows.ts'

let next = 0
const newId = () => `0190f3a0-0000-7000-8000-${String(++next).padStart(12, '0')}`
const system = {
  version: 1,
  created_at: '2026-11-21T08:00:00.000Z',
  created_by: null,
  updated_at: '2026-11-21T08:00:00.000Z',
  updated_by: null,
  plan: asId('plan', newId()),
  project: null,
  company: null,
  position: 1,
} as const
const projected = {
  start_on: null as PlainDate | null,
  finish_on: null as PlainDate | null,
  total_float: null,
  critical: false,
  promised_on: null as PlainDate | null,
  slip_days: null,
}

const task: Task = {
  id: newId(),
  uid: 7,
  row: 3,
  code: '1.2',
  name: '底板混凝土',
  notes: '夜间浇筑',
  parent: newId(),
  kind: 'task',
  duration: 960,
  elapsed: false,
  durationUnit: 'd',
  calendar: 'std',
  constraint: { type: 'start_no_earlier_than', at: 29_000_000 },
  deadline: 29_100_000,
  percentComplete: 37.5,
  actualStart: 29_000_060,
  segments: [{ start: 29_000_060, finish: 29_000_300 }],
  priority: 500,
  baselines: [{ number: 0, start: 29_000_000, finish: 29_001_000, duration: 960 }],
  custom: { 桩号: 'K3+120', 关键节点: true },
}
const link: Link = {
  id: newId(),
  from: newId(),
  to: newId(),
  type: 'SS',
  lag: { kind: 'elapsed_percent', percent: 50 },
  lagUnit: 'd',
}
const resource: Resource = { id: newId(), name: '塔吊', kind: 'work', maxUnits: 2.5, rates: [{ perHour: '350.00' }] }
const assignment: Assignment = {
  id: newId(),
  task: task.id,
  resource: resource.id,
  units: 0.5,
  work: 480,
  contour: 'bell',
}

test('every field of a plan survives being kept as records', () => {
  const row = <E extends string>(of: E, id: string) => ({ ...system, id: asId(of, id) })
  expect(
    taskOf({ ...row('task', task.id), ...projected, ...taskColumns(task), responsible: null as Id<'user'> | null }),
  ).toEqual(task)
  expect(linkOf({ ...row('task_link', link.id), ...linkColumns(link) })).toEqual(link)
  expect(resourceOf({ ...row('plan_resource', resource.id), ...resourceColumns(resource), user: null })).toEqual(
    resource,
  )
  const columns = assignmentColumns(assignment)
  expect(assignmentOf({ ...row('task_assignment', assignment.id), ...columns, units: columns.units })).toEqual(
    assignment,
  )
})

test('an adopted plan keeps its references among themselves', () => {
  const child: Task = { ...task, id: 'b', parent: 'a' }
  const { parent: _, ...top } = { ...task, id: 'a' }
  const plan = adopt(
    {
      name: 'x',
      mode: 'ms',
      options: defaultOptions,
      calendars: [],
      tasks: [top, child],
      links: [
        { ...link, from: 'a', to: 'b' },
        { ...link, from: 'a', to: 'nowhere' },
      ],
      resources: [{ ...resource, id: 'r' }],
      assignments: [{ ...assignment, task: 'b', resource: 'r' }],
    },
    newId,
  )
  expect(plan.tasks[1]?.parent).toBe(plan.tasks[0]?.id)
  expect(plan.links.map(({ from, to }) => [from, to])).toEqual([[plan.tasks[0]?.id, plan.tasks[1]?.id]])
  expect(plan.assignments[0]?.resource).toBe(plan.resources[0]?.id)
})
