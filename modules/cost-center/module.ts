// 项目成本中心: contents page. The ledger of what was spent.
import { defineModule } from '@yingzao/kernel/entity'
import { costLedger } from './cost.ledger.ts'

export default defineModule({
  name: 'cost-center',
  label: { zh: '项目成本中心', en: 'Cost center' },
  needs: ['project', 'cost-item', 'counterparty', 'contract', 'schedule'],
  ledgers: [costLedger],
})
