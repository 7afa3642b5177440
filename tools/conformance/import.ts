// Conformance of plan file reading and writing with files nobody here wrote: `npx tsx tools/conformance/import.ts <data>`.
//
// Every Microsoft Project XML and MPX, Primavera XER and XML of plan/ imports, every other file there is recognised
// and refused with a message; each imported plan, written in the format it came in (if that is written) and read again,
// is the same plan but for what was reported as lost, and every other format written of it can be read.
// Prints counts; exits 1 on any failure, crash, or file that takes longer than 20 seconds.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Plan } from '@yingzao/engines/schedule'
import { lossLog } from '@yingzao/formats/loss'
import {
  defaultLimits,
  type Loss,
  type PlanReading,
  readPlanFile,
  refusalMessage,
  type WritableFormat,
  writePlanFile,
} from '@yingzao/formats/plan-file'
import { writeXer } from '@yingzao/formats/xer'

const timeout = 20_000
/** Files that must import: everything of these kinds, by content. */
const failures: string[] = []
const counts = new Map<string, number>()
const lost = new Map<string, number>()
const count = (what: string, n = 1): void => {
  counts.set(what, (counts.get(what) ?? 0) + n)
}
const fail = (file: string, what: string): void => {
  failures.push(`${file}: ${what}`)
  console.log(`  FAIL ${file}: ${what}`)
}

async function* filesIn(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesIn(path)
    else if (!/^(LICENSE|.*\.(md|csv))$/i.test(entry.name)) yield path
  }
}

async function timed(bytes: Uint8Array, name: string): Promise<PlanReading | 'timeout'> {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeout)
  const from = performance.now()
  const reading = await readPlanFile(bytes, name, { signal: stop.signal, limits: defaultLimits })
  clearTimeout(timer)
  return performance.now() - from > timeout ? 'timeout' : reading
}

/** The first differences between two plans, by path. */
function differences(a: unknown, b: unknown, path = '', found: string[] = []): string[] {
  if (found.length >= 6 || isDeepStrictEqual(a, b)) return found
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) found.push(`${path}: ${a.length} became ${b.length}`)
    else for (const [i, item] of a.entries()) differences(item, b[i], `${path}[${i}]`, found)
  } else if (typeof a === 'object' && a && typeof b === 'object' && b) {
    const left = new Map(Object.entries(a))
    const right = new Map(Object.entries(b))
    for (const key of new Set([...left.keys(), ...right.keys()]))
      differences(left.get(key), right.get(key), path === '' ? key : `${path}.${key}`, found)
  } else if (a !== b) found.push(`${path}: ${JSON.stringify(a)} became ${JSON.stringify(b)}`)
  return found
}

function written(plans: readonly Plan[], format: WritableFormat): { bytes: Uint8Array; loss: Loss[] } {
  const [plan] = plans
  if (format === 'mspdi' && plan) return writePlanFile(plan, format)
  const losses = lossLog()
  return {
    bytes: Buffer.from(
      writeXer(
        plans.map(p => ({ plan: p })),
        losses,
      ),
    ),
    loss: losses.list(),
  }
}

type Read = Extract<PlanReading, { ok: true }>

async function roundTrip(file: string, first: Read, format: WritableFormat): Promise<void> {
  const { bytes, loss } = written(first.plans, format)
  const second = await timed(bytes, file)
  if (second === 'timeout' || !second.ok) return fail(file, `what we wrote cannot be read: ${JSON.stringify(second)}`)
  count(`round trips ${format}`)
  for (const { code, path, count: n } of loss) lost.set(`${code} ${path}`, (lost.get(`${code} ${path}`) ?? 0) + n)
  const found = differences(first.plans, second.plans)
  if (found.length === 0) count(`equal after round trip ${format}`)
  else if (loss.length === 0) fail(file, `round trip changed ${found.join('; ')}`)
  else fail(file, `round trip changed ${found.join('; ')} (reported: ${loss.map(l => l.path).join(', ')})`)
}

async function crossTrip(file: string, first: Read, other: WritableFormat): Promise<void> {
  for (const plan of first.plans) {
    const { bytes } = writePlanFile(plan, other)
    const second = await timed(bytes, file)
    if (second === 'timeout' || !second.ok) return fail(file, `its ${other} cannot be read: ${JSON.stringify(second)}`)
    const leaves = (p: Plan): number => p.tasks.filter(t => t.kind !== 'summary').length
    const parents = new Set(plan.tasks.map(t => t.parent))
    // Named as losses: a summary without tasks is an ordinary row to Project, an external task is none to Primavera.
    const expected = plan.tasks.filter(t =>
      t.kind === 'summary'
        ? other === 'mspdi' && !t.projectSummary && !parents.has(t.id)
        : !(plan.mode === 'p6' && other === 'xer' && t.external),
    ).length
    const [copy] = second.plans
    if (!copy || leaves(copy) !== expected)
      return fail(file, `${expected} tasks became ${copy ? leaves(copy) : 0} as ${other}`)
    count(`conversions to ${other}`)
  }
}

async function check(folder: string, path: string): Promise<void> {
  const file = relative(folder, path)
  const bytes = await readFile(path)
  const reading = await timed(bytes, file)
  if (reading === 'timeout') return fail(file, 'took too long')
  const head = bytes.subarray(0, 4096).toString('latin1').replaceAll('\0', '')
  const mustRead =
    /^\W*(ERMHDR|MPX[,;\t])/.test(head) || /http:\/\/schemas\.microsoft\.com\/project|<APIBusinessObjects/.test(head)
  if (!reading.ok) {
    if (mustRead) return fail(file, JSON.stringify(reading.error))
    const { zh, en } = refusalMessage(reading.error)
    if (zh.includes(reading.error.code) || en.includes(reading.error.code))
      fail(file, `no message for ${reading.error.code}`)
    count(`refused ${reading.error.code}`)
    return
  }
  count(`imported ${reading.format}`)
  count(
    'tasks',
    reading.plans.reduce((n, p) => n + p.tasks.length, 0),
  )
  for (const format of ['mspdi', 'xer'] as const)
    if (format === reading.format) await roundTrip(file, reading, format)
    else await crossTrip(file, reading, format)
}

const data = process.argv[2]
if (data === undefined) {
  console.error('usage: import.ts <data folder>')
  process.exitCode = 2
} else {
  const folder = join(data, 'plan')
  for await (const path of filesIn(folder)) {
    count('files')
    await check(folder, path).catch(error =>
      fail(relative(folder, path), error instanceof Error ? (error.stack ?? '') : String(error)),
    )
  }
  for (const [what, n] of [...counts].sort()) console.log(`${what.padEnd(32)} ${n}`)
  for (const [what, n] of [...lost].sort()) console.log(`  reported lost in round trips: ${what.padEnd(40)} ${n}`)
  console.log(failures.length === 0 ? 'import: passed' : `import: ${failures.length} failed`)
  if (failures.length > 0) process.exitCode = 1
}
