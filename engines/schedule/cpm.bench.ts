// Benchmark of the engine: 10,000 tasks and 20,000 links with calendars, whole and single edits.
import { compute, dayNumber, defaultOptions, type Link, type LinkType, type Plan, prepare, type Task } from './index.ts'

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

/** Reports medians: the whole plan from scratch in both modes, then single edits of a prepared plan. */
export default async function bench(report: Report): Promise<void> {
  const plan = largePlan(10_000)
  for (const mode of ['ms', 'p6'] as const) {
    report(
      `schedule: compute 10,000 tasks / 20,000 links, ${mode}`,
      median(15, () => void compute(plan, mode)),
      { target: 40 },
    )
  }
  const leaves = plan.tasks.filter(task => task.kind === 'task')
  for (const mode of ['ms', 'p6'] as const) {
    const prepared = prepare(plan, mode)
    if (!prepared.ok) throw new Error(prepared.error.code)
    const { engine } = prepared
    const edit = (position: number) =>
      median(31, run => {
        const task = leaves[position + run]!
        engine.edit([{ kind: 'task', id: task.id, set: { duration: task.duration + 480 * (run + 1) } }])
      })
    report(`schedule: edit an early task, ${mode}`, edit(100), { target: 10 })
    report(`schedule: edit a task in the middle, ${mode}`, edit(5000), { target: 10 })
    report(`schedule: edit a late task, ${mode}`, edit(9000), { target: 10 })
    const draw = median(15, run => {
      const ends = { from: leaves[4000 + run]!.id, to: leaves[4500 + run]!.id }
      const link: Link = { id: `drawn${run}`, ...ends, type: 'FS', lag: { kind: 'working', minutes: 0 } }
      engine.edit([{ kind: 'add_link', link }])
    })
    report(`schedule: draw a link, ${mode}`, draw, { target: 40 })
  }
}
