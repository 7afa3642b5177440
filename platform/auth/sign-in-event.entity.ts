// 登录事件: who signed in, out or failed to, when and from where; kept in the sealed change log as every record is.
import { allow, entity, f, table } from '@yingzao/kernel/entity'

export const signInEvent = entity('sign_in_event', {
  label: { zh: '登录记录', en: 'Sign-in event' },
  title: 'login',
  internal: true,
  discussion: false,
  fields: {
    login: f.text({ zh: '账号', en: 'Login' }, { required: true, max: 100, indexed: true }),
    user: f.user({ zh: '用户', en: 'User' }, {}),
    event: f.choice(
      { zh: '事件', en: 'Event' },
      {
        signed_in: { zh: '登录成功', en: 'Signed in', tone: 'good' },
        failed: { zh: '登录失败', en: 'Failed', tone: 'bad' },
        locked: { zh: '已锁定', en: 'Locked', tone: 'bad' },
        signed_out: { zh: '退出', en: 'Signed out' },
        revoked: { zh: '会话被终止', en: 'Session revoked', tone: 'warn' },
        password_changed: { zh: '修改密码', en: 'Password changed', tone: 'info' },
        password_issued: { zh: '重置密码', en: 'Password issued', tone: 'warn' },
        token_created: { zh: '创建接口令牌', en: 'API token created', tone: 'info' },
        token_revoked: { zh: '吊销接口令牌', en: 'API token revoked', tone: 'info' },
        feed_created: { zh: '新建日历订阅', en: 'Calendar feed created' },
        feed_revoked: { zh: '停用日历订阅', en: 'Calendar feed ended' },
        set_up: { zh: '系统初始化', en: 'Set up', tone: 'info' },
      },
      { required: true },
    ),
    at: f.instant({ zh: '时间', en: 'At' }, { required: true, indexed: true }),
    address: f.text({ zh: '地址', en: 'Address' }, { max: 100 }),
    device: f.text({ zh: '设备', en: 'Device' }, { max: 300, quiet: true }),
  },
  access: [allow('administrator', 'read export')],
  views: { list: table('at login user event address device', { sort: '-at' }) },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    sign_in_event: typeof signInEvent
  }
}
