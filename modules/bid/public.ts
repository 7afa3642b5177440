// What payments and receipts ask of bonds.
export { standBond } from './standing.ts'
