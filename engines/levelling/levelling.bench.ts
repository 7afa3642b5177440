// Benchmark of levelling on random instances with the parameters of the published sets: schedules a second of one core.
import { criticalPathLength, level } from './index.ts'
import { progenSet } from './testing/progen.ts'

type Report = (name: string, median: number, more?: { target?: number; unit?: string }) => void

/** Per size and number of schedules: mean makespan above the critical path, optimal proofs, schedules a CPU second. */
export default async function bench(report: Report): Promise<void> {
  for (const [jobs, budgets] of [
    [30, [1_000, 5_000]],
    [60, [1_000, 5_000]],
    [120, [1_000, 5_000, 50_000]],
  ] as const) {
    // Every parameter combination once at small budgets, every sixth at large ones.
    const set = progenSet(jobs, 1, 2026)
    for (const schedules of budgets) {
      const some = schedules > 10_000 ? set.filter((_, i) => i % 6 === 0) : set
      let [above, proved, decoded] = [0, 0, 0]
      const began = process.cpuUsage()
      for (const problem of some) {
        const result = level(problem, { budget: { schedules }, seed: 1 })
        above += result.makespan / criticalPathLength(problem) - 1
        if (result.proved) proved++
        decoded += result.schedules
      }
      const seconds = process.cpuUsage(began).user / 1e6
      const name = `levelling ${jobs} jobs, ${schedules} schedules`
      report(`${name}: above the critical path`, (100 * above) / some.length, { unit: '%' })
      report(`${name}: proved optimal`, (100 * proved) / some.length, { unit: '%' })
      report(`${name}: speed`, decoded / seconds / 1000, { unit: 'k/s' })
    }
  }
}
