// 投标: contents page. Bids with their review, opening and outcome; their bonds; how many are won.
import { defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { bid, bidBidder } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import { bidBondEntry, bidBondOpening } from './bid-bond-entry.entity.ts'
import { bondLedger, bondLimits, bondMetrics } from './bond.ledger.ts'

export default defineModule({
  name: 'bid',
  label: { zh: '投标', en: 'Bids' },
  needs: ['organisation', 'project', 'counterparty', 'bank-account', 'parameter'],
  entities: [bid, bidBidder, bidBond, bidBondEntry, bidBondOpening],
  ledgers: [bondLedger],
  limits: bondLimits,
  metrics: [...bondMetrics],
  flows: [
    {
      name: 'bid',
      label: { zh: '投标评审', en: 'Review of bids' },
      root: sequence(
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
    {
      name: 'bid_bond',
      label: { zh: '投标保证金审批', en: 'Approval of bid bonds' },
      root: sequence(
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
    {
      name: 'bid_bond_entry',
      label: { zh: '保证金没收与退还审批', en: 'Approval of entries of bonds' },
      root: sequence(
        step('finance', { zh: '财务', en: 'Finance' }, { role: 'finance' }),
        step('boss', { zh: '总经理', en: 'Managing director' }, { role: 'boss' }),
      ),
    },
  ],
  actions: [
    {
      name: 'bid.report',
      label: { zh: '投标统计', en: 'Bids won' },
      needs: 'bid:read',
      reads: true,
      input: { from_on: f.date({ zh: '自', en: 'From' }), to_on: f.date({ zh: '至', en: 'Until' }) },
    },
  ],
  refusals: {
    cash_comes_back: {
      zh: '现金保证金退回请登记收款（类型“保证金退回”），这里只登记保函或保险的退还',
      en: 'Cash comes back as a receipt of the kind “bond returned”; here guarantees are given back',
    },
    over_carried: {
      zh: '已退与没收合计超过保证金金额，请核对',
      en: 'More came back or was forfeited than the bond: check the amounts',
    },
    no_bidders: {
      zh: '还没有开标记录，请先编辑投标，填写各投标人的报价与排名',
      en: 'No bids are recorded yet: edit the bid and enter the bidders with their prices and ranks',
    },
  },
  menu: {
    under: 'cost',
    order: 2,
    icon: 'contract',
    items: [
      { entity: 'bid' },
      { entity: 'bid_bond' },
      { entity: 'bid_bond_entry' },
      { page: 'report', label: { zh: '投标统计', en: 'Bids won' }, needs: 'bid' },
    ],
  },
})
