// Parts of the risk inputs that concern several tasks at once: classes with a spread of their own, pairs, ways of which one is
// taken, and weather. Each says which tasks by picks, so that tasks added later are among them.
import { workClassOf } from '@yingzao/engines/duration-advice'
import type { Branch, Weather } from '@yingzao/engines/risk'
import type { Plan, Task } from '@yingzao/engines/schedule'
import { MINUTES_PER_DAY, parseDay } from '@yingzao/engines/schedule/civil'
import { bad, list, number, objectOf, type Reader, words } from './json-reader.ts'

/** `class:concrete`, `task:<id>` (of a summary all below it) or `resource:<id>`; none = all tasks. */
export type Picks = readonly string[]

/** A class of tasks: per cent of what is planned to remain, and how much they move together. */
export interface RiskClass {
  readonly id: string
  readonly name: string
  readonly picks: Picks
  readonly min: number
  readonly likely: number
  readonly max: number
  /** Between any two of them; counts where it is above the common one. */
  readonly correlation: number
}

export interface RiskWay {
  readonly name: string
  /** Against the other ways; per cent where they sum up to 100. */
  readonly weight: number
  readonly picks: Picks
}

/** Ways to go on of which one is taken; tasks of the others fall away. */
export interface RiskBranch {
  readonly id: string
  readonly name: string
  readonly ways: readonly RiskWay[]
  /** Not by weight but by how it goes: the first way when this task ends after that day, else the second. */
  readonly when?: RiskWhen
}

export interface RiskWhen {
  readonly task: string
  /** A date. */
  readonly on: string
}

/** Two tasks that move together (or against each other, below zero), whatever is said of all. */
export interface RiskPair {
  readonly a: string
  readonly b: string
  readonly correlation: number
}

/** Days of each month, January first, that weather takes from a calendar. */
export interface RiskWeather {
  readonly id: string
  readonly name: string
  /** Empty = the plan's own. */
  readonly calendar: string
  readonly lostDays: readonly number[]
  /** 0–95: how surely a lost day is followed by another. */
  readonly spells: number
  readonly picks: Picks
}

const MOST_CLASSES = 100
const MOST_BRANCHES = 50
const MOST_WAYS = 10
const MOST_PAIRS = 200
/** Two that always moved together would be one. */
const MOST_CORRELATION = 0.95
const MOST_WEATHERS = 20
const MOST_PICKS = 1000
/** February with its leap day: nobody loses more days than a month has. */
export const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
/** Mean length of a month of four years. */
const MEAN_DAYS = [31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
/** A month that is lost whole would never end. */
const MOST_LOST = 0.95

export const readClasses = (reader: Reader): RiskClass[] =>
  list(reader, 'classes', MOST_CLASSES, each => {
    const [min, likely, max] = [
      number(each, 'min', 0, 1000),
      number(each, 'likely', 0, 1000),
      number(each, 'max', 0, 1000),
    ]
    if (min > likely) bad(each, 'likely')
    if (likely > max) bad(each, 'max')
    return {
      ...named(each),
      picks: picksOf(each),
      min,
      likely,
      max,
      correlation: number(each, 'correlation', 0, 0.95, 0),
    }
  })

export const readBranches = (reader: Reader): RiskBranch[] =>
  list(reader, 'branches', MOST_BRANCHES, each => {
    const ways = list(each, 'ways', MOST_WAYS, way => ({
      ...{ name: words(way, 'name', 0, 200, ''), weight: number(way, 'weight', 0, 1000), picks: picksOf(way) },
    }))
    const when = whenOf(each)
    if (when ? ways.length !== 2 : ways.length < 2 || !ways.some(({ weight }) => weight > 0)) bad(each, 'ways')
    return { ...named(each), ways, ...(when && { when }) }
  })

function whenOf(reader: Reader): RiskWhen | undefined {
  const given = reader.from.when
  if (given === undefined || given === null) return undefined
  const own: Reader = {
    ...reader,
    from: objectOf(given, `${reader.where}when`, reader.wrong),
    where: `${reader.where}when.`,
  }
  const when = { task: words(own, 'task', 1, 64), on: words(own, 'on', 10, 10) }
  if (parseDay(when.on) === undefined) bad(own, 'on')
  return when
}

export const readPairs = (reader: Reader): RiskPair[] =>
  list(reader, 'pairs', MOST_PAIRS, each => {
    const [a, b] = [words(each, 'a', 1, 64), words(each, 'b', 1, 64)]
    if (a === b) bad(each, 'b')
    return { a, b, correlation: number(each, 'correlation', -MOST_CORRELATION, MOST_CORRELATION) }
  })

export const readWeather = (reader: Reader): RiskWeather[] =>
  list(reader, 'weather', MOST_WEATHERS, each => {
    const given: unknown = each.from.lostDays
    const days: readonly unknown[] = Array.isArray(given) ? given : []
    const lostDays = DAYS_OF_MONTH.flatMap((most, month) => {
      const lost = days[month]
      return typeof lost === 'number' && lost >= 0 && lost <= most ? [lost] : []
    })
    if (days.length !== 12 || lostDays.length !== 12) bad(each, 'lostDays')
    return {
      ...named(each),
      ...{ calendar: words(each, 'calendar', 0, 64, ''), lostDays, spells: number(each, 'spells', 0, 95, 0) },
      picks: picksOf(each),
    }
  })

const named = (reader: Reader) => ({ id: words(reader, 'id', 1, 64), name: words(reader, 'name', 0, 200, '') })

function picksOf(reader: Reader): Picks {
  const given: unknown = reader.from.picks ?? []
  const picks = Array.isArray(given) ? given.filter(each => typeof each === 'string' && each.length <= 80) : []
  if (!Array.isArray(given) || picks.length < given.length || picks.length > MOST_PICKS) bad(reader, 'picks')
  return picks
}

/** Tells whether a task is among picks. */
export function pickedBy(plan: Plan): (picks: Picks) => (task: Task) => boolean {
  const byId = new Map(plan.tasks.map(task => [task.id, task]))
  const resources = new Map<string, string[]>()
  for (const { task, resource } of plan.assignments) resources.set(task, [...(resources.get(task) ?? []), resource])
  return picks => {
    if (picks.length === 0) return () => true
    const chosen = new Set(picks)
    return task => {
      const kind = workClassOf(task.name)
      if (kind !== null && chosen.has(`class:${kind}`)) return true
      if (resources.get(task.id)?.some(resource => chosen.has(`resource:${resource}`))) return true
      for (let at: Task | undefined = task; at; at = at.parent === undefined ? undefined : byId.get(at.parent))
        if (chosen.has(`task:${at.id}`)) return true
      return false
    }
  }
}

/** The class that each open task belongs to: the first in the list that picks it. */
export function classOfTasks(
  plan: Plan,
  open: readonly Task[],
  classes: readonly RiskClass[],
): ReadonlyMap<string, RiskClass> {
  const picked = pickedBy(plan)
  const tests = classes.map(each => ({ each, test: picked(each.picks) }))
  return new Map(
    open.flatMap(task => {
      const own = tests.find(({ test }) => test(task))
      return own ? [[task.id, own.each] as const] : []
    }),
  )
}

/** A task is of one way only: of the first that picks it. A way without tasks left is a way that needs no work. */
export function branchModels(plan: Plan, open: readonly Task[], branches: readonly RiskBranch[]): Branch[] {
  const picked = pickedBy(plan)
  const taken = new Set<string>()
  return branches.map(({ id, ways, when }) => ({
    id,
    // The day is over at midnight.
    ...(when && { when: { task: when.task, after: ((parseDay(when.on) ?? 0) + 1) * MINUTES_PER_DAY } }),
    ways: ways.map(({ weight, picks }) => {
      const test = picks.length === 0 ? () => false : picked(picks)
      const tasks = open.filter(task => !taken.has(task.id) && test(task)).map(task => task.id)
      for (const task of tasks) taken.add(task)
      return { weight, tasks }
    }),
  }))
}

/** Weather of a calendar that the plan no longer has is left out. */
export function weatherModels(plan: Plan, weathers: readonly RiskWeather[]): Weather[] {
  const picked = pickedBy(plan)
  const known = new Set(plan.calendars.map(({ id }) => id))
  return weathers.flatMap(({ id, calendar, lostDays, spells, picks }): Weather[] => {
    const of = calendar === '' ? plan.options.calendar : calendar
    if (!known.has(of) || lostDays.every(days => days === 0)) return []
    const lostShare = lostDays.map((days, month) => Math.min(MOST_LOST, days / (MEAN_DAYS[month] ?? 30)))
    const test = picked(picks)
    const tasks = picks.length === 0 ? undefined : plan.tasks.filter(test).map(task => task.id)
    return [{ id, calendar: of, lostShare, persistence: spells / 100, ...(tasks && { tasks }) }]
  })
}
