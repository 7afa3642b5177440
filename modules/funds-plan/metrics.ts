// Numbers of funds plans.
import { metric } from '@yingzao/kernel/entity'
import { fundsPlanLedger } from './funds-plan.ledger.ts'

const money = { unit: 'money', seen: 'funds_plan.out_amount' } as const

export const fundsPlanMetrics = [
  metric(fundsPlanLedger, 'plan.out', {
    ...money,
    label: { zh: '核定支出', en: 'Approved out' },
    says: { zh: '生效资金计划核定的支出，含追加', en: 'What effective plans allow to be paid, supplements included' },
    value: 'planned_out',
  }),
  metric(fundsPlanLedger, 'plan.in', {
    ...money,
    label: { zh: '核定收入', en: 'Approved in' },
    says: { zh: '生效资金计划核定的收入', en: 'What effective plans expect to come in' },
    value: 'planned_in',
  }),
  metric(fundsPlanLedger, 'plan.used', {
    ...money,
    label: { zh: '已用', en: 'Used' },
    says: {
      zh: '当月已付，加当月已批未付的付款申请',
      en: 'Paid in the month, and approved requests of the month that are not paid yet',
    },
    value: 'used',
  }),
  metric(fundsPlanLedger, 'plan.paid', {
    ...money,
    label: { zh: '已付', en: 'Paid' },
    says: { zh: '当月付款，退款冲减', en: 'Paid in the month, less refunds' },
    value: 'paid',
  }),
  metric(fundsPlanLedger, 'plan.received', {
    ...money,
    label: { zh: '已收', en: 'Received' },
    says: { zh: '当月收款', en: 'Received in the month' },
    value: 'received',
  }),
] as const
