// Primavera P6 XML: reading.
export { type PrimaveraReader, pmxmlReader } from './read.ts'
