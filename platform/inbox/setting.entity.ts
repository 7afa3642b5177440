// 消息设置: how somebody wants to be told outside of Yingzao. What is in his inbox is not his to switch off.
import { allow, entity, f } from '@yingzao/kernel/entity'

const times = {
  at_once: { zh: '随时', en: 'At once' },
  daily: { zh: '每日汇总', en: 'A digest every day' },
  weekly: { zh: '每周汇总', en: 'A digest every week' },
  never: { zh: '不发', en: 'Never' },
} as const
const time = '^([01][0-9]|2[0-3]):[0-5][0-9]$'

export const messageSetting = entity('message_setting', {
  label: { zh: '消息设置', en: 'Message settings' },
  title: 'person',
  internal: true,
  discussion: false,
  fields: {
    person: f.user({ zh: '本人', en: 'Whose' }, { required: true, unique: true }),
    mail: f.choice({ zh: '邮件', en: 'E-mail' }, times, { required: true, default: 'at_once' }),
    push: f.choice({ zh: '推送', en: 'Push' }, times, { required: true, default: 'at_once' }),
    quiet_from: f.text({ zh: '免打扰 从', en: 'Quiet from' }, { max: 5, pattern: time }),
    quiet_to: f.text({ zh: '免打扰 到', en: 'Quiet until' }, { max: 5, pattern: time }),
    /** `entity.tell`, of which no mail is wanted. */
    muted: f.json({ zh: '不发邮件的事由', en: 'No mail about' }),
    push_muted: f.json({ zh: '不推送的事由', en: 'No push about' }),
  },
  place: { owner: ['person'] },
  rules: {
    // Whoever makes a record owns it: without this anybody could silence somebody else's mail.
    mine: {
      check: 'person = current_user()',
      message: {
        zh: '只能设置自己的消息接收方式',
        en: 'You can only set how you yourself are told',
      },
    },
    quiet_both: {
      check: '(quiet_from = null) = (quiet_to = null)',
      message: {
        zh: '免打扰时段要么填起止两个时间，要么都不填',
        en: 'Quiet hours need both times, or neither',
      },
    },
  },
  access: [allow('member', 'read create update', { scope: 'own' })],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    message_setting: typeof messageSetting
  }
}
