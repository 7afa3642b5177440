// Errors of the forecasts over a scenario: every method beside the default estimator, and how often its interval held.
import { durationForecasts, estimateDuration } from '../index.ts'
import { asReference, mape, type Scenario, simulatedProjects } from './simulated-projects.ts'

export interface ForecastErrors {
  /** Mean absolute error in per cent, by method; `default` is ours. */
  errors: Readonly<Record<string, number>>
  /** Share of the 80 % intervals that held the true end. */
  coverage: number
}

/** Projects and reference classes are drawn apart; ten classes of sixty take turns, so that no lucky one decides. */
export function forecastErrors(scenario: Scenario, networks: number, runs: number): ForecastErrors {
  const projects = simulatedProjects(scenario, networks, runs, 1)
  const past = simulatedProjects(scenario, 600, 1, 99).map(asReference)
  const classes = Array.from({ length: 10 }, (_, i) => ({
    name: `${scenario} ${i}`,
    projects: past.slice(60 * i, 60 * i + 60),
  }))
  const seen = new Map<string, { forecast: number; actual: number }[]>()
  let held = 0
  let count = 0
  projects.forEach((project, i) => {
    for (const stage of project.stages) {
      const es = stage.track.at(-1)?.es ?? 0
      const standing = { es, pd: project.pd, at: stage.at, svt: es - stage.at, spit: es / stage.at, tspi: null }
      const estimate = estimateDuration(standing, [classes[i % 10]!])
      const forecasts = {
        ...durationForecasts(standing, { ...stage, bac: project.bac }, stage.track),
        default: estimate.expected,
      }
      for (const [method, forecast] of Object.entries(forecasts)) {
        if (forecast === null) continue
        const list = seen.get(method) ?? []
        list.push({ forecast, actual: project.duration })
        seen.set(method, list)
      }
      count++
      if (project.duration >= estimate.low && project.duration <= estimate.high) held++
    }
  })
  return {
    errors: Object.fromEntries([...seen].map(([method, list]) => [method, mape(list)])),
    coverage: held / count,
  }
}
