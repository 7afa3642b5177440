// 限额与参数: contents page. Limits and rates by the days they hold; those of the law ship with their sources.
import { defineModule } from '@yingzao/kernel/entity'
import { parameter, parameterValue } from './parameter.entity.ts'

export default defineModule({
  name: 'parameter',
  label: { zh: '限额与参数', en: 'Limits' },
  needs: ['organisation'],
  entities: [parameter, parameterValue],
  refusals: {
    overlap: {
      zh: '与另一段有效期重叠；请先给前一段填写截止日期',
      en: 'Overlaps another period: give the earlier one an end first',
    },
  },
  menu: { under: 'data', order: 31, icon: 'tax', items: [{ entity: 'parameter' }] },
})
