// What pages of other modules may use.
export { tableFile } from './table-file.ts'
