// Spreadsheet dates: serial numbers, the two epochs, and number formats that mean a date (ECMA-376 §18.8.30, §18.17.4).
import { formatDay } from '@yingzao/engines/schedule/civil'

/** Which parts of a date a number format shows. */
export interface DateParts {
  day: boolean
  time: boolean
}

const none: DateParts = { day: false, time: false }

/** Formats that exist by number alone; 27–36 and 50–58 are the dates of East Asian editions. */
const builtIn = new Map<number, DateParts>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map((id): [number, DateParts] => [
    id,
    { day: true, time: false },
  ]),
  ...[18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56].map((id): [number, DateParts] => [
    id,
    { day: false, time: true },
  ]),
  [22, { day: true, time: true }],
])

/** Parts shown by a format; elapsed hours (`[h]:mm`) are amounts, not times of day. */
export function datePartsOf(id: number, code: string | undefined): DateParts {
  if (code === undefined) return builtIn.get(id) ?? none
  const [section = ''] = code
    .replace(/\\./g, '')
    .replace(/"[^"]*"/g, '')
    .split(';')
  if (/\[(h+|m+|s+)\]/i.test(section) || /general|通用/i.test(section)) return none
  const letters = section.replace(/\[[^\]]*\]/g, '').replace(/[_*]./g, '')
  const time = /[hs]|上午|下午|am\/pm|a\/p/i.test(letters)
  const day = /[yd]|e(?![+-])|g/i.test(letters) || (/m/i.test(letters) && !time)
  return day || time ? { day, time } : none
}

const two = (n: number): string => String(n).padStart(2, '0')

/** Day 60 of the 1900 epoch is 29 February 1900, which never was; Excel keeps it for the sake of Lotus 1-2-3. */
const epoch1900 = -25569
const epoch1904 = -24107
const lastSerial = 2958465

/**
 * A serial number as `2024-03-01`, `2024-03-01T08:30:00` or `08:30:00`; undefined when it is no date of that epoch.
 */
export function isoOfSerial(serial: number, parts: DateParts, date1904: boolean): string | undefined {
  if (!(serial >= 0) || serial > lastSerial + 1) return undefined
  let whole = Math.floor(serial)
  let seconds = Math.round((serial - whole) * 86400)
  if (seconds === 86400) {
    whole++
    seconds = 0
  }
  const time = `${two(Math.floor(seconds / 3600))}:${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  if (whole === 0 && !date1904 && (!parts.day || seconds > 0)) return time
  if (!date1904 && (whole === 60 || whole === 0)) return undefined
  const day = date1904 ? whole + epoch1904 : whole + epoch1900 + (whole < 60 ? 1 : 0)
  return seconds === 0 && parts.day ? formatDay(day) : `${formatDay(day)}T${time}`
}
