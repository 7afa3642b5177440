// Files of Chinese electronic invoices, in: 数电票 XML, OFD, PDF with embedded XML, archives of them.
export type { EInvoice, EInvoiceLine, EInvoiceParty } from './invoice.ts'
export { type EInvoiceReading, readInvoiceFile } from './read.ts'
