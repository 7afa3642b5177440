// 首页布局: how somebody arranged his home page. Nobody reads another's.
import { allow, entity, f } from '@yingzao/kernel/entity'

export const homeLayout = entity('home_layout', {
  label: { zh: '首页布局', en: 'Home page' },
  title: 'person',
  internal: true,
  discussion: false,
  fields: {
    person: f.user({ zh: '本人', en: 'Whose' }, { required: true, unique: true }),
    /** Names of cards and other parts, as they stand. */
    order: f.json({ zh: '顺序', en: 'Order' }),
    hidden: f.json({ zh: '隐藏', en: 'Hidden' }),
    /** Cards that his roles do not have from the start. */
    added: f.json({ zh: '添加', en: 'Added' }),
  },
  place: { owner: ['person'] },
  rules: {
    // Whoever makes a record owns it: without this anybody could arrange somebody else's page.
    mine: {
      check: 'person = current_user()',
      message: { zh: '只能调整自己的首页', en: 'You can only arrange your own home page' },
    },
  },
  access: [allow('member', 'read create update', { scope: 'own' })],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    home_layout: typeof homeLayout
  }
}
