// Plans kept in spreadsheets: any layout in, one layout out.
export { type ColumnKey, columnKeys } from './column.ts'
export type { Column } from './face.ts'
export { type Choices, type Face, readChoices, readPlanTable, type TableReading } from './read.ts'
export type { WorkingDays } from './week.ts'
export { writePlanTable } from './write.ts'
