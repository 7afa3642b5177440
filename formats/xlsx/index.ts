// Excel workbooks (.xlsx): rows in, one sheet out.
export type { Cell, CellValue, Column, Row } from '../cell.ts'
export { cellText } from '../cell.ts'
export { Refused } from '../limit.ts'
export { listSheets, readSheet, type SheetReadOptions } from './read.ts'
export { type ReportTable, type ReportWorkbook, writeReport } from './report.ts'
export { type SheetWriteOptions, writeSheet } from './write.ts'
