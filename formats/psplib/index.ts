// Benchmark instances of resource-constrained scheduling: PSPLIB single-mode `.sm` and Patterson `.rcp` texts.
export { type InstanceError, type InstanceReading, readInstance } from './read.ts'
