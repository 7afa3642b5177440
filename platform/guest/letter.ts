// Letters to guests: the invitation with its link, and the code. They go out at once and are kept nowhere: a job would keep them
// in its input.
import type { Host } from '../http/host.ts'

type Lang = 'zh' | 'en'
/** Text, the code said large, or a link as a button. */
export type Paragraph = string | { readonly figure: string } | { readonly link: string; readonly label: string }

const words = {
  invited: {
    zh: '{inviter}（{company}）邀请您查看“{subject}”',
    en: '{inviter} of {company} asks you to look at “{subject}”',
  },
  dear: { zh: '{name}，您好：', en: 'Dear {name},' },
  please: {
    zh: '{inviter}（{company}）邀请您查看并处理：{subject}。',
    en: '{inviter} of {company} asks you to look at and respond to: {subject}.',
  },
  said: { zh: '附言：{message}', en: 'They write: {message}' },
  open: { zh: '打开', en: 'Open' },
  until: {
    zh: '链接是您个人专用的，有效至 {until}，请勿转发。打开后会向此邮箱发送一次性验证码，无需注册账号。',
    en: 'The link is yours alone and works until {until}: do not forward it. When you open it, a one-time code is sent to this mailbox; you need no account.',
  },
  code: { zh: '验证码 {code}', en: 'Your code: {code}' },
  codeIs: { zh: '您的一次性验证码：', en: 'Your one-time code:' },
  codeUse: {
    zh: '{minutes} 分钟内有效，只能使用一次。不是您本人操作时，请忽略此邮件。',
    en: 'It works for {minutes} minutes and once. If you did not ask for it, ignore this letter.',
  },
  replied: {
    zh: '{inviter}（{company}）回复了您关于“{subject}”的留言，请从邀请邮件中的链接打开查看。',
    en: '{inviter} of {company} answered your comment on “{subject}”. Open it by the link of your invitation.',
  },
} as const

export const sayTo = (lang: Lang, word: keyof typeof words, values: Readonly<Record<string, string>> = {}): string =>
  words[word][lang].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

/** False: there is no mail server, or it refused the address for good. Throws when another try may help. */
export async function sendToGuest(
  { post }: Pick<Host, 'post'>,
  to: { readonly mail: string; readonly lang: Lang; readonly id: string },
  subject: string,
  paragraphs: readonly Paragraph[],
): Promise<boolean> {
  if (!post) return false
  return post.mailer.send({
    to: to.mail,
    subject: `[${post.product}] ${subject}`.replace(/\s+/g, ' ').slice(0, 160),
    id: `${to.id}@${new URL(post.url).hostname}`,
    text: paragraphs.map(plain).join('\n\n'),
    html: `<!doctype html><html lang="${to.lang === 'zh' ? 'zh-CN' : 'en'}"><body style="font:15px/1.6 system-ui,sans-serif;color:#1f2329">${paragraphs.map(asHtml).join('\n')}</body></html>`,
  })
}

const plain = (each: Paragraph): string =>
  typeof each === 'string' ? each : 'figure' in each ? each.figure : each.link

function asHtml(each: Paragraph): string {
  if (typeof each === 'string') return `<p style="margin:0 0 16px;white-space:pre-line">${quoted(each)}</p>`
  if ('figure' in each)
    return `<p style="margin:0 0 16px;font:600 28px/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.2em">${quoted(each.figure)}</p>`
  return `<p style="margin:0 0 20px"><a href="${quoted(each.link)}" style="display:inline-block;padding:10px 24px;border-radius:6px;background:#1a5da4;color:#fff;text-decoration:none">${quoted(each.label)}</a></p>`
}
const quoted = (text: string): string => text.replace(/[&<>"']/g, each => `&#${each.charCodeAt(0)};`)
