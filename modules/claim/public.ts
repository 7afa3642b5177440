// What other modules may ask of claims on the server.
export { claimOfInvoice } from './paper.ts'
