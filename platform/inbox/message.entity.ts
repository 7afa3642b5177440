// 消息: told to one person about one record. Its words are made when it is read, with the rights its reader then has.
import { allow, entity, f } from '@yingzao/kernel/entity'

const sendings = {
  none: { zh: '不发', en: 'None' },
  waiting: { zh: '待发', en: 'Waiting' },
  sent: { zh: '已发', en: 'Sent' },
  failed: { zh: '发送失败', en: 'Failed', tone: 'bad' },
} as const

export const message = entity('message', {
  label: { zh: '消息', en: 'Message' },
  title: 'tell',
  internal: true,
  discussion: false,
  fields: {
    person: f.user({ zh: '收件人', en: 'To' }, { system: true, required: true, indexed: true }),
    entity: f.text({ zh: '对象', en: 'Entity' }, { system: true, required: true, max: 80 }),
    record: f.text({ zh: '记录', en: 'Record' }, { system: true, required: true, max: 36 }),
    tell: f.text({ zh: '事由', en: 'What about' }, { system: true, required: true, max: 80 }),
    urgent: f.flag({ zh: '紧急', en: 'Urgent' }, { system: true }),
    by: f.user({ zh: '由谁引起', en: 'Caused by' }, { system: true }),
    /** Of an urgent one: when its reader is reminded of it, unless he read it. */
    remind_at: f.instant({ zh: '提醒时间', en: 'Remind at' }, { system: true }),
    reminded: f.flag({ zh: '已提醒', en: 'Reminded' }, { system: true }),
    /** When its reader's superior is told, unless he read it. */
    escalate_at: f.instant({ zh: '升级时间', en: 'Escalate at' }, { system: true, indexed: true }),
    /** Of a superior's: who did not read it. */
    unread_by: f.user({ zh: '未读的人', en: 'Not read by' }, { system: true }),
    read_at: f.instant({ zh: '已读', en: 'Read at' }, { system: true }),
    // One for each channel that brings messages outside.
    mail: f.choice({ zh: '邮件', en: 'E-mail' }, sendings, { system: true, required: true, default: 'none' }),
    push: f.choice({ zh: '推送', en: 'Push' }, sendings, { system: true, required: true, default: 'none' }),
  },
  place: { owner: ['person'] },
  indexes: [['person', 'created_at'], ['record'], ['mail'], ['push'], ['remind_at']],
  access: [allow('member', 'read', { scope: 'own' })],
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    message: typeof message
  }
}
