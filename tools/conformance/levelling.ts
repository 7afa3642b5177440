// Conformance of levelling with published instances and their best known bounds:
// `npx tsx tools/conformance/levelling.ts <data> [schedules|all] [set]`.
//
// Every schedule passes the independent judge, no bound is above a known optimum, no makespan below a known bound.
// Without a second argument a small sample; `all` or a number of schedules runs every instance of rcpsp/<set>.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Levelled, level, makespanOf, type Problem, violations } from '@yingzao/engines/levelling'
import { readInstance } from '@yingzao/formats/psplib'

interface Known {
  readonly set: string
  readonly file: string
  readonly lower: number
  readonly upper: number
}

/** Sample: every so many-th instance with so many schedules, and the share that must be optimal (best known). */
const sample: Readonly<Record<string, { every: number; schedules: number; needed: number }>> = {
  j30: { every: 16, schedules: 4_000, needed: 0.9 },
  j60: { every: 24, schedules: 4_000, needed: 0.7 },
  patterson: { every: 11, schedules: 4_000, needed: 0.9 },
}

const SEED = 1

function wrong(problem: Problem, result: Levelled, known: Known): string[] {
  const found = violations(problem, result.start).map(v => JSON.stringify(v))
  if (makespanOf(problem, result.start) !== result.makespan) found.push('the makespan is not that of the starts')
  if (result.lowerBound > known.upper) found.push(`bound ${result.lowerBound} above the known ${known.upper}`)
  if (result.makespan < known.lower) found.push(`makespan ${result.makespan} below the known ${known.lower}`)
  if (result.proved && result.makespan !== known.upper) found.push('proved, but the known makespan differs')
  return found
}

async function check(folder: string, set: string, list: readonly Known[], schedules: number): Promise<boolean> {
  let [failures, optimal, proved, overPath, overKnown, gap, decoded] = [0, 0, 0, 0, 0, 0, 0]
  const began = process.cpuUsage()
  for (const known of list) {
    const reading = readInstance(await readFile(join(folder, 'rcpsp', known.file), 'utf8'))
    if (!reading.ok) {
      console.log(`  ${known.file}: ${JSON.stringify(reading.error)}`)
      failures++
      continue
    }
    const result = level(reading.problem, { budget: { schedules }, seed: SEED })
    for (const text of wrong(reading.problem, result, known)) {
      console.log(`  ${known.file}: ${text}`)
      failures++
    }
    if (result.makespan <= known.upper) optimal++
    if (result.proved) proved++
    overPath += result.makespan / result.criticalPathLength - 1
    overKnown += result.makespan / known.upper - 1
    gap += result.gap
    decoded += result.schedules
  }
  const { user } = process.cpuUsage(began)
  const n = list.length
  const percent = (value: number) => ((100 * value) / n).toFixed(3)
  console.log(`${set}: ${n} instances, ${schedules} schedules each, seed ${SEED}`)
  console.log(`  above the critical path   ${percent(overPath)} %`)
  console.log(`  above the best known      ${percent(overKnown)} %`)
  console.log(`  as good as the best known ${optimal}/${n}`)
  console.log(`  proved optimal            ${proved}/${n}, mean gap to the bound ${percent(gap)} %`)
  console.log(`  ${Math.round(decoded / (user / 1e6))} schedules a CPU second, ${(user / 1e6 / n).toFixed(3)} s each`)
  const needed = sample[set]?.needed ?? 0
  if (optimal / n < needed) console.log(`  fewer than ${100 * needed} % are as good as the best known`)
  return n > 0 && failures === 0 && optimal / n >= needed
}

const [folder, amount, only] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: npx tsx tools/conformance/levelling.ts <data-folder> [schedules|all] [set]')
  process.exit(2)
}
const lines = (await readFile(join(folder, 'rcpsp', 'bounds.csv'), 'utf8')).trim().split(/\r?\n/)
const header = lines[0]?.split(',') ?? []
const known = lines.slice(1).map((line): Known => {
  const columns = line.split(',')
  const value = (name: string) => columns[header.indexOf(name)] ?? ''
  return { set: value('set'), file: value('file'), lower: Number(value('best_lb')), upper: Number(value('best_ub')) }
})
let passed = true
for (const set of new Set(known.map(k => k.set))) {
  if (only !== undefined && set !== only) continue
  const { every, schedules } = sample[set] ?? { every: 10, schedules: 2_000 }
  const all = known.filter(k => k.set === set)
  const list = amount === undefined ? all.filter((_, i) => i % every === 0) : all
  const budget = amount === undefined || amount === 'all' ? schedules : Number(amount)
  passed = (await check(folder, set, list, budget)) && passed
}
process.exitCode = passed ? 0 : 1
