// Primavera XER: reading and writing.
export { readXer } from './read.ts'
export { type PlanToWrite, writeXer } from './write.ts'
