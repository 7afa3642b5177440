// How long the exact choice of alternatives takes: a plan of 300 tasks, 60 of them with three ways to be done, 60 with prices of a day.
import { link, plan, scheduled, task } from '@yingzao/engines/schedule/testing/plan-maker'
import { source } from '@yingzao/engines/statistics/random'
import { type Alternative, planCrash, provenCrash, type Shortening } from '@yingzao/engines/time-cost'
import { milpSolver } from '@yingzao/ui/background/milp'
import load from 'highs'

const DAY = 480

export default async function bench(
  report: (name: string, value: number, more?: { target?: number; unit?: string }) => void,
): Promise<void> {
  const random = source(7, 'crash')
  const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const days = Array.from({ length: 300 }, () => whole(4, 20))
  const links = days.flatMap((_, to) => {
    const before = new Set(Array.from({ length: to === 0 ? 0 : whole(1, 3) }, () => Math.max(0, to - whole(1, 14))))
    return [...before].filter(from => from !== to).map(from => link(`t${from} FS t${to}`))
  })
  const of = plan(
    days.map((each, at) => task(`t${at}`, each)),
    links,
  )
  const alternatives = days.flatMap((each, at): Alternative[] => {
    if (at % 5 !== 0) return []
    const way = (id: string, share: number, cost: number): Alternative => ({
      ...{ task: `t${at}`, id: `${at} ${id}`, cost: `${cost}`, resources: [] },
      duration: Math.max(1, Math.round(each * share)) * DAY,
    })
    return [way('now', 1, 0), way('two shifts', 0.7, whole(20, 90) * 100), way('machine', 0.5, whole(90, 200) * 100)]
  })
  const shortenings = days.flatMap((each, at): Shortening[] =>
    at % 5 === 2
      ? [{ task: `t${at}`, shortest: Math.ceil(each * 0.7) * DAY, cost: `${whole(5, 60) * 100}`, per: 'day' }]
      : [],
  )
  const schedule = scheduled(of)
  const terms = { indirect: '0', penalty: '0', bonus: '0', alternatives } as const
  const roughFrom = performance.now()
  planCrash(of, schedule, shortenings, terms)
  report('time–cost: 300 tasks, 60 with three alternatives, at once', performance.now() - roughFrom)
  const highs = await load()
  const from = performance.now()
  const outcome = await provenCrash(of, schedule, shortenings, terms, {
    solve: milpSolver(highs, () => 20),
    goOn: () => true,
  })
  report('time–cost: the same, every finish proved', (performance.now() - from) / 1000, { unit: 's' })
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { choices } = outcome.crash
  report('time–cost: finishes of the curve', choices.length, { unit: '' })
  report('time–cost: share of them proved', (100 * choices.filter(each => each.proved).length) / choices.length, {
    ...{ target: 100, unit: '%' },
  })
}
