// The demo's time: what its people do is played in the order of time, on a clock that stands where they are. A story waits for
// its hour (`until`, `after`); when every story waits, the clock moves to the earliest of them. So numbers, trails, history and
// books are those of the days on which things happened.
import { AsyncLocalStorage } from 'node:async_hooks'
import { calendarClock, formatDay, type Minute, parseDay } from '@yingzao/engines/schedule'
import { streamName, uniformSource } from '@yingzao/engines/statistics'
import type { PlainDate } from '@yingzao/kernel/entity'
import { publicHolidays } from '@yingzao/modules/calendar/public'

export type Story = () => Promise<unknown>

export interface Diary {
  /** The last day whose evening has come. */
  readonly today: PlainDate
  /** The last working day of the offices up to then: what lies on desks was put there by then. */
  readonly lastDay: PlainDate
  /** Until about the hour of that day; at most until the last evening. */
  until(day: PlainDate, hour: number): Promise<void>
  /** So many working hours later, more or less; never later than the evening of the last day. */
  after(hours: number): Promise<void>
  /** Stories side by side, until the last one is told. */
  together(stories: readonly Story[]): Promise<void>
}

interface Moved {
  moveTo(at: Date): void
}

/** The demo is in China. */
const OFFSET = 8 * 60
const minuteOf = (at: Date): Minute => at.getTime() / 60_000 + OFFSET
const instantOf = (minute: Minute): Date => new Date((minute - OFFSET) * 60_000)

const office = [
  { from: 8 * 60 + 30, to: 12 * 60 },
  { from: 13 * 60 + 30, to: 17 * 60 + 30 },
] as const
const HOURS = 7.5
const found = calendarClock(
  [
    {
      ...{ id: 'office', name: 'office', week: [[], office, office, office, office, office, []], workWeeks: [] },
      exceptions: publicHolidays('en').map(each => (each.shifts.length > 0 ? { ...each, shifts: office } : each)),
    },
  ],
  'office',
)
if (!found.ok) throw new Error(found.error.code)
const hours = found.clock

/** Stories within so many minutes go on at once, a few at a time: nobody waits behind a crowd. */
const NEAR = 20
const WIDTH = 4

/** Which story is being told. */
const telling = new AsyncLocalStorage<{ readonly name: string; drawn: number }>()

const dayOn = (minute: Minute): PlainDate => formatDay(Math.floor(minute / 1440)) as PlainDate

/** The evening up to which is lived when it is loaded at `end`, and the last working hour of the offices. */
function evenings(end: Date) {
  const now = minuteOf(end)
  const evening = Math.floor((now - (17 * 60 + 45)) / 1440) * 1440 + 17 * 60 + 45
  return { evening, close: hours.prevWorkFinish(evening) }
}

/** A working day of the month so many months from today's; never later than the day given. Days from 3 to 28 stay in their month. */
export function dayOf(today: PlainDate, months: number, day: number): PlainDate {
  const [year = 0, month = 1] = today.split('-').map(Number)
  const wanted = Date.UTC(year, month - 1 + months, day) / 86_400_000
  const works = (at: number) => hours.work(at * 1440, at * 1440 + 1440) > 0
  const monthOn = (at: number) => formatDay(at).slice(0, 7)
  let at = wanted
  while (!works(at) && monthOn(at - 1) === monthOn(wanted)) at--
  while (!works(at)) at++
  const found = formatDay(at) as PlainDate
  return months <= 0 && found > today ? today : found
}

/** So many working days after the day, or before it. */
export const workday = (day: PlainDate, days: number): PlainDate => {
  const noon = (parseDay(day) ?? 0) * 1440 + 12 * 60
  return dayOn(hours.add(noon, HOURS * 60 * days))
}

/** When the system was taken into use: a month before the first contract. */
export const MONTHS = -24
const firstDay = (lastDay: PlainDate) => dayOf(lastDay, MONTHS, 4)
export const beginOf = (end: Date): Date =>
  instantOf((parseDay(firstDay(dayOn(evenings(end).close))) ?? 0) * 1440 + office[0].from)

export function openDiary(clock: Moved, end: Date, turned: (month: string, done: number) => void): Diary {
  const { evening, close } = evenings(end)
  const [today, lastDay] = [dayOn(evening), dayOn(close)]
  const begin = minuteOf(beginOf(end))
  const waiting: { readonly at: Minute; readonly wake: () => void }[] = []
  let now = begin
  let awake = 1
  const main = { name: '', drawn: 0 }

  const turn = () => {
    const [first] = waiting
    if (awake > 0 || !first) return
    const width = waiting.findIndex(({ at }) => at > first.at + NEAR)
    const next = waiting.splice(0, Math.min(WIDTH, width < 0 ? waiting.length : width))
    if (dayOn(first.at).slice(0, 7) !== dayOn(now).slice(0, 7))
      turned(dayOn(first.at).slice(0, 7), (first.at - begin) / (evening - begin))
    now = Math.max(now, first.at)
    clock.moveTo(instantOf(now))
    awake += next.length
    for (const each of next) each.wake()
  }
  const wait = (at: Minute) =>
    new Promise<void>(wake => {
      const place = waiting.findLastIndex(each => each.at <= at) + 1
      waiting.splice(place, 0, { at, wake })
      awake--
      turn()
    })
  /** Between 0 and 1: of each story the same numbers on every run, whoever is faster. */
  const draw = () => {
    const own = telling.getStore() ?? main
    return uniformSource(streamName(20241104, `${own.name} ${own.drawn++}`))()
  }

  return {
    today,
    lastDay,
    until: (day, hour) => {
      const wanted = (parseDay(day) ?? 0) * 1440 + hour * 60 + draw() * 25
      return wait(Math.min(Math.max(wanted, now), Math.max(evening, now)))
    },
    after: length => {
      // Most are quick; some let it lie.
      const at = hours.add(now, 60 * length * (0.15 + 2 * draw() * draw()))
      return wait(Math.max(now, Math.min(at, close)))
    },
    async together(stories) {
      if (stories.length === 0) return
      awake += stories.length - 1
      let left = stories.length
      const parent = telling.getStore() ?? main
      await Promise.all(
        stories.map(async (story, at) => {
          await telling.run({ name: `${parent.name}.${at}`, drawn: 0 }, story)
          // The last one hands over to whoever waits for all of them.
          if (--left === 0) return
          awake--
          turn()
        }),
      )
    },
  }
}
