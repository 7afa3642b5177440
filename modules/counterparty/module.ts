// 往来单位: contents page. Clients, suppliers, subcontractors, labour teams; their accounts, qualifications and blacklisting.
import { defineModule, f } from '@yingzao/kernel/entity'
import { counterparty, counterpartyAccount, counterpartyQualification } from './counterparty.entity.ts'

export default defineModule({
  name: 'counterparty',
  label: { zh: '往来单位', en: 'Counterparties' },
  needs: ['organisation'],
  entities: [counterparty, counterpartyAccount, counterpartyQualification],
  actions: [
    {
      name: 'counterparty.find_alike',
      label: { zh: '查重', en: 'Find duplicates' },
      needs: 'counterparty:read',
      reads: true,
      input: {
        name: f.text(
          { zh: '单位名称', en: 'Name' },
          { max: 200, hint: { zh: '留空查全部', en: 'Empty: within the whole register' } },
        ),
      },
    },
  ],
  refusals: {
    credit_code: {
      zh: '不是有效的统一社会信用代码（18 位，末位为校验码），请对照营业执照',
      en: 'Not a valid unified social credit code (18 characters, the last one checks the others): compare it with the licence',
    },
    two_default_accounts: {
      zh: '只能有一个默认账户，请去掉其余账户的“默认”',
      en: 'Only one account can be the default: clear the mark on the others',
    },
    blacklist_period: {
      zh: '解除日期不能早于列入日期，请检查两个日期',
      en: 'The blacklisting ends before it begins: check both dates',
    },
    blacklisted: {
      zh: '“{name}”在黑名单中（{reason}），不能签订新合同；请另选单位，或先解除黑名单',
      en: '“{name}” is blacklisted ({reason}): no new contract. Choose another, or lift the blacklisting first',
    },
  },
  menu: {
    under: 'data',
    order: 10,
    icon: 'shop',
    items: [
      { entity: 'counterparty' },
      { page: 'alike', label: { zh: '单位查重', en: 'Duplicate companies' }, needs: 'counterparty' },
    ],
  },
})
