// What every entity of this module must do, asked over HTTP.
import { standardChecks } from '@yingzao/platform/testing/checks'
import module from './module.ts'
import { invoiceNo } from './testing/site.ts'

let made = 0
standardChecks(module, {
  samples: {
    invoice: {
      invoice_no: () => invoiceNo(),
      counterparty: at => at.make('counterparty', { name: `单位 ${++made}`, taxpayer: 'person' }),
      company: at => at.company,
      direction: () => 'in',
      contract: () => null,
      project: () => null,
      code: () => null,
      service: () => 'goods',
      lines: () => [{ name: '水泥', amount: '113.00', tax_rate: '0.13' }],
      printed_amount: () => null,
      buyer_tax_id: () => null,
      seller_tax_id: () => null,
      buyer_name: () => null,
    },
    vat_prepayment: {
      month: () => `20${String(10 + (++made % 80)).padStart(2, '0')}-${String((made % 12) + 1).padStart(2, '0')}`,
      project: at => at.make('project', { name: `项目 ${++made}`, company: at.company }),
    },
  },
  change: { invoice: 'note', vat_prepayment: 'note' },
})
