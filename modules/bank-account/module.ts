// 资金账户: contents page. Own accounts by company, the wage account of each project among them.
import { defineModule } from '@yingzao/kernel/entity'
import { bankAccount } from './bank-account.entity.ts'
import { cashLedger, cashLimits } from './cash.ledger.ts'

export default defineModule({
  name: 'bank-account',
  label: { zh: '资金账户', en: 'Accounts' },
  needs: ['organisation', 'project', 'counterparty', 'contract'],
  entities: [bankAccount],
  ledgers: [cashLedger],
  limits: cashLimits,
  refusals: {
    number: {
      zh: '账号为 8–30 位数字，请核对',
      en: 'An account number has 8 to 30 digits: check it',
    },
    other_company: {
      zh: '项目不属于所选法人，请改选项目或法人',
      en: 'The project belongs to another company: choose one that fits',
    },
    second_wage_account: {
      zh: '该项目已有启用的农民工工资专户，请先停用原专户',
      en: 'The project has a wage account in use already: take that out of use first',
    },
  },
  menu: { under: 'funds', order: 10, icon: 'bank', items: [{ entity: 'bank_account' }] },
})
