// Primavera XER: reading and writing.
export { readXer } from './read.ts'
