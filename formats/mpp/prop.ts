// Numbers of project-wide properties, and the reading of them.
import type { Minute } from '@yingzao/engines/schedule/plan'
import type { Props } from './block.ts'
import { i32, u16, wideText } from './bytes.ts'
import { dateAt } from './date.ts'

export const prop = {
  taskFields: [131092, 50331668],
  resourceFields: [131093, 50331669],
  calendarFields: [131094, 50331670],
  assignmentFields: [131095, 50331671],
  linkFields: [131096, 50331672],
  codeFields: [131097, 50331673],
  enterpriseFields: 37753797,
  customFields: [71303169, 1048577, 1048578],
  company: 37748736,
  startDate: 37748738,
  finishDate: 37748739,
  scheduleFrom: 37748740,
  title: 37748744,
  author: 37748748,
  calendarName: 37748750,
  criticalSlackLimit: 37748756,
  durationUnit: 37748757,
  splitTasks: 37748762,
  startTime: 37748764,
  minutesPerDay: 37748765,
  minutesPerWeek: 37748766,
  endTime: 37748769,
  guid: 37748777,
  multipleCriticalPaths: 37748793,
  ignoreConstraints: 37748794,
  statusDate: 37748805,
  subprojects: 37748898,
  calendarHours: 37753736,
  daysPerMonth: 37753743,
  currencyCode: 37753787,
  newTasksManual: 37753800,
  passwordFlag: 893386752,
  passwordHash: 893386756,
} as const

/** Values of a property block; undefined where it has none. */
export interface PropReader {
  short(key: number): number | undefined
  integer(key: number): number | undefined
  flag(key: number): boolean | undefined
  text(key: number): string | undefined
  date(key: number): Minute | undefined
  /** Minutes of the day, stored in tenths. */
  time(key: number): number | undefined
  bytes(key: number): Uint8Array | undefined
  /** The first of several numbers that is there. */
  first(keys: readonly number[]): Uint8Array | undefined
}

export function propReader(props: Props): PropReader {
  const sized =
    <T>(size: number, read: (data: Uint8Array, at: number) => T) =>
    (key: number): T | undefined => {
      const data = props.get(key)
      return data && data.length >= size ? read(data, 0) : undefined
    }
  const short = sized(2, u16)
  return {
    short,
    integer: sized(4, i32),
    flag: sized(1, data => (data.length >= 2 ? u16(data, 0) : (data[0] ?? 0)) !== 0),
    text: key => {
      const data = props.get(key)
      return (data && wideText(data, 0)) || undefined
    },
    date: sized(4, dateAt),
    time(key) {
      const tenths = short(key)
      return tenths === undefined ? undefined : Math.floor(tenths / 10) % 1440
    },
    bytes: key => props.get(key),
    first: keys => keys.map(key => props.get(key)).find(data => data !== undefined),
  }
}
