// Words people type or paste as values, in both languages: units of time and yes.
export const timeUnits: Readonly<Record<string, number>> = {
  d: 480,
  day: 480,
  days: 480,
  天: 480,
  日: 480,
  工日: 480,
  h: 60,
  hour: 60,
  hours: 60,
  时: 60,
  小时: 60,
  m: 1,
  min: 1,
  minutes: 1,
  分: 1,
  分钟: 1,
}
export const yesWords: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'y', '是', '√', '✓', '对', '真'])
/** "2026年3月5日". */
export const chineseDay = /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/
