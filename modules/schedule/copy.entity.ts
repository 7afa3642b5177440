// 留底: what a plan with a long history looked like at one revision, so that nobody has to go through all of it again.
import { entity, f } from '@yingzao/kernel/entity'

export const planCopy = entity('plan_copy', {
  label: { zh: '计划留底', en: 'Plan copy' },
  internal: true,
  fields: {
    plan: f.ref('plan', { zh: '计划', en: 'Plan' }, { required: true, indexed: true, onDelete: 'with' }),
    revision: f.integer({ zh: '修订号', en: 'Revision' }, { required: true, system: true, default: 0 }),
    /** What edits change (`CopiedParts`). It follows from them: no history keeps it a second time. */
    content: f.json({ zh: '内容', en: 'Content' }, { projected: true, quiet: true }),
  },
  unique: [['plan', 'revision']],
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    plan_copy: typeof planCopy
  }
}
