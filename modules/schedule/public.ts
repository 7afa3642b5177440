// What other modules may do with plans on the server.
export { type CrossLinkRecord, connectedTo, crossLinkOf } from './cross-link.ts'
export { type PlanRecord, readPlan } from './keep.ts'
