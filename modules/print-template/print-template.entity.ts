// 打印模板: how the form of an entity is printed, in editions of which one is published for each language.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

const work = 'read create update delete export publish retire'

export const printTemplate = entity('print_template', {
  label: { zh: '打印模板', en: 'Print template' },
  title: 'name',
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 100, indexed: true }),
    /** The entity that it prints. */
    entity: f.text({ zh: '单据', en: 'Document' }, { required: true, max: 60, indexed: true }),
    lang: f.choice(
      { zh: '语言', en: 'Language' },
      {
        any: { zh: '不限', en: 'Any' },
        zh: { zh: '中文', en: 'Chinese' },
        en: { zh: '英文', en: 'English' },
      },
      { required: true, default: 'any' },
    ),
    edition: f.integer({ zh: '版次', en: 'Edition' }, { system: true }),
    content: f.json({ zh: '内容', en: 'Content' }, { required: true, quiet: true }),
    logo: f.file({ zh: '徽标', en: 'Logo' }, { max: 1, accept: 'image' }),
    published_at: f.instant({ zh: '发布时间', en: 'Published at' }, { system: true }),
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
  access: [allow('administrator', work), allow('pmo', work)],
  discussion: false,
  views: { list: table('name entity lang edition stage published_at', { sort: '-created_at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    print_template: typeof printTemplate
  }
}
