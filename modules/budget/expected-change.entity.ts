// 预计变更: a change of cost that the cost engineer sees coming and that is in no approval yet (E). It counts in dynamic cost and
// before the gate until a variation takes it up, or it is reversed because it will not come.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { budgetLedger } from './budget.ledger.ts'
import { expectedLedger } from './expected-change.ledger.ts'

export const expectedChange = entity('expected_change', {
  kind: 'document',
  label: { zh: '预计变更', en: 'Expected change' },
  title: 'name',
  number: 'YB-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '事由', en: 'Subject' }, { required: true, max: 200, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true, indexed: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { system: true, quiet: true }),
    item: f.ref(
      'cost_item',
      { zh: '成本科目', en: 'Cost item' },
      { required: true, indexed: true, where: 'leaf and active' },
    ),
    amount: f.money(
      { zh: '预计金额', en: 'Expected amount' },
      {
        ...{ required: true, group: 'commercial', indexed: true },
        hint: { zh: '成本口径，可为负', en: 'On cost basis; may be negative' },
      },
    ),
    expected_on: f.date({ zh: '预计发生', en: 'Expected on' }, { indexed: true }),
    reason: f.longText({ zh: '依据', en: 'Why' }, { required: true, max: 2000 }),
    budget_item: f.ref('cost_item', { zh: '控制科目', en: 'Target of' }, { system: true, quiet: true }),
  },
  place: { company: 'company', project: 'project' },
  amount: 'amount',
  // 不再预计: what is left is reversed; part of it may be.
  reversal: { negate: ['amount'] },
  posting: [
    post(budgetLedger, {
      dims: { item: 'budget_item', spent_on: 'item' },
      measures: { estimated: 'amount' },
    }),
    post(expectedLedger, {
      dims: { expected: 'if reverses = null then id else reverses' },
      measures: { open: 'if reverses = null then abs(amount) else 0 - abs(amount)' },
    }),
  ],
  access: [
    allow('cost_engineer', 'read create update delete submit reverse void export import', {
      fields: { commercial: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('pmo', 'read export', { fields: { commercial: 'read' } }),
    allow('boss', 'read export', { fields: { commercial: 'read' } }),
    allow('finance', 'read export', { fields: { commercial: 'read' } }),
  ],
  views: {
    list: table('name number project item amount expected_on state', { sort: '-created_at' }),
    form: form('name project item amount expected_on reason'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    expected_change: typeof expectedChange
  }
}
