// A compiled calendar: working minutes up to an instant and the instant at a count of working minutes.
//
// Two primitives carry all calendar arithmetic. W(t) = working minutes before t, counted from the first day of the table.
// Its inverse has two sides, because W is flat over non-working time: the *finish* side is the earliest t with W(t) = w
// (Friday 17:00), the *start* side the latest (Monday 08:00). Days outside the table of exceptions follow the plain week
// in closed form, so that any date costs the same.
import { dayOf, MINUTES_PER_DAY, weekdayOf } from './civil.ts'
import type { DayPattern, Minute, Shift } from './plan.ts'

/** One day's working time: ascending, disjoint shifts and the working minutes before each. */
export interface Pattern {
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly before: readonly number[]
  readonly minutes: number
}

export interface Clock {
  /** 24 × 7: W(t) = t. */
  readonly continuous: boolean
  readonly patterns: readonly Pattern[]
  /** Pattern of each weekday, Sunday first, and working minutes before it within the week (8 entries). */
  readonly week: Int32Array
  readonly weekBefore: Int32Array
  /** The table of days [first, last): their patterns and the working minutes before each (last − first + 1 entries). */
  readonly first: number
  readonly last: number
  readonly days: Int32Array
  readonly daysBefore: Int32Array
  /** Working minutes within the table, and what the plain week would count before its first and its last day. */
  readonly total: number
  readonly plainFirst: number
  readonly plainLast: number
  /** Where to look for a count of working minutes: for every 1,024 of them, the last day of the table that begins at most there. */
  readonly shortcut: Int32Array
}

/** Below this two counts of minutes are the same: fractional units leave dust such as 479.9999999. */
const DUST = 1e-6

/** Sorted, merged, within the day: overlapping or inverted shifts of broken files do not count twice. */
export function tidyShifts(shifts: DayPattern): Shift[] {
  const sorted = shifts
    .map(shift => ({ from: Math.max(0, Math.round(shift.from)), to: Math.min(MINUTES_PER_DAY, Math.round(shift.to)) }))
    .filter(shift => shift.to > shift.from)
    .sort((a, b) => a.from - b.from)
  const merged: Shift[] = []
  for (const shift of sorted) {
    const last = merged[merged.length - 1]
    if (last && shift.from <= last.to) last.to = Math.max(last.to, shift.to)
    else merged.push(shift)
  }
  return merged
}

export function toPattern(shifts: DayPattern): Pattern {
  const tidy = tidyShifts(shifts)
  const before: number[] = []
  let minutes = 0
  for (const shift of tidy) {
    before.push(minutes)
    minutes += shift.to - shift.from
  }
  return { from: tidy.map(shift => shift.from), to: tidy.map(shift => shift.to), before, minutes }
}

/** Builds a clock from the pattern of each weekday and of each day of a table starting at day `first`. */
export function makeClock(patterns: readonly Pattern[], week: Int32Array, first: number, days: Int32Array): Clock {
  const minutesOf = (index: number | undefined) => patterns[index ?? 0]?.minutes ?? 0
  const weekBefore = new Int32Array(8)
  for (let i = 0; i < 7; i++) weekBefore[i + 1] = weekBefore[i]! + minutesOf(week[i])
  const daysBefore = new Int32Array(days.length + 1)
  for (let i = 0; i < days.length; i++) daysBefore[i + 1] = daysBefore[i]! + minutesOf(days[i])
  const continuous = weekBefore[7] === 7 * MINUTES_PER_DAY && daysBefore[days.length] === days.length * MINUTES_PER_DAY
  const last = first + days.length
  return {
    continuous,
    patterns,
    week,
    weekBefore,
    first,
    last,
    days,
    daysBefore,
    total: daysBefore[days.length]!,
    plainFirst: plainBefore(weekBefore, first),
    plainLast: plainBefore(weekBefore, last),
    shortcut: shortcutOf(daysBefore),
  }
}

const STEP = 10

function shortcutOf(daysBefore: Int32Array): Int32Array {
  const count = (daysBefore[daysBefore.length - 1]! >> STEP) + 1
  const shortcut = new Int32Array(count)
  for (let i = 0, day = 0; i < count; i++) {
    while (day + 1 < daysBefore.length && daysBefore[day + 1]! <= i << STEP) day++
    shortcut[i] = day
  }
  return shortcut
}

/** Elapsed time: every minute counts. */
export const elapsedClock: Clock = makeClock(
  [toPattern([{ from: 0, to: MINUTES_PER_DAY }])],
  new Int32Array(7),
  0,
  new Int32Array(0),
)

export function hasWork(clock: Clock): boolean {
  return clock.weekBefore[7]! > 0 || clock.daysBefore[clock.days.length]! > 0
}

export function patternOn(clock: Clock, day: number): Pattern {
  const index = day >= clock.first && day < clock.last ? clock.days[day - clock.first] : clock.week[weekdayOf(day)]
  return clock.patterns[index ?? 0]!
}

/** Working minutes of the plain week before the start of a day, counted from a fixed Sunday. */
function plainBefore(weekBefore: Int32Array, day: number): number {
  const shifted = day + 4
  const weeks = Math.floor(shifted / 7)
  return weeks * weekBefore[7]! + weekBefore[shifted - weeks * 7]!
}

/** W(t): working minutes before an instant. Infinite instants stay infinite. */
export function workBefore(clock: Clock, t: Minute): number {
  if (clock.continuous) return t
  if (!(t > -1e12 && t < 1e12)) return t
  const day = dayOf(t)
  let before: number
  let pattern: Pattern
  if (day >= clock.first && day < clock.last) {
    before = clock.daysBefore[day - clock.first]!
    pattern = clock.patterns[clock.days[day - clock.first]!]!
  } else {
    const weeks = Math.floor((day + 4) / 7)
    const weekday = day + 4 - weeks * 7
    before = weeks * clock.weekBefore[7]! + clock.weekBefore[weekday]!
    before += day < clock.first ? -clock.plainFirst : clock.total - clock.plainLast
    pattern = clock.patterns[clock.week[weekday]!]!
  }
  const inDay = t - day * MINUTES_PER_DAY
  const { from, to } = pattern
  for (let i = from.length - 1; i >= 0; i--) {
    const start = from[i]!
    if (inDay > start) return before + pattern.before[i]! + Math.min(inDay, to[i]!) - start
  }
  return before
}

/** The latest instant with `w` working minutes before it: where work can go on. */
export function startSide(clock: Clock, w: number): Minute {
  if (clock.continuous) return w
  if (!(w > -1e12 && w < 1e12)) return w
  const target = settle(w)
  const { total } = clock
  if (target >= 0 && target < total) {
    const index = lastAtMost(clock, target)
    return (
      (clock.first + index) * MINUTES_PER_DAY +
      startInDay(clock.patterns[clock.days[index]!]!, target - clock.daysBefore[index]!)
    )
  }
  const perWeek = clock.weekBefore[7]!
  if (perWeek === 0) return target < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const plain = target < 0 ? target + clock.plainFirst : target - total + clock.plainLast
  const weeks = Math.floor(plain / perWeek)
  const rest = plain - weeks * perWeek
  let weekday = 6
  while (clock.weekBefore[weekday]! > rest) weekday--
  return (
    (weeks * 7 - 4 + weekday) * MINUTES_PER_DAY +
    startInDay(clock.patterns[clock.week[weekday]!]!, rest - clock.weekBefore[weekday]!)
  )
}

/** The earliest instant with `w` working minutes before it: where work ended. */
export function finishSide(clock: Clock, w: number): Minute {
  if (clock.continuous) return w
  if (!(w > -1e12 && w < 1e12)) return w
  const target = settle(w)
  const { total } = clock
  if (target > 0 && target <= total) {
    const index = lastBelow(clock, target)
    return (
      (clock.first + index) * MINUTES_PER_DAY +
      finishInDay(clock.patterns[clock.days[index]!]!, target - clock.daysBefore[index]!)
    )
  }
  const perWeek = clock.weekBefore[7]!
  if (perWeek === 0) return target <= 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const plain = target <= 0 ? target + clock.plainFirst : target - total + clock.plainLast
  const weeks = Math.ceil(plain / perWeek) - 1
  const rest = plain - weeks * perWeek
  let weekday = 0
  while (clock.weekBefore[weekday + 1]! < rest) weekday++
  return (
    (weeks * 7 - 4 + weekday) * MINUTES_PER_DAY +
    finishInDay(clock.patterns[clock.week[weekday]!]!, rest - clock.weekBefore[weekday]!)
  )
}

/** Signed working minutes from `a` to `b`. */
export function workBetween(clock: Clock, a: Minute, b: Minute): number {
  return workBefore(clock, b) - workBefore(clock, a)
}

/** Positive work lands on the finish side, negative on the start side, zero leaves the date as it is. */
export function addWork(clock: Clock, t: Minute, work: number): Minute {
  if (clock.continuous) return t + work
  if (work === 0) return t
  const target = workBefore(clock, t) + work
  return work > 0 ? finishSide(clock, target) : startSide(clock, target)
}

/** The date itself when work goes on there, else the start of the next shift. */
export function nextWorkStart(clock: Clock, t: Minute): Minute {
  if (clock.continuous) return t
  // Most dates lie in or before a shift of their own day: no counting of work is needed.
  if (t < 1e12 && t > -1e12 && Math.floor(t) === t) {
    const day = dayOf(t)
    const inDay = t - day * MINUTES_PER_DAY
    const { from, to } = patternOn(clock, day)
    for (let i = 0; i < to.length; i++) if (inDay < to[i]!) return inDay >= from[i]! ? t : t - inDay + from[i]!
  }
  return startSide(clock, workBefore(clock, t))
}

/** The date itself when work went on just before it, else the end of the previous shift. */
export function prevWorkFinish(clock: Clock, t: Minute): Minute {
  if (clock.continuous) return t
  if (t < 1e12 && t > -1e12 && Math.floor(t) === t) {
    const day = dayOf(t)
    const inDay = t - day * MINUTES_PER_DAY
    const { from, to } = patternOn(clock, day)
    for (let i = from.length - 1; i >= 0; i--) if (inDay > from[i]!) return inDay <= to[i]! ? t : t - inDay + to[i]!
  }
  return finishSide(clock, workBefore(clock, t))
}

/** Working time that both calendars have. */
export function intersectClocks(a: Clock, b: Clock): Clock {
  if (a.continuous) return b
  if (b.continuous) return a
  const patterns: Pattern[] = []
  const known = new Map<number, number>()
  const both = (x: number, y: number): number => {
    const key = x * 65536 + y
    const found = known.get(key)
    if (found !== undefined) return found
    patterns.push(toPattern(intersectShifts(shiftsOf(a.patterns[x]!), shiftsOf(b.patterns[y]!))))
    known.set(key, patterns.length - 1)
    return patterns.length - 1
  }
  const week = new Int32Array(7)
  for (let i = 0; i < 7; i++) week[i] = both(a.week[i]!, b.week[i]!)
  const tables = [a, b].filter(clock => clock.days.length > 0)
  const first = tables.length > 0 ? Math.min(...tables.map(clock => clock.first)) : 0
  const last = tables.length > 0 ? Math.max(...tables.map(clock => clock.last)) : 0
  const days = new Int32Array(last - first)
  const indexOn = (clock: Clock, day: number) =>
    (day >= clock.first && day < clock.last ? clock.days[day - clock.first] : clock.week[weekdayOf(day)])!
  for (let day = first; day < last; day++) days[day - first] = both(indexOn(a, day), indexOn(b, day))
  return makeClock(patterns, week, first, days)
}

export function shiftsOf(pattern: Pattern): Shift[] {
  return pattern.from.map((from, i) => ({ from, to: pattern.to[i]! }))
}

function intersectShifts(a: readonly Shift[], b: readonly Shift[]): Shift[] {
  return a.flatMap(x =>
    b.map(y => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) })).filter(shift => shift.to > shift.from),
  )
}

function settle(w: number): number {
  const whole = Math.round(w)
  return Math.abs(w - whole) < DUST ? whole : w
}

function startInDay(pattern: Pattern, work: number): number {
  let i = pattern.from.length - 1
  while (i > 0 && pattern.before[i]! > work) i--
  return pattern.from[i]! + work - pattern.before[i]!
}

function finishInDay(pattern: Pattern, work: number): number {
  let i = pattern.from.length - 1
  while (i > 0 && pattern.before[i]! >= work) i--
  return pattern.from[i]! + work - pattern.before[i]!
}

/** Last day of the table with at most `target` minutes before it (0 ≤ target < total). */
function lastAtMost({ daysBefore, shortcut }: Clock, target: number): number {
  const step = target >> STEP
  let low = shortcut[step]!
  let high = step + 1 < shortcut.length ? shortcut[step + 1]! : daysBefore.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (daysBefore[middle]! <= target) low = middle
    else high = middle - 1
  }
  return low
}

/** Last day of the table with less than `target` minutes before it (0 < target ≤ total); counts before days are whole. */
function lastBelow(clock: Clock, target: number): number {
  return lastAtMost(clock, Math.ceil(target) - 1)
}
