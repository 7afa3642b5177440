// 保函: contents page. The register of guarantees, and who is told before one ends.
import { defineModule } from '@yingzao/kernel/entity'
import { guarantee } from './guarantee.entity.ts'

export default defineModule({
  name: 'guarantee',
  label: { zh: '保函', en: 'Guarantees' },
  needs: ['organisation', 'project', 'counterparty', 'contract', 'parameter'],
  entities: [guarantee],
  refusals: {
    other_project: {
      zh: '合同属于另一个项目，请选择本项目的合同',
      en: 'The contract is of another project: choose one of this project',
    },
  },
  menu: {
    under: 'funds',
    order: 70,
    icon: 'guarantee',
    items: [{ entity: 'guarantee', label: { zh: '保函台账', en: 'Guarantees' } }],
  },
})
