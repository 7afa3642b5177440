// 授权表: contents page. Powers to approve, which steps of approval flows ask by kind, place, amount and day.
import { defineModule } from '@yingzao/kernel/entity'
import { approvalPower } from './power.entity.ts'

export default defineModule({
  name: 'power',
  label: { zh: '授权表', en: 'Powers to approve' },
  needs: ['organisation', 'project', 'approval'],
  entities: [approvalPower],
  refusals: {
    no_document: {
      zh: '“{entity}”不是需要审批的单据，请从列表中选择或留空',
      en: '“{entity}” is no kind of document that is approved: choose one, or leave it empty',
    },
  },
  menu: { under: 'collaboration', order: 6, icon: 'safety', items: [{ entity: 'approval_power' }] },
})
