// What other modules may use of the organisation.
export { type Holder, holdersOf, unitsAbove } from './holders.ts'
