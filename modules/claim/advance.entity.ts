// 借支与备用金: money a person takes before he spends it, to be settled by claims or paid back by a day.
import { allow, entity, f, form, post, table } from '@yingzao/kernel/entity'
import { payableLedger, payStages, payTransitions } from '../bank-account/payable.ledger.ts'
import { advanceLedger } from './advance.ledger.ts'
import { closeRest, payTo, whose } from './own.ts'

export const advance = entity('advance', {
  kind: 'document',
  label: { zh: '借支单', en: 'Staff advance' },
  title: 'name',
  number: 'JK-{yyyy}{mm}-{seq:4}',
  fields: {
    name: f.text({ zh: '借支用途', en: 'What for' }, { required: true, max: 200, indexed: true }),
    kind: f.choice(
      { zh: '类型', en: 'Kind' },
      { loan: { zh: '借支', en: 'Advance' }, petty: { zh: '备用金', en: 'Petty cash' } },
      { required: true, default: 'loan' },
    ),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true, min: '0.01', group: 'commercial', indexed: true }),
    due_on: f.date({ zh: '归还日期', en: 'To be settled by' }, { required: true, indexed: true }),
    project: f.ref('project', { zh: '项目', en: 'Project' }, { indexed: true }),
    /** What he owes already, and of it past its day, when this was submitted. */
    owed_amount: f.money({ zh: '已欠借支', en: 'Owed already' }, { system: true, group: 'commercial' }),
    overdue_amount: f.money({ zh: '其中逾期', en: 'Of it overdue' }, { system: true, group: 'commercial' }),
    /** 个人借支限额 of the day it was written; empty: none. */
    allowed_amount: f.money({ zh: '借支限额', en: 'Limit' }, { system: true, quiet: true, group: 'commercial' }),
    ...payTo,
    ...whose,
    note: f.longText({ zh: '说明', en: 'Note' }, { max: 2000 }),
  },
  place: { company: 'company', department: 'department', project: 'project', owner: ['person'] },
  stages: payStages,
  transitions: payTransitions,
  verbs: { close_rest: closeRest },
  amount: 'amount',
  approval: 'advance',
  posting: [
    post(advanceLedger, {
      dims: { person: 'person' },
      measures: {
        granted: 'amount',
        allowed: 'if allowed_amount = null then 0 else allowed_amount',
        while_overdue: 'if overdue_amount != null and overdue_amount > 0 then amount else 0',
      },
      reserve: true,
    }),
    post(payableLedger, {
      dims: { payable: 'payable', person: 'person' },
      measures: { approved: 'amount' },
      reserve: true,
    }),
  ],
  reversal: { negate: ['amount'] },
  tells: {
    rejected: {
      label: { zh: '我的借支被驳回', en: 'An advance of mine was rejected' },
      to: 'person',
      when: 'state = "rejected"',
      text: { zh: '借支“{title}”被驳回，请修改后重新提交', en: '{title} was rejected: change it and submit again' },
    },
    paid: {
      label: { zh: '我的借支已付款', en: 'An advance of mine was paid' },
      to: 'person',
      when: 'stage = "paid"',
      text: { zh: '借支“{title}”已付款，请于 {due_on} 前冲抵或归还', en: '{title} is paid: settle it by {due_on}' },
    },
  },
  access: [
    allow('member', 'read create update delete submit withdraw', {
      scope: 'own',
      fields: { commercial: 'edit', bank: 'edit' },
    }),
    allow('project_manager', 'read export', { fields: { commercial: 'read' } }),
    allow('department_head', 'read export', { scope: 'department_below', fields: { commercial: 'read' } }),
    allow('finance', 'read export reverse void close_rest', { fields: { commercial: 'read', bank: 'read' } }),
    allow('cashier', 'read export', { fields: { commercial: 'read', bank: 'read' } }),
    allow('boss', 'read export unmask', { fields: { commercial: 'read', bank: 'masked' } }),
  ],
  views: {
    list: table('number name kind person project amount due_on overdue_amount state stage', { sort: '-created_at' }),
    form: form(
      { label: { zh: '借支', en: 'Advance' }, fields: 'name kind amount due_on project owed_amount overdue_amount' },
      { label: { zh: '付款', en: 'Payment' }, fields: 'pay_bank pay_number' },
      { label: { zh: '其他', en: 'More' }, fields: 'person note' },
    ),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    advance: typeof advance
  }
}
