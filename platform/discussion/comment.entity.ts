// 评论: what people say about a record. Nobody is granted it by itself: its record's rights are its own.
import { entity, f } from '@yingzao/kernel/entity'

export const comment = entity('comment', {
  label: { zh: '评论', en: 'Comment' },
  title: 'body',
  internal: true,
  discussion: false,
  fields: {
    entity: f.text({ zh: '对象', en: 'Entity' }, { required: true, max: 80 }),
    record: f.text({ zh: '记录', en: 'Record' }, { required: true, max: 36 }),
    body: f.longText({ zh: '内容', en: 'Text' }, { required: true, max: 10_000 }),
    /** The conversation with a guest it belongs to; written by him where `created_by` is empty. */
    guest: f.ref('guest_invitation', { zh: '外部人员', en: 'Guest' }, { system: true }),
  },
  indexes: [['record']],
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    comment: typeof comment
  }
}
