// A plan of the size and shape that the speed of the simulation is stated for: layers of tasks, some two links each.
import { dayNumber, defaultOptions, type Link, type Plan, type Task } from '../../schedule/index.ts'

const office = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]

/** `count` tasks of 1–20 days; with `calendars` > 1 they alternate between calendars with other Saturdays and holidays. */
export function layeredPlan(count: number, calendars = 1, seed = 12345): Plan {
  let state = seed
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % below
  }
  const start = dayNumber(2024, 1, 1) * 1440 + 480
  const tasks: Task[] = Array.from({ length: count }, (_, i) => ({
    id: `t${i}`,
    name: `t${i}`,
    kind: 'task',
    duration: (1 + random(20)) * 480,
    calendar: `c${calendars > 1 && random(3) === 0 ? random(calendars) : 0}`,
    constraint: { type: 'asap' },
  }))
  const links: Link[] = []
  const perLayer = 20
  for (let i = perLayer; i < count; i++) {
    const first = Math.floor(i / perLayer - 1) * perLayer
    const predecessors = new Set<number>()
    for (let k = 0; k < 1 + (random(100) < 78 ? 1 : 0); k++) predecessors.add(first + random(perLayer))
    for (const from of predecessors) {
      links.push({
        id: `l${links.length}`,
        from: `t${from}`,
        to: `t${i}`,
        type: 'FS',
        lag: { kind: 'working', minutes: 0 },
      })
    }
  }
  return {
    name: 'layers',
    mode: 'ms',
    options: { ...defaultOptions, start, calendar: 'c0' },
    calendars: Array.from({ length: calendars }, (_, i) => ({
      id: `c${i}`,
      name: `Calendar ${i}`,
      week: [[], office, office, office, office, office, i % 2 ? office : []],
      workWeeks: [],
      exceptions: Array.from({ length: 20 }, (_, k) => ({
        name: 'holiday',
        fromDay: dayNumber(2024, 1, 1) + k * 61 + i,
        toDay: dayNumber(2024, 1, 1) + k * 61 + i + (k % 3),
        shifts: [],
      })),
    })),
    tasks,
    links,
    resources: [],
    assignments: [],
  }
}
