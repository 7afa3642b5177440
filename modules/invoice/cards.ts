// Cards of invoices on the home page: what is not invoiced yet on either side, and VAT to be prepaid.
import type { Card } from '@yingzao/kernel/entity'

const vat = { module: 'invoice', page: 'vat' } as const

export const invoiceCards: readonly Card[] = [
  {
    name: 'invoice.gaps',
    label: { zh: '应开未开、未到票', en: 'Not invoiced yet' },
    says: {
      zh: '应收或已收而未开、已付而未收到的发票，含税',
      en: 'Due or received and not issued; paid and not received; gross',
    },
    ...{ needs: 'invoice:read', home: { finance: 50 }, size: 6, opens: vat, reads: 'invoice.cards' },
    empty: { zh: '发票都已开出、收齐。', en: 'Everything is invoiced.' },
  },
  {
    name: 'invoice.prepayment',
    label: { zh: '增值税预缴', en: 'VAT to be prepaid' },
    says: {
      zh: '按项目：收款 − 带票分包款，应预缴 − 已预缴',
      en: 'By project: received − invoiced subcontracts; due less prepaid',
    },
    ...{ needs: 'vat_prepayment:create', home: { finance: 52 }, size: 6, reads: 'invoice.cards' },
    opens: { entity: 'vat_prepayment' },
    empty: { zh: '没有应预缴的税款。', en: 'No VAT is to be prepaid.' },
  },
]
