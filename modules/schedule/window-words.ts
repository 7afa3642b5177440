// What a window of a plan is called, and what its parts are: the same on the page, on paper and in Excel.
import { civilDate, formatDay } from '@yingzao/engines/schedule/civil'
import type { PlanWindow, WindowPart } from './window.ts'

export const partWords: Readonly<Record<WindowPart, { readonly zh: string; readonly en: string }>> = {
  new: { zh: '新开工', en: 'New' },
  continued: { zh: '续作', en: 'Continued' },
  carried: { zh: '结转', en: 'Carried over' },
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "2026年3月计划", "2026-03-09 至 2026-03-15 周计划". */
export function windowTitle({ unit, from, to }: PlanWindow, lang: 'zh' | 'en'): string {
  const { year, month } = civilDate(from)
  const quarter = Math.floor((month - 1) / 3) + 1
  const [first, last] = [formatDay(from), formatDay(to - 1)]
  switch (unit) {
    case 'all':
      return lang === 'zh' ? '总进度计划' : 'Whole plan'
    case 'year':
      return lang === 'zh' ? `${year}年计划` : `Plan of ${year}`
    case 'quarter':
      return lang === 'zh' ? `${year}年第${quarter}季度计划` : `Plan of Q${quarter} ${year}`
    case 'month':
      return lang === 'zh' ? `${year}年${month}月计划` : `Plan of ${months[month - 1]} ${year}`
    case 'week':
      return lang === 'zh' ? `${first} 至 ${last} 周计划` : `Week ${first} to ${last}`
  }
}
