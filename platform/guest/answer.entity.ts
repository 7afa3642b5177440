// 外部答复: what a guest said, with the digest of what he then saw, so that nobody can later say it was about something else.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const guestAnswer = entity('guest_answer', {
  label: { zh: '外部答复', en: 'Guest answer' },
  title: 'who',
  internal: true,
  discussion: false,
  fields: {
    who: f.text({ zh: '外部人员', en: 'Guest' }, { system: true, required: true, max: 200 }),
    invitation: f.ref(
      'guest_invitation',
      { zh: '邀请', en: 'Invitation' },
      { system: true, required: true, indexed: true },
    ),
    entity: f.text({ zh: '对象', en: 'Entity' }, { system: true, required: true, max: 80, quiet: true }),
    record: f.text({ zh: '记录', en: 'Record' }, { system: true, required: true, max: 36, quiet: true }),
    kind: f.choice(
      { zh: '答复', en: 'Said' },
      {
        confirm: { zh: '确认', en: 'Confirmed', tone: 'good' },
        refuse: { zh: '不认可', en: 'Refused', tone: 'bad' },
        answer: { zh: '答复', en: 'Answered', tone: 'info' },
      },
      { system: true, required: true },
    ),
    said_at: f.instant({ zh: '时间', en: 'At' }, { system: true, required: true, indexed: true }),
    reason: f.longText({ zh: '意见', en: 'Opinion' }, { system: true, max: 2000 }),
    /** By the names of the question's fields; `lines`: by the line's id. */
    values: f.json({ zh: '内容', en: 'Values' }, { system: true, quiet: true }),
    seen_version: f.integer({ zh: '所见版本', en: 'Version seen' }, { system: true, min: 1 }),
    /** SHA-256 of the fields in `fields` and the files in `files` as they were. */
    digest: f.text({ zh: '所见内容摘要', en: 'Digest of what was seen' }, { system: true, required: true, max: 64 }),
    fields: f.json({ zh: '所见字段', en: 'Fields seen' }, { system: true, quiet: true }),
    files: f.json({ zh: '所见附件', en: 'Attachments seen' }, { system: true, quiet: true }),
    /** Id of the stored picture of a drawn signature. */
    signature: f.text({ zh: '手写签名', en: 'Signature' }, { system: true, max: 36, quiet: true }),
  },
  indexes: [['record']],
  access: [allow('administrator', 'read export')],
  views: { list: table('said_at who kind reason seen_version digest', { sort: '-said_at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    guest_answer: typeof guestAnswer
  }
}
