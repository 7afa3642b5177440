// What inviters and guests read when something cannot be done; each says the next step and none says whether a document exists.
import type { Label } from '@yingzao/kernel/entity'

export const guestMessages: Readonly<Record<string, Label>> = {
  'guest.link_unknown': {
    zh: '链接无效或不完整。请从邀请邮件中重新打开，或请邀请人重新发送',
    en: 'This link is not valid or not whole. Open it again from the letter, or ask to have it sent again',
  },
  'guest.link_replaced': {
    zh: '这个链接已被新的链接取代。请打开最近一封邀请邮件',
    en: 'A newer link took the place of this one. Open the latest letter',
  },
  'guest.withdrawn': {
    zh: '邀请已被收回。如有疑问，请联系邀请人',
    en: 'The invitation was withdrawn. If in doubt, ask whoever invited you',
  },
  'guest.expired': {
    zh: '邀请已过期。请联系邀请人重新发送',
    en: 'The invitation has expired. Ask whoever invited you to send it again',
  },
  'guest.sponsor_gone': {
    zh: '邀请已失效。请向对方单位索取新的邀请',
    en: 'The invitation no longer counts. Ask the other side for a new one',
  },
  'guest.required': {
    zh: '请重新获取验证码后进入',
    en: 'Ask for a new code to come in again',
  },
  'guest.code_wrong': {
    zh: '验证码不对，还可以再试 {left} 次',
    en: 'That is not the code: {left} tries are left',
  },
  'guest.code_over': {
    zh: '验证码已失效，请重新获取',
    en: 'That code no longer counts: ask for a new one',
  },
  'guest.code_often': {
    zh: '获取验证码太频繁，请 {seconds} 秒后再试',
    en: 'Codes were asked for too often: try again in {seconds} seconds',
  },
  'guest.code_unsent': {
    zh: '验证码邮件没有发出去，请稍后重试，或联系邀请人核对邮箱',
    en: 'The code could not be sent: try again later, or ask whoever invited you to check the address',
  },
  'guest.none': {
    zh: '这种数据不能邀请外部人员，请改用打印件',
    en: 'Guests cannot be invited to this kind of record: use a print instead',
  },
  'guest.no_mail': {
    zh: '系统还没有配置邮件服务器，无法发送邀请。请联系管理员配置后再试',
    en: 'No mail server is set up, so no invitation can be sent: ask the administrator to set one up',
  },
  'guest.mail': { zh: '请填写有效的邮箱', en: 'Give a mail address that exists' },
  'guest.domain': {
    zh: '只能邀请这些后缀的邮箱：{domains}。请换一个邮箱，或请管理员修改外部协作规定',
    en: 'Only addresses that end in {domains} may be invited: give another, or ask the administrator to change the guest policy',
  },
  'guest.days': {
    zh: '有效期最短 1 天、最长 {most} 天，请修改',
    en: 'An invitation lasts 1 to {most} days: change it',
  },
  'guest.beyond_rights': {
    zh: '您自己看不到或不能做“{what}”，不能让外部人员看到或处理。请去掉这一项',
    en: 'You may not see or do “{what}” yourself, so no guest may: leave it out',
  },
  'guest.act': {
    zh: '邀请没有允许这样做，请联系邀请人',
    en: 'The invitation does not allow this: ask whoever invited you',
  },
  'guest.changed': {
    zh: '您查看期间内容已有修改。请看过新内容后再答复',
    en: 'The document changed while you were looking. Look at it again, then answer',
  },
  'guest.reason': { zh: '请写明不认可的原因', en: 'Say why you do not agree' },
  'guest.files_many': {
    zh: '最多上传 {most} 个附件，请合并后再传',
    en: 'At most {most} files are taken: combine some of them',
  },
  'guest.not_open': { zh: '邀请已经结束，请重新邀请', en: 'The invitation is over: invite again' },
  'guest.confirmation': {
    zh: '须先经外部人员确认当前内容，才能提交。请点“邀请外部确认”，对方确认后再提交；确认后改过内容的要重新确认',
    en: 'Somebody outside must confirm it as it stands before it is submitted. Invite a guest and submit once he confirmed; what was changed since must be confirmed again',
  },
}
