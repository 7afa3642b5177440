// A history as another tool tells it: checked value by value, the first mistake by its place. Pure.
import { type Instant, isDecimal, isInstant, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { workStages } from './work-item.entity.ts'

export type WorkStage = keyof typeof workStages
export interface TakenSprint {
  readonly key: string
  readonly name: string
  readonly goal: string
  readonly start_on: PlainDate
  readonly finish_on: PlainDate
  readonly capacity: `${number}` | null
  readonly started_at: Instant | null
  readonly closed_at: Instant | null
}
/** What an item was from then on; what is left out stays as it was. */
export interface TakenEvent {
  readonly at: Instant
  readonly stage: WorkStage
  readonly points: `${number}` | null
  /** Key of a sprint. */
  readonly sprint: string | null
}
export interface TakenItem {
  readonly key: string
  readonly title: string
  readonly kind: 'story' | 'defect' | 'task' | 'epic'
  /** Key of an epic. */
  readonly parent: string | null
  readonly assignee: string | null
  readonly acceptance: string
  readonly description: string
  readonly tags: string
  readonly blocked_reason: string
  /** Oldest first, the first tells when it was entered. */
  readonly history: readonly TakenEvent[]
}
export interface Taken {
  readonly sprints: readonly TakenSprint[]
  readonly items: readonly TakenItem[]
}
export type TakenOutcome =
  | { readonly ok: true; readonly taken: Taken }
  | { readonly ok: false; readonly where: string; readonly reason: string }

export const MOST_ITEMS = 5000
export const MOST_EVENTS = 100_000

interface Reader {
  readonly from: Readonly<Record<string, unknown>>
  readonly where: string
  readonly wrong: { readonly where: string; readonly reason: string }[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const fault = ({ wrong, where }: Reader, name: string, reason: string) =>
  void wrong.push({ where: `${where}${name}`, reason })

const text = (reader: Reader, name: string, most: number, needed = false): string => {
  const value = reader.from[name] ?? ''
  if (typeof value === 'string' && value.length <= most && (!needed || value.trim() !== '')) return value
  fault(reader, name, `1–${most} ✎`)
  return ''
}
const key = (reader: Reader, name: string): string | null =>
  reader.from[name] == null ? null : text(reader, name, 100)
function one<T>(reader: Reader, name: string, is: (value: unknown) => value is T, like: string, none: T): T {
  const value = reader.from[name]
  if (is(value)) return value
  fault(reader, name, like)
  return none
}
function maybe<T>(reader: Reader, name: string, is: (value: unknown) => value is T, like: string): T | null {
  const value = reader.from[name]
  return value === null || value === undefined ? null : one<T | null>(reader, name, is, like, null)
}
function rows<T>(reader: Reader, name: string, most: number, read: (reader: Reader) => T): T[] {
  const value = reader.from[name] ?? []
  if (!Array.isArray(value) || value.length > most) {
    fault(reader, name, `[…] ≤ ${most}`)
    return []
  }
  const found: T[] = []
  for (const [index, each] of value.entries()) {
    const where = `${reader.where}${name}[${index}].`
    if (!isObject(each)) fault({ ...reader, where }, '', '{ … }')
    else found.push(read({ from: each, where, wrong: reader.wrong }))
    if (reader.wrong.length > 0) break
  }
  return found
}

const isStage = (value: unknown): value is WorkStage => typeof value === 'string' && Object.hasOwn(workStages, value)
const kinds = ['story', 'defect', 'task', 'epic'] as const
const isKind = (value: unknown): value is TakenItem['kind'] => kinds.some(each => each === value)
const isPoints = (value: unknown): value is `${number}` =>
  isDecimal(value) && Number(value) >= 0 && Number(value) <= 999
const moment = '2026-11-21T14:05:00Z'

/** `now`: nothing is told of the future. */
export function readTaken(value: unknown, now: string): TakenOutcome {
  const wrong: Reader['wrong'] = []
  const reader: Reader = { from: isObject(value) ? value : {}, where: '', wrong }
  const sprints = rows(reader, 'sprints', 500, sprintOf)
  let events = 0
  const items = rows(reader, 'items', MOST_ITEMS, inner => {
    const item = itemOf(inner, now)
    events += item.history.length
    if (events > MOST_EVENTS) fault(inner, 'history', `≤ ${MOST_EVENTS}`)
    return item
  })
  if (items.length === 0 && wrong.length === 0) fault(reader, 'items', '[…] ≥ 1')
  if (wrong.length === 0) checkKeys(reader, sprints, items)
  const [first] = wrong
  return first ? { ok: false, ...first } : { ok: true, taken: { sprints, items } }
}

function sprintOf(reader: Reader): TakenSprint {
  const found: TakenSprint = {
    key: text(reader, 'key', 100, true),
    name: text(reader, 'name', 100, true),
    goal: text(reader, 'goal', 10_000),
    start_on: one(reader, 'start_on', isPlainDate, '2026-11-21', '1970-01-01'),
    finish_on: one(reader, 'finish_on', isPlainDate, '2026-11-21', '1970-01-01'),
    capacity: maybe(reader, 'capacity', isPoints, '"13"'),
    started_at: maybe(reader, 'started_at', isInstant, moment),
    closed_at: maybe(reader, 'closed_at', isInstant, moment),
  }
  if (found.closed_at !== null && (found.started_at === null || found.closed_at <= found.started_at))
    fault(reader, 'closed_at', '> started_at')
  return found
}

function itemOf(reader: Reader, now: string): TakenItem {
  const history: TakenEvent[] = []
  rows(reader, 'history', MOST_EVENTS, inner => {
    const last = history.at(-1)
    const at = one(inner, 'at', isInstant, moment, '1970-01-01T00:00:00.000Z')
    const { points, sprint } = inner.from
    const next: TakenEvent = {
      at,
      stage: last && inner.from.stage === undefined ? last.stage : one(inner, 'stage', isStage, 'ready', 'backlog'),
      points: points === undefined ? (last?.points ?? null) : maybe(inner, 'points', isPoints, '"5"'),
      sprint: sprint === undefined ? (last?.sprint ?? null) : key(inner, 'sprint'),
    }
    if (Date.parse(at) > Date.parse(now)) fault(inner, 'at', `≤ ${now}`)
    if (last && Date.parse(at) < Date.parse(last.at)) fault(inner, 'at', `≥ ${last.at}`)
    history.push(next)
  })
  if (history.length === 0) fault(reader, 'history', '[…] ≥ 1')
  return {
    key: text(reader, 'key', 100, true),
    title: text(reader, 'title', 300, true),
    kind: one(reader, 'kind', isKind, kinds.join(' / '), 'story'),
    parent: key(reader, 'parent'),
    assignee: key(reader, 'assignee'),
    acceptance: text(reader, 'acceptance', 20_000),
    description: text(reader, 'description', 20_000),
    tags: text(reader, 'tags', 200),
    blocked_reason: text(reader, 'blocked_reason', 300),
    history,
  }
}

/** Keys are each other's names: every one once, and none that nobody has. */
function checkKeys(reader: Reader, sprints: readonly TakenSprint[], items: readonly TakenItem[]): void {
  const known = new Set<string>()
  for (const [name, list] of [['sprints', sprints] as const, ['items', items] as const])
    for (const [index, each] of list.entries()) {
      if (known.has(`${name} ${each.key}`)) fault(reader, `${name}[${index}].key`, `${each.key} ×2`)
      known.add(`${name} ${each.key}`)
    }
  const epics = new Set(items.filter(each => each.kind === 'epic').map(each => each.key))
  for (const [index, each] of items.entries()) {
    if (each.parent !== null && (!epics.has(each.parent) || each.kind === 'epic'))
      fault(reader, `items[${index}].parent`, each.parent)
    for (const [at, event] of each.history.entries())
      if (event.sprint !== null && (!known.has(`sprints ${event.sprint}`) || each.kind === 'epic'))
        fault(reader, `items[${index}].history[${at}].sprint`, event.sprint)
  }
}
