// The VAT engine: what is payable month by month, prepayment of construction VAT by project. Splits of amounts are in money/.

export { type VatMonthTax, type VatPayable, vatPayable } from './payable.ts'
export { type Prepayment, type PrepaymentMonth, prepayments, type VatMethod } from './prepayment.ts'
