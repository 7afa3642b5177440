// Benchmark of the engine: 10,000 tasks and 20,000 links with calendars, whole and single edits.
import {
  applyEdits,
  compute,
  dayNumber,
  defaultOptions,
  type Link,
  type LinkType,
  type Plan,
  type PlanEdit,
  prepare,
  type Task,
} from './index.ts'

const office = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

/** A plan of `count` tasks in summaries of twenty, two links each on average, five calendars, all link types, lags. */
export function largePlan(count: number): Plan {
  let seed = 12345
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
    return seed % below
  }
  const start = dayNumber(2024, 1, 1) * 1440 + 480
  const calendars = Array.from({ length: 5 }, (_, i) => ({
    id: `c${i}`,
    name: `Calendar ${i}`,
    week: [[], office, office, office, office, office, i % 2 ? office : []],
    workWeeks: [],
    exceptions: Array.from({ length: 40 }, (_, k) => ({
      name: 'holiday',
      fromDay: dayNumber(2024, 1, 1) + k * 37 + i,
      toDay: dayNumber(2024, 1, 1) + k * 37 + i + (k % 3),
      shifts: [],
    })),
  }))
  const tasks: Task[] = []
  const leaves: string[] = []
  for (let i = 0; tasks.length < count; i++) {
    const parent = `s${Math.floor(i / 20)}`
    if (i % 20 === 0) {
      tasks.push({ id: parent, name: parent, kind: 'summary', duration: 0, constraint: { type: 'asap' } })
    }
    const id = `t${i}`
    leaves.push(id)
    tasks.push({
      id,
      name: id,
      parent,
      kind: 'task',
      duration: (1 + random(20)) * 240,
      calendar: `c${random(5)}`,
      constraint:
        random(50) === 0 ? { type: 'start_no_earlier_than', at: start + random(400) * 1440 } : { type: 'asap' },
    })
  }
  const types: readonly LinkType[] = ['FS', 'FS', 'FS', 'FS', 'SS', 'FF', 'SF']
  const links: Link[] = []
  while (links.length < 2 * count) {
    const to = 1 + random(leaves.length - 1)
    const from = Math.max(0, to - 1 - random(60))
    links.push({
      id: `l${links.length}`,
      from: leaves[from]!,
      to: leaves[to]!,
      type: types[random(types.length)]!,
      lag: { kind: 'working', minutes: random(4) === 0 ? random(5) * 240 : 0 },
    })
  }
  return {
    name: 'bench',
    mode: 'ms',
    options: { ...defaultOptions, start, calendar: 'c0' },
    calendars,
    tasks,
    links,
    resources: [],
    assignments: [],
  }
}

function median(runs: number, action: (run: number) => void): number {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begin = performance.now()
    action(run)
    times.push(performance.now() - begin)
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!
}

type Report = (name: string, medianMs: number, more?: { target: number }) => void

/** Reports medians: the whole plan from scratch in both modes, then every kind of single edit of a prepared plan. */
export default async function bench(report: Report): Promise<void> {
  const plan = largePlan(10_000)
  for (const mode of ['ms', 'p6'] as const) {
    report(
      `schedule: compute 10,000 tasks / 20,000 links, ${mode}`,
      median(15, () => void compute(plan, mode)),
      { target: 40 },
    )
  }
  for (const mode of ['ms', 'p6'] as const) await benchEdits({ ...plan, mode }, report)
}

/** Every kind of edit as a screen makes it: checked and applied to the plan, followed by the engine, read as columns. */
async function benchEdits(plan: Plan, report: Report): Promise<void> {
  const prepared = prepare(plan)
  if (!prepared.ok) throw new Error(prepared.error.code)
  const { engine } = prepared
  const leaves = plan.tasks.filter(task => task.kind === 'task').map(task => task.id)
  const start = { ...plan.tasks[1]!, parent: 's200' }
  const edits: Readonly<Record<string, (run: number) => PlanEdit>> = {
    'change an early task': run => ({ kind: 'task.set', id: leaves[100 + run]!, patch: { duration: 480 * (run + 1) } }),
    'change a late task': run => ({ kind: 'task.set', id: leaves[9000 + run]!, patch: { duration: 480 * (run + 1) } }),
    'draw a link': run => ({
      kind: 'link.add',
      link: {
        id: `drawn${run}`,
        from: leaves[4000 + run]!,
        to: leaves[4500 + run]!,
        type: 'FS',
        lag: { kind: 'working', minutes: 0 },
      },
    }),
    'change a link': run => ({
      kind: 'link.set',
      id: `drawn${run}`,
      patch: { lag: { kind: 'working', minutes: 960 } },
    }),
    'remove a link': run => ({ kind: 'link.remove', ids: [`drawn${run}`] }),
    'add a task': run => ({ kind: 'task.add', task: { ...start, id: `new${run}` }, before: 't4001' }),
    'move a task': run => ({ kind: 'task.move', ids: [`new${run}`], parent: 's300' }),
    'remove a task': run => ({ kind: 'task.remove', ids: [`new${run}`] }),
    'indent a task': run => ({ kind: 'task.indent', ids: [leaves[123 + 20 * run]!] }),
    'add a resource': run => ({ kind: 'resource.add', resource: { id: `r${run}`, name: 'Crew', kind: 'work' } }),
    'assign a resource': run => ({
      kind: 'assignment.add',
      assignment: { id: `a${run}`, task: leaves[200 + 20 * run]!, resource: 'r1', units: 1 },
    }),
    'change the start of the plan': run => ({
      kind: 'options.set',
      patch: { start: plan.options.start + 1440 * (run + 1) },
    }),
  }
  const runs = 41
  let current = plan
  for (const [name, editOf] of Object.entries(edits)) {
    const times: number[] = []
    for (let run = 0; run < runs; run++) {
      const edit = editOf(run)
      const begin = performance.now()
      const applied = applyEdits(current, [edit])
      if (!applied.ok) throw new Error(applied.error.code)
      const followed = engine.follow(applied.plan)
      if (!followed.ok) throw new Error(followed.error.code)
      engine.dates()
      times.push(performance.now() - begin)
      current = applied.plan
    }
    report(`schedule: ${name}, ${plan.mode}`, times.sort((a, b) => a - b)[runs >> 1]!, { target: 10 })
  }
}
