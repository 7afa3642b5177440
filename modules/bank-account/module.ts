// 资金账户: contents page. Own accounts by company, the wage account of each project among them, and the cash in them.
import { defineModule, f, step } from '@yingzao/kernel/entity'
import { accountEntry } from './account-entry.entity.ts'
import { accountOpening } from './account-opening.entity.ts'
import { bankAccount } from './bank-account.entity.ts'
import { cashLedger, cashLimits } from './cash.ledger.ts'
import { debtLedger, debtLimits, debtMetrics } from './debt.ledger.ts'
import { payableLedger, payableLimits } from './payable.ledger.ts'

const from = f.date({ zh: '自', en: 'From' })
const to = f.date({ zh: '至', en: 'To' })
const project = f.ref('project', { zh: '项目', en: 'Project' })

export default defineModule({
  name: 'bank-account',
  label: { zh: '资金账户', en: 'Accounts' },
  needs: ['organisation', 'project', 'counterparty', 'contract'],
  entities: [bankAccount, accountEntry, accountOpening],
  ledgers: [cashLedger, payableLedger, debtLedger],
  metrics: [...debtMetrics],
  limits: [...cashLimits, ...payableLimits, ...debtLimits],
  flows: [
    {
      name: 'account_entry',
      label: { zh: '账户收支审批', en: 'Approval of account entries' },
      root: step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
    },
  ],
  actions: [
    {
      name: 'bank_account.day',
      label: { zh: '资金日报', en: 'Cash by day' },
      needs: 'bank_account:read',
      reads: true,
      input: { from, to, company: f.orgUnit({ zh: '公司', en: 'Company' }), project },
    },
    {
      name: 'bank_account.book',
      label: { zh: '账户流水', en: 'Cash book' },
      needs: 'bank_account:read',
      reads: true,
      input: {
        ...{ from, to, company: f.orgUnit({ zh: '公司', en: 'Company' }), project },
        account: f.ref('bank_account', { zh: '资金账户', en: 'Account' }),
        counterparty: f.ref('counterparty', { zh: '对方单位', en: 'Counterparty' }),
        purpose: f.text({ zh: '用途', en: 'What for' }, { max: 40 }),
        after: f.text({ zh: '接着', en: 'After' }, { max: 40 }),
      },
    },
  ],
  refusals: {
    nothing_to_close: { zh: '没有未付余额，不需要关闭', en: 'Nothing is left to pay: there is nothing to close' },
    payment_waits: {
      zh: '有付款正在复核，请先复核，或由制单人撤回，再关闭余额',
      en: 'A payment of it waits for its check: have it checked, or withdrawn by whoever entered it, then close the rest',
    },
    part_paid: {
      zh: '已付一部分，请付清，或先办理退款再关闭',
      en: 'It is partly paid: pay the rest, or refund it first',
    },
    number: {
      zh: '账号为 8–30 位数字，请核对',
      en: 'An account number has 8 to 30 digits: check it',
    },
    other_company: {
      zh: '项目不属于所选法人，请改选项目或法人',
      en: 'The project belongs to another company: choose one that fits',
    },
    not_in_use: {
      zh: '账户已停用或销户，请换一个账户',
      en: 'The account is out of use or closed: choose another',
    },
    wages_only: {
      zh: '农民工工资专户只能发放工资，请换一个账户（保障农民工工资支付条例 §26）',
      en: 'A wage account pays wages only: choose another (Regulation on wages of migrant workers §26)',
    },
    wages_in_only: {
      zh: '农民工工资专户只收人工费拨付和利息，请换一个账户',
      en: 'A wage account gets the labour share and interest only: choose another',
    },
    not_empty: {
      zh: '账户还有余额，请先调拨或支取后再销户',
      en: 'There is money in the account: transfer it before you close the account',
    },
    has_entries: {
      zh: '账户已有流水，不能删除；不再使用请取消“启用”',
      en: 'Money went through the account, so it stays: take it out of use instead',
    },
    second_wage_account: {
      zh: '该项目已有启用的农民工工资专户，请先停用原专户',
      en: 'The project has a wage account in use already: take that out of use first',
    },
  },
  menu: {
    under: 'funds',
    order: 10,
    icon: 'bank',
    items: [
      { page: 'cash', label: { zh: '资金日报', en: 'Cash by day' }, needs: 'bank_account', order: 1 },
      { entity: 'bank_account', order: 2 },
      { entity: 'account_entry', order: 3 },
    ],
  },
})
