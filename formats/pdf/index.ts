// PDF on A4 with Chinese: a sheet of blocks in, the file or its pages as data out.
export { layOut } from './layout.ts'
export type {
  Block,
  Cell,
  ChartData,
  Column,
  Hue,
  Mark,
  Matrix,
  Measure,
  Page,
  Pair,
  Picture,
  Rows,
  Sheet,
  SignatureBox,
} from './sheet.ts'
export { wrap } from './wrap.ts'
export { pagesOf, type WriteOptions, writePdf } from './write.ts'
