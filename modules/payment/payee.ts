// Whom money goes to, as copied into the documents that pay him: the master changes later, what was approved does not.
import { f } from '@yingzao/kernel/entity'

export const payeeFields = {
  payee_name: f.text({ zh: '收款户名', en: 'Payee' }, { system: true, max: 200 }),
  payee_bank: f.text({ zh: '收款开户行', en: 'Payee’s bank' }, { system: true, max: 200 }),
  payee_bank_code: f.text({ zh: '联行号', en: 'Bank code' }, { system: true, max: 12, quiet: true }),
  payee_number: f.secret({ zh: '收款账号', en: 'Payee’s account' }, { system: true, group: 'bank', mask: 'card' }),
} as const
