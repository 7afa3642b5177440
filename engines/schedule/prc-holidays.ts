// Public holidays and make-up work days (调休) of the People's Republic of China, 2004–2026, as the State Council
// announces them each year (《国务院办公厅关于部分节假日安排的通知》; holidays themselves: 《全国年节及纪念日放假办法》).
import { dayNumber } from './civil.ts'
import type { CalendarException, DayPattern } from './plan.ts'

/** Days since 1970-01-01, both included. */
export interface HolidayRange {
  holiday: PrcHoliday
  fromDay: number
  toDay: number
}

const names = {
  元旦: { zh: '元旦', en: 'New Year' },
  春节: { zh: '春节', en: 'Spring Festival' },
  清明: { zh: '清明节', en: 'Qingming Festival' },
  劳动: { zh: '劳动节', en: 'Labour Day' },
  端午: { zh: '端午节', en: 'Dragon Boat Festival' },
  中秋: { zh: '中秋节', en: 'Mid-Autumn Festival' },
  国庆: { zh: '国庆节', en: 'National Day' },
  抗战: { zh: '抗战胜利纪念日', en: 'Victory Day' },
} as const
export type PrcHoliday = keyof typeof names

/** By the year in which a range begins: days off, then make-up work days. MMDD; a range may end in the next year. */
const table: Readonly<Record<number, readonly [off: string, work: string]>> = {
  // 2020: the Spring Festival was prolonged to 2 February (国办发明电〔2020〕1号), 1 February was no longer a work day.
  2004: ['元旦 0101-0103 春节 0122-0128 劳动 0501-0507 国庆 1001-1007', '春节 0117-0118 劳动 0425 0508 国庆 0926 1009'],
  2005: [
    '元旦 0101-0103 春节 0209-0215 劳动 0501-0507 国庆 1001-1007',
    '春节 0205-0206 劳动 0430 0508 国庆 1008-1009 元旦 1231',
  ],
  2006: [
    '元旦 0101-0103 春节 0129-0204 劳动 0501-0507 国庆 1001-1007',
    '春节 0128 0205 劳动 0429-0430 国庆 0930 1008 元旦 1230-1231',
  ],
  2007: ['元旦 0101-0103 春节 0218-0224 劳动 0501-0507 国庆 1001-1007', '春节 0217 0225 劳动 0428-0429 国庆 0929-0930'],
  2008: [
    '元旦 0101 春节 0206-0212 清明 0404-0406 劳动 0501-0503 端午 0608-0609 中秋 0914-0915 国庆 0929-1005',
    '春节 0202-0203 端午 0607 中秋 0913 国庆 0927-0928',
  ],
  2009: [
    '元旦 0101-0103 春节 0125-0131 清明 0404-0406 劳动 0501-0503 端午 0528-0530 国庆 1001-1008',
    '春节 0124 0201 端午 0531 国庆 1010',
  ],
  2010: [
    '元旦 0101-0103 春节 0213-0219 清明 0403-0405 劳动 0501-0503 端午 0614-0616 中秋 0922-0924 国庆 1001-1007',
    '春节 0220-0221 端午 0612-0613 中秋 0919 0925 国庆 0926 1009',
  ],
  2011: [
    '元旦 0101-0103 春节 0202-0208 清明 0403-0405 劳动 0430-0502 端午 0604-0606 中秋 0910-0912 国庆 1001-1007',
    '春节 0130 0212 清明 0402 国庆 1008-1009',
  ],
  2012: [
    '元旦 0101-0103 春节 0122-0128 清明 0402-0404 劳动 0429-0501 端午 0622-0624 中秋 0930 国庆 1001-1007',
    '春节 0121 0129 清明 0331-0401 劳动 0428 中秋 0929',
  ],
  2013: [
    '元旦 0101-0103 春节 0209-0215 清明 0404-0406 劳动 0429-0501 端午 0610-0612 中秋 0919-0921 国庆 1001-1007',
    '元旦 0105-0106 春节 0216-0217 清明 0407 劳动 0427-0428 端午 0608-0609 中秋 0922 国庆 0929 1012',
  ],
  2014: [
    '元旦 0101 春节 0131-0206 清明 0405-0407 劳动 0501-0503 端午 0602 中秋 0908 国庆 1001-1007',
    '春节 0126 0208 劳动 0504 国庆 0928 1011',
  ],
  2015: [
    '元旦 0101-0103 春节 0218-0224 清明 0405-0406 劳动 0501-0503 端午 0620-0622 抗战 0903-0905 中秋 0927 国庆 1001-1007',
    '春节 0215 0228 抗战 0906 国庆 1010',
  ],
  2016: [
    '元旦 0101-0103 春节 0207-0213 清明 0404 劳动 0430-0502 端午 0609-0611 中秋 0915-0917 国庆 1001-1007',
    '春节 0206 0214 清明 0402 端午 0612 中秋 0918 国庆 1008-1009',
  ],
  2017: [
    '元旦 0101-0102 春节 0127-0202 清明 0402-0404 劳动 0501 端午 0528-0530 国庆 1001-1008',
    '春节 0122 0204 清明 0401 端午 0527 国庆 0930',
  ],
  2018: [
    '元旦 0101 1230-0101 春节 0215-0221 清明 0405-0407 劳动 0429-0501 端午 0618 中秋 0924 国庆 1001-1007',
    '春节 0211 0224 清明 0408 劳动 0428 端午 0616 中秋 0922 国庆 0929-0930 元旦 1229',
  ],
  2019: [
    '春节 0204-0210 清明 0405-0407 劳动 0501-0504 端午 0607-0609 中秋 0913-0915 国庆 1001-1007',
    '春节 0202-0203 劳动 0428 0505 国庆 0929 1012',
  ],
  2020: [
    '元旦 0101 春节 0124-0202 清明 0404-0406 劳动 0501-0505 端午 0625-0627 国庆 1001-1008',
    '春节 0119 劳动 0426 0509 端午 0628 国庆 0927 1010',
  ],
  2021: [
    '元旦 0101-0103 春节 0211-0217 清明 0403-0405 劳动 0501-0505 端午 0612-0614 中秋 0919-0921 国庆 1001-1007',
    '春节 0207 0220 劳动 0425 0508 中秋 0918 国庆 0926 1009',
  ],
  2022: [
    '元旦 0101-0103 1231-0102 春节 0131-0206 清明 0403-0405 劳动 0430-0504 端午 0603-0605 中秋 0910-0912 国庆 1001-1007',
    '春节 0129-0130 清明 0402 劳动 0424 0507 国庆 1008-1009',
  ],
  2023: [
    '春节 0121-0127 清明 0405 劳动 0429-0503 端午 0622-0624 国庆 0929-1006',
    '春节 0128-0129 劳动 0423 0506 端午 0625 国庆 1007-1008',
  ],
  2024: [
    '元旦 0101 春节 0210-0217 清明 0404-0406 劳动 0501-0505 端午 0610 中秋 0915-0917 国庆 1001-1007',
    '春节 0204 0218 清明 0407 劳动 0428 0511 中秋 0914 国庆 0929 1012',
  ],
  2025: [
    '元旦 0101 春节 0128-0204 清明 0404-0406 劳动 0501-0505 端午 0531-0602 国庆 1001-1008',
    '春节 0126 0208 劳动 0427 国庆 0928 1011',
  ],
  2026: [
    '元旦 0101-0103 春节 0215-0223 清明 0404-0406 劳动 0501-0505 端午 0619-0621 中秋 0925-0927 国庆 1001-1007',
    '元旦 0104 春节 0214 0228 劳动 0509 国庆 0920 1010',
  ],
}

export const PRC_FIRST_YEAR = 2004
export const PRC_LAST_YEAR = 2026

function isHoliday(word: string): word is PrcHoliday {
  return word in names
}

function parse(year: number, text: string): HolidayRange[] {
  const ranges: HolidayRange[] = []
  let holiday: PrcHoliday = '元旦'
  for (const word of text.split(' ')) {
    if (isHoliday(word)) {
      holiday = word
      continue
    }
    const [from = '', to = from] = word.split('-')
    const day = (mmdd: string, y: number) => dayNumber(y, Number(mmdd.slice(0, 2)), Number(mmdd.slice(2)))
    ranges.push({ holiday, fromDay: day(from, year), toDay: day(to, to < from ? year + 1 : year) })
  }
  return ranges
}

/** Announced days off and make-up work days of the years from–to (by the year in which a range begins). */
export function prcHolidays(
  from = PRC_FIRST_YEAR,
  to = PRC_LAST_YEAR,
): { holidays: HolidayRange[]; makeupDays: HolidayRange[] } {
  const holidays: HolidayRange[] = []
  const makeupDays: HolidayRange[] = []
  for (let year = Math.max(from, PRC_FIRST_YEAR); year <= Math.min(to, PRC_LAST_YEAR); year++) {
    const row = table[year]
    if (!row) continue
    holidays.push(...parse(year, row[0]))
    makeupDays.push(...parse(year, row[1]))
  }
  return { holidays, makeupDays }
}

/**
 * Ordinary calendar exceptions from holidays and make-up days: days off without shifts, make-up days with `shifts`.
 * Any list of ranges will do, so that a company can add its own days or a newly announced year.
 */
export function prcCalendar(
  holidays: readonly HolidayRange[],
  makeupDays: readonly HolidayRange[],
  { shifts = workday, language = 'zh' }: { shifts?: DayPattern; language?: 'zh' | 'en' } = {},
): CalendarException[] {
  const makeup = language === 'zh' ? '调休上班' : ' make-up day'
  return [
    ...holidays.map(({ holiday, fromDay, toDay }) => ({ name: names[holiday][language], fromDay, toDay, shifts: [] })),
    ...makeupDays.map(({ holiday, fromDay, toDay }) => ({
      name: names[holiday][language] + makeup,
      fromDay,
      toDay,
      shifts,
    })),
  ]
}

/** 08:00–12:00 and 13:00–17:00. */
const workday: DayPattern = [
  { from: 480, to: 720 },
  { from: 780, to: 1020 },
]
