// 授权表: who may approve which kind of document, where, up to which amount, from when until when. Steps of flows ask it.
import { allow, entity, f, form, table } from '@yingzao/kernel/entity'

const writes = 'read create update delete export import'
const sees = { fields: { commercial: 'read' } } as const
const keeps = { fields: { commercial: 'edit' } } as const

export const approvalPower = entity('approval_power', {
  label: { zh: '审批授权', en: 'Power to approve' },
  title: 'person',
  fields: {
    person: f.user({ zh: '被授权人', en: 'Who' }, { required: true, indexed: true }),
    entity: f.text(
      { zh: '单据', en: 'Documents' },
      { max: 60, input: 'document', hint: { zh: '留空为所有单据', en: 'Empty: of every kind' } },
    ),
    unit: f.orgUnit(
      { zh: '公司或部门', en: 'Company or department' },
      { hint: { zh: '留空为全企业', en: 'Empty: everywhere' } },
    ),
    project: f.ref('project', { zh: '仅限项目', en: 'Only the project' }),
    up_to_amount: f.money(
      { zh: '金额上限（含）', en: 'Up to (included)' },
      { min: '0', group: 'commercial', hint: { zh: '留空为不限', en: 'Empty: without limit' } },
    ),
    from_on: f.date({ zh: '生效日期', en: 'From' }, { required: true, default: '=today()' }),
    to_on: f.date({ zh: '截止日期', en: 'Until' }, { hint: { zh: '留空为长期', en: 'Empty: it still holds' } }),
    basis: f.text({ zh: '授权文号或依据', en: 'By which decision' }, { max: 200 }),
  },
  place: { root: true },
  rules: {
    period: {
      check: 'to_on = null or to_on >= from_on',
      message: { zh: '截止日期不能早于生效日期', en: 'The end lies before the beginning' },
    },
  },
  access: [
    allow('administrator', writes, keeps),
    allow('boss', writes, keeps),
    allow('pmo', 'read export', sees),
    allow('finance', 'read export', sees),
  ],
  views: {
    list: table('person entity unit project up_to_amount from_on to_on basis', { sort: '-from_on' }),
    form: form('person entity unit project up_to_amount', 'from_on to_on basis'),
  },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    approval_power: typeof approvalPower
  }
}
