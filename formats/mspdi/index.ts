// Microsoft Project XML (MSPDI): reading and writing.
export { mspdiReader, type PlanTextReader } from './read.ts'
export { writeMspdi } from './write.ts'
