// 投标: contents page. Bids with their review, opening and outcome; their bonds; how many are won.
import { defineModule, f, sequence, step } from '@yingzao/kernel/entity'
import { bid, bidBidder } from './bid.entity.ts'
import { bidBond, bidBondReturn } from './bid-bond.entity.ts'

export default defineModule({
  name: 'bid',
  label: { zh: '投标', en: 'Bids' },
  needs: ['organisation', 'project', 'counterparty'],
  entities: [bid, bidBidder, bidBond, bidBondReturn],
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
      { page: 'report', label: { zh: '投标统计', en: 'Bids won' }, needs: 'bid' },
    ],
  },
})
