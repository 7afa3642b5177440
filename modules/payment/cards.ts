// Cards of payments on the home page: what waits to be paid, and how old what is owed has become.
import type { Card } from '@yingzao/kernel/entity'

const ageing = { module: 'payment', page: 'ageing' } as const

export const paymentCards: readonly Card[] = [
  {
    name: 'payment.queue',
    label: { zh: '待付款', en: 'To pay' },
    says: { zh: '已批准、未付清的付款申请、报销与借支', en: 'Approved requests, claims and advances not paid in full' },
    needs: 'payment:create',
    home: { finance: 22, cashier: 20 },
    size: 6,
    opens: { module: 'payment', page: 'queue' },
    reads: 'payment.cards',
    empty: {
      zh: '没有待付的单据。批准后的付款申请会排在这里。',
      en: 'Nothing is to be paid. Approved requests queue here.',
    },
  },
  {
    name: 'payment.ageing',
    label: { zh: '应收应付账龄', en: 'Ageing' },
    says: { zh: '合同应收应付未结，含税，按逾期天数', en: 'Open of contracts, gross, by days overdue' },
    needs: 'contract:read',
    home: { finance: 40 },
    size: 6,
    opens: ageing,
    reads: 'payment.cards',
    empty: { zh: '没有未结的应收应付。', en: 'Nothing is receivable or payable.' },
  },
]
