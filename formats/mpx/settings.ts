// The settings of an MPX file (records 10, 11 and 12) and the language of its words, before any value is read.
import { languageOf } from './language.ts'
import type { MpxRecord } from './table.ts'
import { type Settings, valuesOf } from './value.ts'

/** Rows of tasks and resources whose words are looked at. */
const sampleRows = 400

/** Without a record of it, the setting of an American Project. */
export function settingsOf(records: readonly MpxRecord[]): Settings {
  const field = (number: string, at: number): string => records.find(r => r.number === number)?.fields[at]?.trim() ?? ''
  const integer = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined)
  const rows = records.filter(r => ['40', '50', '60', '70'].includes(r.number)).slice(0, sampleRows)
  const settings: Settings = {
    language: languageOf(rows.flatMap(r => r.fields)),
    currency: field('10', 0),
    thousands: field('10', 3),
    decimal: field('10', 4) || '.',
    dateOrder: integer(field('12', 0)) ?? 0,
    dateSeparator: field('12', 3) || '/',
    timeSeparator: field('12', 4) || ':',
    am: field('12', 5),
    pm: field('12', 6),
    defaultStart: Math.min(integer(field('12', 2)) ?? 480, 1439),
    defaultFinish: 1020,
    minutesPerDay: 480,
    minutesPerWeek: 2400,
  }
  // A thousands separator that is the decimal one too says nothing.
  if (settings.thousands === settings.decimal) settings.thousands = ''
  const { number } = valuesOf(settings)
  const hours = (text: string): number | undefined => {
    const n = number(text)
    return n !== undefined && n > 0 && n <= 168 ? Math.round(n * 60) : undefined
  }
  settings.minutesPerDay = Math.min(hours(field('11', 3)) ?? 480, 1440)
  settings.minutesPerWeek = hours(field('11', 4)) ?? settings.minutesPerDay * 5
  return settings
}
