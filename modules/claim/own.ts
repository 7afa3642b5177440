// What a claim and an advance share: whose they are, where he wants the money, and giving back what is not paid.
import { f, type Verb } from '@yingzao/kernel/entity'

export const payTo = {
  pay_bank: f.text({ zh: '收款开户行', en: 'My bank' }, { max: 200 }),
  pay_number: f.secret(
    { zh: '收款卡号', en: 'My card' },
    {
      group: 'bank',
      mask: 'card',
      hint: { zh: '留空沿用上次的卡号；都没有则付现金', en: 'Empty: as last time; none at all: cash' },
    },
  ),
} as const

export const whose = {
  person: f.user({ zh: '申请人', en: 'Whose' }, { system: true, indexed: true }),
  company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true, indexed: true }),
  department: f.orgUnit({ zh: '部门', en: 'Department' }, { system: true, quiet: true }),
  /** Its own id: what payments of it count against. */
  payable: f.text({ zh: '待付', en: 'Payable' }, { system: true, quiet: true, max: 40 }),
} as const

export const closeRest: Verb = {
  label: { zh: '关闭余额', en: 'Close the rest' },
  when: 'state = "effective" and (stage = "to_pay" or stage = "part_paid") and reverses = null',
  input: { reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }) },
}
