// Benchmark of levelling on random instances with the parameters of the published sets: schedules a second of one core; and of
// a company of twelve projects with 2,400 tasks over shared people.
import { criticalPathLength, level, levelPlans } from './index.ts'
import { company } from './testing/company.ts'
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
  twelveProjects(report)
}

const BUDGET = 7

/** Time from the question to the answer, to the first progress, and from a cancel to the end; days late by weight. */
function twelveProjects(report: Report): void {
  const { projects, shared } = company({ projects: 12, tasks: 200, people: 20 }, 2026)
  const now = () => performance.now()
  const began = now()
  let first = 0
  const outcome = levelPlans(projects, shared, {
    budget: { seconds: BUDGET, now },
    onProgress: () => {
      first ||= now() - began
    },
  })
  const whole = now() - began
  if (!outcome.ok) throw new Error(outcome.error.code)
  const { after, tardinessBound, schedules } = outcome.levelled
  const name = 'levelling 12 projects of 200 tasks, 20 shared people'
  report(`${name}: answer with a budget of ${BUDGET} s`, whole / 1000, { target: 10, unit: 's' })
  report(`${name}: first progress`, first / 1000, { unit: 's' })
  report(`${name}: schedules`, schedules, { unit: 'n' })
  report(`${name}: days late by weight`, after.tardiness / 1440, { unit: 'd' })
  report(`${name}: bound of it`, tardinessBound / 1440, { unit: 'd' })
  let told = 0
  levelPlans(projects, shared, {
    budget: { seconds: BUDGET, now },
    cancelled: () => {
      told ||= now()
      return true
    },
  })
  report(`${name}: from cancel to the end`, (now() - told) / 1000, { unit: 's' })
}
