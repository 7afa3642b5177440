// 税率: contents page. Rates with the days they hold; those of PRC VAT ship as data.
import { defineModule } from '@yingzao/kernel/entity'
import { taxRate, taxRatePeriod } from './tax-rate.entity.ts'

export default defineModule({
  name: 'tax-rate',
  label: { zh: '税率', en: 'Tax rates' },
  needs: ['organisation'],
  entities: [taxRate, taxRatePeriod],
  actions: [
    { name: 'tax_rate.standard', label: { zh: '常用税率', en: 'Common rates' }, needs: 'tax_rate:create', reads: true },
    {
      name: 'tax_rate.load_standard',
      label: { zh: '载入常用税率', en: 'Load the common rates' },
      needs: 'tax_rate:create',
    },
  ],
  refusals: {
    overlap: {
      zh: '与另一段有效期重叠；请先给前一段填写截止日期',
      en: 'Overlaps another period: give the earlier one an end first',
    },
    none: {
      zh: '税率 {code} 在 {on} 没有有效的税率；请先补充有效期',
      en: 'Tax rate {code} has no rate on {on}: add a period first',
    },
  },
  menu: { under: 'data', order: 30, icon: 'tax', items: [{ entity: 'tax_rate' }] },
})
