// A letter of one or many messages, as text and HTML, in its reader's language.
import type { Letter } from './mail.ts'
import type { Words } from './words.ts'

export interface Item extends Words {
  readonly entity: string
  readonly record: string
  readonly urgent: boolean
}

const words = {
  zh: {
    several: (n: number) => `${n} 条消息`,
    urgent: '紧急',
    open: '打开',
    why: '您收到此邮件，是因为上述事项与您有关。',
    settings: '调整接收方式',
  },
  en: {
    several: (n: number) => `${n} messages`,
    urgent: 'Urgent',
    open: 'Open',
    why: 'You get this letter because the above concerns you.',
    settings: 'Choose what you get',
  },
} as const

/** Items without text are hidden from their reader and must not come here. `url`: of the installation, without a slash. */
export function letterOf(
  items: readonly Item[],
  { lang, product, url }: { readonly lang: 'zh' | 'en'; readonly product: string; readonly url: string },
): Pick<Letter, 'subject' | 'text' | 'html' | 'settings'> {
  const say = words[lang]
  const [first] = items
  const settings = `${url}/account`
  const about = items.length === 1 && first ? (first.text ?? first.kind) : say.several(items.length)
  const lines = items.map(item => ({
    head: `${item.urgent ? `[${say.urgent}] ` : ''}${item.kind}`,
    text: item.text ?? '',
    at: `${url}/${item.module}/${item.entity}/${item.record}`,
  }))
  return {
    subject: `[${product}] ${clip(about)}`,
    text: [
      ...lines.map(({ head, text, at }) => `${head}\n${text}\n${at}`),
      `${say.why} ${say.settings}: ${settings}`,
    ].join('\n\n'),
    html: `<!doctype html><html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"><body style="font:15px/1.6 system-ui,sans-serif;color:#1f2329">
${lines
  .map(
    ({ head, text, at }) =>
      `<p style="margin:0 0 16px"><span style="color:#646a73">${asHtml(head)}</span><br>${asHtml(text)}<br><a href="${asHtml(at)}">${say.open}</a></p>`,
  )
  .join('\n')}
<p style="color:#646a73;font-size:13px">${say.why} <a href="${asHtml(settings)}">${say.settings}</a></p></body></html>`,
    settings,
  }
}

const longest = 120
const clip = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line
}
const asHtml = (text: string): string => text.replace(/[&<>"']/g, each => `&#${each.charCodeAt(0)};`)
