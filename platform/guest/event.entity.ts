// 外部访问记录: when a guest's link was opened, by which code, from where, and what was done.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const guestEvent = entity('guest_event', {
  label: { zh: '外部访问记录', en: 'Guest event' },
  title: 'kind',
  internal: true,
  discussion: false,
  fields: {
    invitation: f.ref(
      'guest_invitation',
      { zh: '邀请', en: 'Invitation' },
      { system: true, required: true, indexed: true },
    ),
    kind: f.choice(
      { zh: '事件', en: 'Event' },
      {
        invited: { zh: '发出邀请', en: 'Invited' },
        sent_again: { zh: '重新发送', en: 'Sent again' },
        opened: { zh: '打开链接', en: 'Link opened' },
        code_sent: { zh: '发送验证码', en: 'Code sent' },
        code_wrong: { zh: '验证码错误', en: 'Wrong code', tone: 'bad' },
        entered: { zh: '进入', en: 'Came in', tone: 'good' },
        left: { zh: '退出', en: 'Left' },
        confirmed: { zh: '确认', en: 'Confirmed', tone: 'good' },
        refused: { zh: '不认可', en: 'Refused', tone: 'bad' },
        answered: { zh: '答复', en: 'Answered', tone: 'info' },
        commented: { zh: '留言', en: 'Commented' },
        attached: { zh: '上传附件', en: 'Added a file' },
        downloaded: { zh: '下载附件', en: 'Opened a file' },
        printed: { zh: '打印', en: 'Printed' },
        withdrawn: { zh: '收回', en: 'Withdrawn', tone: 'warn' },
      },
      { system: true, required: true },
    ),
    at: f.instant({ zh: '时间', en: 'At' }, { system: true, required: true, indexed: true }),
    /** The how many-th code of the invitation it happened by. */
    code_no: f.integer({ zh: '第几个验证码', en: 'Code no.' }, { system: true, min: 1 }),
    address: f.text({ zh: '地址', en: 'Address' }, { system: true, max: 100 }),
    device: f.text({ zh: '设备', en: 'Device' }, { system: true, max: 300, quiet: true }),
    note: f.text({ zh: '说明', en: 'Note' }, { system: true, max: 255 }),
  },
  access: [allow('administrator', 'read export')],
  views: { list: table('at invitation kind code_no address note', { sort: '-at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    guest_event: typeof guestEvent
  }
}
