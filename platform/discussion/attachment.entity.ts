// 附件: a file that hangs on a record. Nobody is granted it by itself: its record's rights are its own.
import { entity, f } from '@yingzao/kernel/entity'

export const attachment = entity('attachment', {
  label: { zh: '附件', en: 'Attachment' },
  title: 'name',
  internal: true,
  discussion: false,
  fields: {
    entity: f.text({ zh: '对象', en: 'Entity' }, { required: true, max: 80 }),
    record: f.text({ zh: '记录', en: 'Record' }, { required: true, max: 36 }),
    name: f.text({ zh: '文件名', en: 'File name' }, { required: true, max: 255 }),
    file: f.text({ zh: '文件', en: 'File' }, { required: true, max: 36 }),
    /** The invitation by which a guest added it. */
    guest: f.ref('guest_invitation', { zh: '外部人员', en: 'Guest' }, { system: true }),
  },
  indexes: [['record'], ['file']],
  access: [],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    attachment: typeof attachment
  }
}
