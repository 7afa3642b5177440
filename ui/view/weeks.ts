// The weeks of a month and where records lie in them: whole days, Monday first (GB/T 7408).

const DAY = 86_400_000
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const plain = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** The day of a moment where the reader is. */
export const localDay = (at: Date): string =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`

/** The day `days` later; a plain date, so that no clock change moves it. */
export const addDays = (day: string, days: number): string => plain(utc(day) + days * DAY)
export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / DAY)

/** All weeks that touch a month ("2026-11"), each of seven days from Monday. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = `${month}-01`
  const lead = (new Date(utc(first)).getUTCDay() + 6) % 7
  const weeks: string[][] = []
  for (let monday = addDays(first, -lead); monday.slice(0, 7) <= month; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, at) => addDays(monday, at)))
  return weeks
}

export const addMonths = (month: string, months: number): string => {
  const at = new Date(`${month}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 7)
}

export interface Event {
  readonly id: string
  readonly from: string
  /** The last day, inclusive; never before `from`. */
  readonly to: string
}

/** A record's bar within one week: columns 0–6, and the line it lies on. */
export interface Bar<E extends Event> {
  readonly event: E
  readonly first: number
  readonly last: number
  readonly line: number
  /** Goes on before or after this week. */
  readonly before: boolean
  readonly after: boolean
}

/** Longer than this, a bar is the background of a month: what happens within days lies above it. */
const BACKGROUND = 14
const lasts = (event: Event) => (daysBetween(event.from, event.to) >= BACKGROUND ? 1 : 0)

/** Bars of one week: none covers another; of those that begin together the longer lies higher. */
export function barsOf<E extends Event>(week: readonly string[], events: readonly E[]): readonly Bar<E>[] {
  const [monday = '', sunday = ''] = [week[0], week.at(-1)]
  const here = events
    .filter(event => event.from <= sunday && event.to >= monday)
    .toSorted(
      (a, b) =>
        lasts(a) - lasts(b) || a.from.localeCompare(b.from) || b.to.localeCompare(a.to) || a.id.localeCompare(b.id),
    )
  /** Last column taken on each line. */
  const taken: number[] = []
  return here.map(event => {
    const first = Math.max(0, daysBetween(monday, event.from))
    const last = Math.min(6, daysBetween(monday, event.to))
    const free = taken.findIndex(until => until < first)
    const line = free === -1 ? taken.length : free
    taken[line] = last
    return { event, first, last, line, before: event.from < monday, after: event.to > sunday }
  })
}
