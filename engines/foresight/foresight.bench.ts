// Benchmark of early warning: ten plans of 1,000 tasks, joined by thirty links, ten tasks late by themselves.

import { largePlan } from '../schedule/cpm.bench.ts'
import { compute, type Plan } from '../schedule/index.ts'
import { type CrossLink, defaultLimits, foresee, type WatchedPlan } from './index.ts'

type Report = (name: string, medianMs: number, more?: { readonly target?: number }) => void

/** Dates as promised, with ten tasks grown since. */
function underWay(plan: Plan): Plan {
  const outcome = compute(plan)
  if (!outcome.ok) throw new Error(outcome.error.code)
  const dates = new Map(outcome.schedule.tasks.map(each => [each.id, each]))
  return {
    ...plan,
    tasks: plan.tasks.map((task, i) => {
      const at = dates.get(task.id)
      if (!at) return task
      const baselines = [{ number: 0, start: at.start, finish: at.finish, duration: at.duration }]
      return i % 100 === 1 ? { ...task, baselines, duration: task.duration + 5 * 480 } : { ...task, baselines }
    }),
  }
}

export default async function bench(report: Report): Promise<void> {
  const plan = underWay(largePlan(1000))
  const leaves = plan.tasks.filter(task => task.kind === 'task').map(task => task.id)
  const plans = Array.from(
    { length: 10 },
    (_, p): WatchedPlan => ({
      id: `p${p}`,
      plan,
      now: plan.options.start,
      departments: new Map(),
      department: `d${p}`,
      limits: { ...defaultLimits, horizonDays: 3650 },
    }),
  )
  const links = Array.from({ length: 30 }, (_, k): CrossLink => {
    const [from, to] = [k % 9, (k % 9) + 1]
    return {
      id: `x${k}`,
      from: { plan: `p${from}`, task: leaves[100 + 20 * k] ?? '' },
      to: { plan: `p${to}`, task: leaves[300 + 20 * k] ?? '' },
      type: 'FS',
      lag: { kind: 'working', minutes: 0 },
    }
  })
  const times: number[] = []
  let warnings = 0
  for (let run = 0; run < 11; run++) {
    const begin = performance.now()
    warnings = foresee(plans, links).warnings.length
    times.push(performance.now() - begin)
  }
  times.sort((a, b) => a - b)
  report(`foresight: 10 plans of 1,000 tasks, 30 links between them, ${warnings} warnings`, times[5] ?? 0, {
    target: 100,
  })
}
