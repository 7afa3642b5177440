// The VAT engine: prepayment of construction VAT by project. Splits of amounts are in money/.
export { type Prepayment, type PrepaymentMonth, prepayments, type VatMethod } from './prepayment.ts'
