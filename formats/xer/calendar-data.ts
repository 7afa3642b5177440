// The calendar text inside XER's CALENDAR.clndr_data: nested parentheses holding weekdays, shifts and exceptions.
import type { CalendarException, DayPattern, Shift } from '@yingzao/engines/schedule/plan'
import type { LossLog } from '../loss.ts'

/** `(0||name(key|value|key|value)(children))` */
interface DataNode {
  name: string
  params: ReadonlyMap<string, string>
  children: DataNode[]
}

const maxDepth = 32
/** Days from 1899-12-30, where OLE dates begin, to 1970-01-01. */
const oleEpoch = 25569

/** Parses the text leniently: P6 itself pads it with line breaks and spaces; undefined when it is no such text. */
function parseData(text: string): DataNode | undefined {
  let at = 0
  const space = (): void => {
    while (at < text.length && /\s/.test(text[at] ?? '')) at++
  }
  const node = (depth: number): DataNode | undefined => {
    space()
    if (text[at] !== '(' || depth > maxDepth) return undefined
    at++
    const bar = text.indexOf('||', at)
    const open = text.indexOf('(', at)
    if (bar < 0 || open < 0 || bar > open) return undefined
    const name = text.slice(bar + 2, open).trim()
    const close = text.indexOf(')', open)
    if (close < 0) return undefined
    const words = text.slice(open + 1, close).split('|')
    const params = new Map<string, string>()
    for (let i = 0; i + 1 < words.length; i += 2) params.set((words[i] ?? '').trim(), (words[i + 1] ?? '').trim())
    at = close + 1
    const children: DataNode[] = []
    space()
    if (text[at] === '(') {
      at++
      for (;;) {
        space()
        if (text[at] !== '(') break
        const next = node(depth + 1)
        if (!next) return undefined
        children.push(next)
      }
      if (text[at] === ')') at++
    }
    space()
    if (text[at] === ')') at++
    return { name, params, children }
  }
  return node(0)
}

/** Minutes of `08:00`, `8:00`, `8:00 PM`. */
function clock(text: string | undefined): number | undefined {
  const m = /^(\d{1,2}):(\d\d)(?::\d\d)?\s*([AP]M)?$/i.exec(text ?? '')
  if (!m) return undefined
  const hour = Number(m[1])
  const half = m[3]?.toUpperCase()
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0)
  return hours > 24 ? undefined : hours * 60 + Number(m[2])
}

interface Shifts {
  today: Shift[]
  /** What a shift over midnight leaves for the next day. */
  tomorrow: Shift[]
}

function shiftsOf(day: DataNode, losses: LossLog): Shifts {
  const shifts: Shifts = { today: [], tomorrow: [] }
  for (const part of day.children) {
    const from = clock(part.params.get('s'))
    const to = clock(part.params.get('f'))
    if (from === undefined || to === undefined) {
      if (part.params.size > 0) losses.add('value', 'CALENDAR.clndr_data', [...part.params].join('|'))
    } else if (to === 0) shifts.today.push({ from, to: 1440 })
    else if (to > from) shifts.today.push({ from, to })
    else if (to < from) {
      shifts.today.push({ from, to: 1440 })
      shifts.tomorrow.push({ from: 0, to })
    }
  }
  return shifts
}

const sorted = (shifts: readonly Shift[]): DayPattern => [...shifts].sort((a, b) => a.from - b.from)

export interface CalendarData {
  week: DayPattern[]
  exceptions: CalendarException[]
}

/** Weekdays (1 = Sunday) and exceptions (days as OLE dates) of `clndr_data`; undefined when it is not such data. */
export function readCalendarData(text: string, losses: LossLog): CalendarData | undefined {
  const root = parseData(text)
  if (!root) return undefined
  const days = root.children.find(c => c.name === 'DaysOfWeek')
  if (!days) return undefined
  const week: Shift[][] = [[], [], [], [], [], [], []]
  for (const day of days.children) {
    const index = Number(day.name) - 1
    if (!(index >= 0 && index <= 6)) continue
    const { today, tomorrow } = shiftsOf(day, losses)
    week[index]?.push(...today)
    week[(index + 1) % 7]?.push(...tomorrow)
  }
  const exceptions = new Map<number, CalendarException>()
  for (const item of root.children.find(c => c.name === 'Exceptions')?.children ?? []) {
    const date = Number(item.params.get('d'))
    if (!Number.isInteger(date)) {
      losses.add('value', 'CALENDAR.clndr_data', item.params.get('d'))
      continue
    }
    const { today, tomorrow } = shiftsOf(item, losses)
    if (tomorrow.length > 0) losses.add('value', 'CALENDAR.clndr_data', `exception over midnight ${date}`)
    const day = date - oleEpoch
    exceptions.set(day, { name: '', fromDay: day, toDay: day, shifts: sorted(today) })
  }
  return { week: week.map(sorted), exceptions: [...exceptions.values()].sort((a, b) => a.fromDay - b.fromDay) }
}

const time = (minutes: number): string =>
  `${String(Math.floor((minutes % 1440) / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const shiftList = (shifts: DayPattern): string =>
  shifts.map((s, i) => `(0||${i}(s|${time(s.from)}|f|${time(s.to)})())`).join('')

/** `clndr_data` of seven weekdays and of single exception days. */
export function writeCalendarData(week: readonly DayPattern[], days: ReadonlyMap<number, DayPattern>): string {
  const weekdays = week.map((shifts, i) => `(0||${i + 1}()(${shiftList(shifts)}))`).join('')
  const exceptions = [...days]
    .sort(([a], [b]) => a - b)
    .map(([day, shifts], i) => `(0||${i}(d|${day + oleEpoch})(${shiftList(shifts)}))`)
    .join('')
  return `(0||CalendarData()((0||DaysOfWeek()(${weekdays}))(0||Exceptions()(${exceptions}))))`
}
