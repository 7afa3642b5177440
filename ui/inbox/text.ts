// Texts of the inbox and of how I wish to be told.
import { words } from '../text/words.ts'

export const text = words({
  inbox: { zh: '消息', en: 'Inbox' },
  unread: { zh: '未读', en: 'Unread' },
  all: { zh: '全部', en: 'All' },
  unreadCount: { zh: '{n} 条未读', en: '{n} unread' },
  readAll: { zh: '全部标为已读', en: 'Mark all as read' },
  markRead: { zh: '标为已读', en: 'Mark as read' },
  urgent: { zh: '紧急', en: 'Urgent' },
  hidden: {
    zh: '这条记录已删除，或者您不再有权查看。',
    en: 'This record was deleted, or you may no longer see it.',
  },
  noneUnread: { zh: '都读完了', en: 'All read' },
  noneUnreadDetail: {
    zh: '有事需要您知道或处理时，会出现在这里。',
    en: 'What you need to know or do will appear here.',
  },
  none: { zh: '还没有消息', en: 'No messages yet' },
  more: { zh: '更早的消息', en: 'Earlier messages' },
  settings: { zh: '接收方式', en: 'How I am told' },
  wishes: { zh: '消息', en: 'Messages' },
  mail: { zh: '发到我的邮箱', en: 'Send to my mailbox' },
  atOnce: { zh: '随时', en: 'At once' },
  daily: { zh: '每日汇总', en: 'Daily digest' },
  weekly: { zh: '每周汇总', en: 'Weekly digest' },
  never: { zh: '不发', en: 'Never' },
  digestDetail: {
    zh: '汇总在早上 8 点发出（每周汇总在周一）；紧急的消息不等汇总。',
    en: 'Digests go out at 8 in the morning (weekly ones on Monday); urgent messages do not wait.',
  },
  quiet: { zh: '免打扰', en: 'Quiet hours' },
  quietFrom: { zh: '从', en: 'From' },
  quietTo: { zh: '到', en: 'to' },
  kinds: { zh: '发邮件的事由', en: 'Send mail about' },
  notMailed: {
    zh: '本系统未设置发信服务器，消息只出现在这里；请管理员设置 YINGZAO_SMTP_URL。',
    en: 'This installation has no mail server, so messages appear here only; the administrator sets YINGZAO_SMTP_URL.',
  },
  saved: { zh: '已保存', en: 'Saved' },
  save: { zh: '保存', en: 'Save' },
})
