// 月结: one row a company, with the last month of its books that is closed. Its history is the record of closing and reopening.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const month = { zh: '月份', en: 'Month' }
const hint = { zh: '如 2026-10', en: 'Such as 2026-10' }
const pattern = '^[0-9]{4}-(0[1-9]|1[0-2])$'

export const monthClosing = entity('month_closing', {
  label: { zh: '月结', en: 'Month closing' },
  title: 'company',
  fields: {
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true, unique: true, type: 'company' }),
    closed_through: f.text({ zh: '已结账至', en: 'Closed through' }, { system: true, max: 7 }),
    closed_at: f.instant({ zh: '结账时间', en: 'Closed at' }, { system: true }),
    closed_by: f.user({ zh: '结账人', en: 'Closed by' }, { system: true }),
    /** Where something was still open. */
    closed_reason: f.longText({ zh: '未清结账原因', en: 'Closed with open papers because' }, { system: true }),
    reopened_reason: f.longText({ zh: '最近一次反结账原因', en: 'Why it was last reopened' }, { system: true }),
    note: f.longText({ zh: '备注', en: 'Note' }),
  },
  place: { company: 'company' },
  verbs: {
    close: {
      label: { zh: '结账', en: 'Close a month' },
      tone: 'primary',
      input: {
        month: f.text(month, { required: true, max: 7, pattern, hint }),
        reason: f.longText(
          { zh: '仍要结账的原因', en: 'Why it is closed all the same' },
          {
            max: 2000,
            hint: {
              zh: '本月及以前还有审批中的单据或未勾对的银行流水时填写',
              en: 'Where papers of it are in approval, or lines of the bank are not matched',
            },
          },
        ),
      },
    },
    waits: { label: { zh: '未清事项', en: 'Still open' }, reads: true },
    reopen: {
      label: { zh: '反结账', en: 'Reopen a month' },
      tone: 'danger',
      when: 'closed_through != null',
      input: {
        month: f.text(month, {
          required: true,
          max: 7,
          pattern,
          hint: { zh: '该月及其后各月都会重新打开', en: 'It and all months after it are opened again' },
        }),
        reason: f.longText({ zh: '原因', en: 'Reason' }, { required: true, max: 2000 }),
      },
    },
  },
  access: [
    allow('finance', 'read create update export close'),
    allow('boss', 'read export reopen'),
    allow('cashier', 'read'),
    allow('cost_engineer', 'read'),
    allow('project_manager', 'read'),
  ],
  views: {
    list: table('company closed_through closed_at closed_by', { sort: 'company' }),
    form: form('company closed_through closed_at closed_by', 'closed_reason reopened_reason note'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    month_closing: typeof monthClosing
  }
}
