// Conformance of the .mpp reader with files nobody here wrote: `npx tsx tools/conformance/mpp.ts <data>`.
//
// Every Microsoft Project file of plan/ that has a twin of the same name in plan/mspdi is read both ways and compared
// value by value: settings, calendars, tasks with their outline, dates, constraints, baselines and custom values, links,
// resources, assignments. Prints the figures of each field and every difference that no rule below explains. Other .mpp
// files must be read, or refused with a message. Exits 1 below 95 % of files or 99 % of values equal, and on a crash.
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type PlanReading, readPlanFile, refusalMessage } from '@yingzao/formats/plan-file'

type Values = ReadonlyMap<string, unknown>
type Records = readonly { key: string; values: Values }[]

interface Figures {
  compared: number
  equal: number
  explained: number
}

const figures = new Map<string, Figures>()
const reasons = new Map<string, number>()
const unexplained: string[] = []
const failures: string[] = []
let files = 0
let whole = 0

const count = (field: string, of: keyof Figures): void => {
  const at = figures.get(field) ?? { compared: 0, equal: 0, explained: 0 }
  at[of]++
  figures.set(field, at)
}

/** Zero, false and absence are one: the twins leave zeros out. Rates of the twins have four decimals. */
function plain(value: unknown): unknown {
  if (value === 0 || value === false || value === '0' || value === '') return undefined
  if (typeof value === 'string' && /^\d+\.\d{5,}$/.test(value)) return plain(String(Number(Number(value).toFixed(4))))
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(plain)
  if (typeof value === 'object' && value) {
    const entries = Object.entries(value).flatMap(([key, inner]) => {
      const kept = plain(inner)
      return kept === undefined ? [] : [[key, kept] as const]
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  }
  return value
}

const text = (value: unknown): string => JSON.stringify(plain(value)) ?? 'nothing'

/** Fields whose own fields are compared one by one. */
const opened = new Set(['stored', 'options'])
/** Not compared: the twins hold neither notes nor the work over time that tells of splits; the rest is the same twice. */
const skipped = new Set(['extra', 'notes', 'segments'])

function valuesOf(record: object, prefix = ''): Map<string, unknown> {
  const values = new Map<string, unknown>()
  for (const [key, value] of Object.entries(record)) {
    if (skipped.has(key)) continue
    if (key === 'custom') for (const [name, one] of Object.entries(value)) values.set(`custom.${name}`, one)
    else if (opened.has(key) && typeof value === 'object' && value)
      for (const [inner, one] of valuesOf(value, `${key}.`)) values.set(inner, one)
    else values.set(prefix + key, value)
  }
  return values
}

/** A resource that works by a base calendar has one of its own, as empty, in Project XML. */
function withoutEmptyCalendars(plan: Plan): Plan {
  const empty = new Map<string, string>()
  for (const c of plan.calendars)
    if (c.parent && c.week.every(day => day === undefined) && c.exceptions.length + c.workWeeks.length === 0)
      empty.set(c.id, c.parent)
  return {
    ...plan,
    calendars: plan.calendars.filter(c => !empty.has(c.id)),
    resources: plan.resources.map(r => {
      const parent = r.calendar === undefined ? undefined : empty.get(r.calendar)
      return parent === undefined ? r : { ...r, calendar: parent }
    }),
  }
}

function sectionsOf(read: Plan): Map<string, Records> {
  const plan = withoutEmptyCalendars(read)
  const { title, author, company, options } = plan
  const list = (records: readonly { id: string }[]): Records => records.map(r => ({ key: r.id, values: valuesOf(r) }))
  const custom = [...(plan.customFields ?? [])].sort((a, b) => (a.of + a.source < b.of + b.source ? -1 : 1))
  return new Map<string, Records>([
    ['plan', [{ key: '', values: valuesOf({ title, author, company, options }) }]],
    ['calendars', list(plan.calendars)],
    ['tasks', list(plan.tasks)],
    ['links', list(plan.links)],
    ['resources', list(plan.resources)],
    ['assignments', list(plan.assignments)],
    ['customFields', custom.map(c => ({ key: `${c.of} ${c.source}`, values: valuesOf(c) }))],
  ])
}

interface Difference {
  /** `tasks.stored.totalFloat` */
  field: string
  ours: unknown
  twin: unknown
  plan: Plan
}

/** Why a difference is the twin's, found by looking at the bytes; undefined for one that nobody has explained. */
function reasonOf({ field, ours, twin, plan }: Difference): string | undefined {
  const isNumber = typeof ours === 'number' && typeof twin === 'number'
  if (/Float$/.test(field) && isNumber && Math.round((twin * plan.options.minutesPerDay) / 480) === ours)
    return 'the twin counts floats in days of 8 hours whatever the project says'
  if (
    /custom.*Enterprise Flag|^customFields#|^assignments\.custom\.Flag/.test(field) &&
    /Flag/.test(text([ours, twin, field]))
  )
    return 'the twin takes flags from fixed bits; the field map of the file names others'
  return undefined
}

function compare(file: string, ours: Plan, twin: Plan): boolean {
  const right = sectionsOf(twin)
  let isEqual = true
  const tick = (field: string, where: string, a: unknown, b: unknown): void => {
    count(field, 'compared')
    if (text(a) === text(b)) {
      count(field, 'equal')
      return
    }
    isEqual = false
    const reason = reasonOf({ field, ours: a, twin: b, plan: ours })
    if (reason) {
      count(field, 'explained')
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    } else unexplained.push(`${file} ${field} ${where}: ${text(a).slice(0, 200)} ≠ ${text(b).slice(0, 200)}`)
  }
  for (const [section, records] of sectionsOf(ours)) {
    const others = right.get(section) ?? []
    const keys = (list: Records): string[] => list.map(r => r.key)
    tick(`${section}#`, '', keys(records), keys(others))
    const byKey = new Map(others.map(r => [r.key, r.values]))
    for (const { key, values } of records) {
      const other = byKey.get(key)
      if (!other) continue
      for (const name of new Set([...values.keys(), ...other.keys()])) {
        // The twins name the outline codes of a record without their values.
        if (name.startsWith('custom.Outline Code') && !other.has(name)) continue
        const field = `${section}.${name.replace(/^(custom\.\D+?)\d*$/, '$1')}`
        tick(field, key, values.get(name), other.get(name))
      }
    }
  }
  return isEqual
}

const readAll = async (path: string): Promise<PlanReading> => readPlanFile(await readFile(path), basename(path))

async function* mppFiles(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* mppFiles(path)
    else if (/\.mp[pt]$/i.test(entry.name)) yield path
  }
}

async function check(path: string, twins: string): Promise<void> {
  const file = basename(path)
  const reading = await readAll(path)
  const twin = await readAll(join(twins, file.replace(/\.mp[pt]$/i, '.xml'))).catch(() => undefined)
  if (!reading.ok) {
    const { zh } = refusalMessage(reading.error)
    console.log(`  refused ${file}: ${zh}`)
    if (zh.includes(reading.error.code) || twin?.ok) failures.push(`${file}: ${reading.error.code}`)
    return
  }
  const [plan] = reading.plans
  const [other] = twin?.ok ? twin.plans : []
  if (!plan || !other) {
    console.log(`  without a twin ${file}: ${plan?.tasks.length} tasks, ${plan?.links.length} links`)
    return
  }
  files++
  if (compare(file, plan, other)) whole++
}

const data = process.argv[2]
if (data === undefined) {
  console.error('usage: mpp.ts <data folder>')
  process.exitCode = 2
} else {
  for await (const path of mppFiles(join(data, 'plan')))
    await check(path, join(data, 'plan/mspdi')).catch((error: unknown) => {
      failures.push(`${path}: ${error instanceof Error ? error.stack : String(error)}`)
    })
  const total = { compared: 0, equal: 0, explained: 0 }
  for (const [field, { compared, equal, explained }] of [...figures].sort(([a], [b]) => (a < b ? -1 : 1))) {
    total.compared += compared
    total.equal += equal
    total.explained += explained
    const rest = compared - equal - explained
    const note = compared === equal ? '' : `  ${explained} explained, ${rest} not`
    console.log(`${field.padEnd(40)} ${String(equal).padStart(7)} of ${String(compared).padStart(7)}${note}`)
  }
  for (const [reason, n] of reasons) console.log(`  explained ${n}: ${reason}`)
  for (const difference of unexplained) console.log(`  DIFFERS ${difference}`)
  for (const failure of failures) console.log(`  FAIL ${failure}`)
  const share = total.equal / total.compared
  console.log(
    `files fully equal ${whole} of ${files}; values equal ${total.equal} of ${total.compared} (${(share * 100).toFixed(3)} %)`,
  )
  const passed = failures.length === 0 && whole >= files * 0.95 && share >= 0.99
  console.log(passed ? 'mpp: passed' : 'mpp: failed')
  if (!passed) process.exitCode = 1
}
