// Working time as people write it, "08:00-12:00 13:00-17:00", to the engine's shifts and back.
import type { DayPattern, Shift } from '@yingzao/engines/schedule/plan'

const clock = /^([01]?\d|2[0-4]):([0-5]\d)$/

function minuteOf(text: string): number | undefined {
  const match = clock.exec(text)
  if (!match) return undefined
  const minute = Number(match[1]) * 60 + Number(match[2])
  return minute <= 1440 ? minute : undefined
}

export interface Shifts {
  /** Shifts of the day itself, in order. */
  readonly day: DayPattern
  /** What runs past midnight into the next day ("20:00-04:00"). */
  readonly spill: DayPattern
}

/** Reads working time; undefined when the text is none or shifts overlap. Empty text = day off. */
export function parseShifts(text: string | null): Shifts | undefined {
  const day: Shift[] = []
  const spill: Shift[] = []
  for (const part of (text ?? '')
    .trim()
    .split(/[\s,;，；、]+/)
    .filter(Boolean)) {
    const [start, end, ...rest] = part.split(/[-–~～至]/)
    if (start === undefined || end === undefined || rest.length > 0) return undefined
    const [from, to] = [minuteOf(start), minuteOf(end)]
    if (from === undefined || to === undefined || from === 1440 || from === to) return undefined
    if (to > from) day.push({ from, to })
    else {
      day.push({ from, to: 1440 })
      if (to > 0) spill.push({ from: 0, to })
    }
  }
  return ordered(day) && ordered(spill) ? { day, spill } : undefined
}

/** True when each shift begins at or after the end of the one before. */
export function ordered(shifts: DayPattern): boolean {
  return shifts.every((shift, index) => index === 0 || shift.from >= (shifts[index - 1]?.to ?? 0))
}

const two = (value: number) => String(value).padStart(2, '0')
const clockText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

export const formatShifts = (shifts: DayPattern): string =>
  shifts.map(({ from, to }) => `${clockText(from)}-${clockText(to)}`).join(' ')
