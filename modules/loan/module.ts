// 借款合同: contents page. Terms of money borrowed and lent, and the interest they earn.
import { defineModule } from '@yingzao/kernel/entity'
import { loan, loanRate } from './loan.entity.ts'

export default defineModule({
  name: 'loan',
  label: { zh: '借款合同', en: 'Loans' },
  needs: ['organisation', 'counterparty', 'bank-account', 'parameter'],
  entities: [loan, loanRate],
  refusals: {
    rate_twice: { zh: '同一天只能有一个利率', en: 'One rate a day: remove the other' },
    not_this: {
      zh: '借款合同“{name}”的公司、对方或类型与单据不符，请改选',
      en: '{name} is of another company, party or kind: choose another',
    },
  },
  menu: { under: 'funds', order: 30, icon: 'bank', items: [{ entity: 'loan' }] },
})
