// 保证金登记: what happens to a bond without money: it is forfeited, or a guarantee is given back.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { payableLedger } from '../bank-account/payable.ledger.ts'
import { bondLedger } from './bond.ledger.ts'

export const bidBondEntry = entity('bid_bond_entry', {
  kind: 'document',
  label: { zh: '保证金登记', en: 'Entry of a bond' },
  title: 'reason',
  number: 'BZJDJ-{yyyy}{mm}-{seq:4}',
  fields: {
    bond: f.ref(
      'bid_bond',
      { zh: '投标保证金', en: 'Bid bond' },
      { required: true, indexed: true, where: 'state = "effective"' },
    ),
    kind: f.choice(
      { zh: '事项', en: 'What' },
      {
        forfeited: { zh: '没收', en: 'Forfeited', tone: 'bad' },
        given_back: { zh: '保函或保险退还', en: 'Guarantee given back', tone: 'good' },
      },
      { required: true, default: 'forfeited' },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial' }),
    on: f.date({ zh: '日期', en: 'On' }, { required: true, default: '=today()', indexed: true }),
    reason: f.text({ zh: '说明', en: 'Why' }, { required: true, max: 200, indexed: true }),
    form: f.text({ zh: '形式', en: 'Form' }, { system: true, quiet: true, max: 20 }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    handler: f.user({ zh: '经办人', en: 'Handled by' }, { default: '=current_user()' }),
  },
  place: { company: 'company', owner: ['handler'] },
  rules: {
    not_in_future: {
      check: 'on <= today()',
      message: { zh: '日期不能晚于今天', en: 'It lies in the future: check the date' },
    },
  },
  approval: 'bid_bond_entry',
  posting: [
    post(bondLedger, {
      dims: { bond: 'bond', form: 'form', on: 'on' },
      measures: {
        forfeited: 'if kind = "forfeited" then amount else 0',
        returned: 'if kind = "given_back" then amount else 0',
      },
      reserve: true,
    }),
  ],
  reversal: { negate: ['amount'] },
  access: [
    allow('cost_engineer', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('pmo', 'read create update delete submit withdraw export', { fields: { commercial: 'edit' } }),
    allow('finance', 'read create update delete submit withdraw export reverse', { fields: { commercial: 'edit' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number bond kind amount on reason state', { sort: '-created_at' }),
    form: form('bond kind amount on reason handler'),
  },
})

/** What a bond that was paid before it stood in the ledger had paid and got back. Made by the system, of the bond's own figures. */
export const bidBondOpening = entity('bid_bond_opening', {
  kind: 'document',
  label: { zh: '保证金期初', en: 'Opening of a bond' },
  title: 'bond',
  number: 'BZJQC-{yyyy}{mm}-{seq:4}',
  fields: {
    bond: f.ref('bid_bond', { zh: '投标保证金', en: 'Bid bond' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    on: f.date({ zh: '缴纳日期', en: 'Paid on' }, { required: true }),
    paid_amount: f.money({ zh: '已缴', en: 'Paid' }, { required: true, group: 'commercial' }),
    returned_amount: f.money({ zh: '已退', en: 'Returned' }, { required: true, group: 'commercial' }),
    interest_amount: f.money({ zh: '利息', en: 'Interest' }, { required: true, group: 'commercial' }),
    forfeited_amount: f.money({ zh: '没收', en: 'Forfeited' }, { required: true, group: 'commercial' }),
    form: f.text({ zh: '形式', en: 'Form' }, { system: true, quiet: true, max: 20 }),
    /** Of a bond that waits for the cashier: nothing is left to pay of it. */
    payable: f.text({ zh: '待付', en: 'Payable' }, { system: true, quiet: true, max: 40 }),
  },
  place: { company: 'company' },
  posting: [
    post(bondLedger, {
      dims: { bond: 'bond', form: 'form', on: 'on' },
      measures: {
        ...{ paid: 'paid_amount', returned: 'returned_amount' },
        ...{ interest: 'interest_amount', forfeited: 'forfeited_amount' },
      },
    }),
    post(payableLedger, {
      when: 'payable != null',
      dims: { payable: 'payable', on: 'on' },
      measures: { paid: 'paid_amount' },
    }),
  ],
  reversal: { negate: ['paid_amount', 'returned_amount', 'interest_amount', 'forfeited_amount'] },
  access: [
    allow('finance', 'read export reverse', { fields: { commercial: 'read' } }),
    allow('cashier', 'read', { fields: { commercial: 'read' } }),
    allow('boss', 'read', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('number bond on paid_amount returned_amount interest_amount forfeited_amount state', {
      sort: '-created_at',
    }),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    bid_bond_entry: typeof bidBondEntry
    bid_bond_opening: typeof bidBondOpening
  }
}
