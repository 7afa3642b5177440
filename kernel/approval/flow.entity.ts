// 审批流程: definitions as data. A published one is used instead of the flow that the module ships; what runs keeps its own.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const approvalFlow = entity('approval_flow', {
  label: { zh: '审批流程', en: 'Approval flow' },
  title: 'name',
  fields: {
    /** The flow of a module that it stands for: `gate`. */
    name: f.text({ zh: '流程', en: 'Flow' }, { required: true, max: 60, indexed: true }),
    /** The kind of document it was drawn for: its conditions read these fields. */
    entity: f.text({ zh: '单据', en: 'Document' }, { required: true, max: 60 }),
    edition: f.integer({ zh: '版次', en: 'Edition' }, { system: true }),
    content: f.json({ zh: '内容', en: 'Content' }, { required: true, quiet: true }),
    published_at: f.instant({ zh: '发布时间', en: 'Published at' }, { system: true }),
    note: f.text({ zh: '修改说明', en: 'What changed' }, { max: 300 }),
  },
  place: { root: true },
  stages: {
    draft: { label: { zh: '草稿', en: 'Draft' } },
    published: { label: { zh: '已发布', en: 'Published' }, tone: 'good' },
    retired: { label: { zh: '已停用', en: 'Retired' } },
  },
  transitions: [
    { from: ['draft', 'retired'], to: 'published', action: 'publish', label: { zh: '发布', en: 'Publish' } },
    { from: ['published'], to: 'retired', action: 'retire', label: { zh: '停用', en: 'Retire' } },
  ],
  access: [allow('administrator', 'read create update delete export publish retire')],
  discussion: false,
  views: { list: table('name entity edition stage published_at note', { sort: '-created_at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    approval_flow: typeof approvalFlow
  }
}
