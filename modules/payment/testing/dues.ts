// Of tests: makes something due on a contract, or invoiced, as measurement and invoices do.
import { allow, defineModule, entity, f, post } from '@yingzao/kernel/entity'
import { contractLedger } from '../../contract/contract.ledger.ts'

export const testDue = entity('test_due', {
  kind: 'document',
  label: { zh: '应付应收', en: 'Due' },
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
    contract: f.ref('contract', { zh: '合同', en: 'Contract' }, { required: true }),
    direction: f.text({ zh: '收支', en: 'Direction' }, { required: true }),
    due_on: f.date({ zh: '到期', en: 'Due on' }, { required: true }),
    due: f.money({ zh: '到期金额', en: 'Due' }, { default: '0' }),
    invoiced: f.money({ zh: '开票', en: 'Invoiced' }, { default: '0' }),
  },
  place: { project: 'project' },
  posting: [
    post(contractLedger, {
      dims: { contract: 'contract', direction: 'direction', due_on: 'due_on', on: 'due_on' },
      measures: { due: 'due', invoiced: 'invoiced' },
    }),
  ],
  access: [allow('cost_engineer', 'read create submit')],
})

export const duesModule = defineModule({
  name: 'test-dues',
  label: { zh: '测试应付', en: 'Dues of tests' },
  entities: [testDue],
})
