// How good the forecasts are, not how fast: errors on the four simulated scenarios (150 networks × 10 runs, nine dates each).
import { forecastErrors } from './testing/forecast-errors.ts'

type Report = (
  name: string,
  value: number,
  more?: { target?: number; unit?: string; baseline?: { name: string; ms: number } },
) => void

export default async function bench(report: Report): Promise<void> {
  const targets = { early: 2.6, on_time: 2.7, late: 3.4, late_common: 3.6 } as const
  for (const scenario of ['early', 'on_time', 'late', 'late_common'] as const) {
    const { errors, coverage } = forecastErrors(scenario, 150, 10)
    const single = Object.entries(errors).filter(([method]) => method !== 'default')
    const [name, best] = single.reduce((a, b) => (b[1] < a[1] ? b : a))
    report(`earned value: ${scenario}, error of the end date`, errors.default ?? Number.NaN, {
      ...{ target: targets[scenario], unit: '%', baseline: { name, ms: best } },
    })
    report(`earned value: ${scenario}, the 80 % interval holds`, 100 * coverage, { target: 80, unit: '%' })
  }
}
