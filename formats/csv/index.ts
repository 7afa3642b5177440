// CSV files: rows in, rows out.
export type { Cell, CellValue, Column, Row } from '../cell.ts'
export { cellText } from '../cell.ts'
export { Refused } from '../limit.ts'
export { guardText, unguardText } from './guard.ts'
export { type CsvReadOptions, readCsv } from './read.ts'
export { type CsvWriteOptions, writeCsv } from './write.ts'
