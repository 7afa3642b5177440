// What tells two invoices apart: code and number, or the 20 digits of a digital one alone. Pure.

/** Of a digital invoice its number, of an older one `code-number`; null without a number. */
export const identityOf = ({
  code,
  invoice_no,
}: {
  readonly code: string | null
  readonly invoice_no: string | null
}): string | null => (invoice_no === null ? null : code === null ? invoice_no : `${code}-${invoice_no}`)
