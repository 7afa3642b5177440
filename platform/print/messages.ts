// What people read when something cannot be printed; each says what to do instead.
import type { Label } from '@yingzao/kernel/entity'

export const printMessages: Readonly<Record<string, Label>> = {
  'print.busy': {
    zh: '正在打印的人太多，请稍候再试',
    en: 'Too many are printing at once: try again in a moment',
  },
  'print.too_many_rows': {
    zh: '一次最多打印 {limit} 行，请缩小筛选范围，或导出为 Excel',
    en: 'At most {limit} rows are printed at once: narrow the filter, or export to Excel',
  },
  'print.format': {
    zh: '报表只能生成 PDF 或 Excel',
    en: 'A report is made as PDF or Excel: ask for pdf or xlsx',
  },
  'print.no_columns': {
    zh: '没有可以打印的列，请在“列”中选择',
    en: 'There is no column to print: choose some under “Columns”',
  },
}
