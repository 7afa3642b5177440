// The door of BPMN 2.0: flows out always, in when they are made of blocks.
export { type BpmnOutcome, type BpmnProblem, type ReadBpmn, readBpmn } from './read.ts'
export { writeBpmn } from './write.ts'
