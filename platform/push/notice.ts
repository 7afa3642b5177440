// What a device shows: title, words, the page a click opens, the number on the app's icon. Small enough for every push service.
import type { Item } from '../inbox/channel.ts'
import { mostBytes } from './encryption.ts'
import type { Packet } from './service.ts'

export interface Notice {
  readonly title: string
  readonly body: string
  /** What carries the tag of one shown takes its place. */
  readonly tag: string
  /** A page of this installation. */
  readonly path: string
  readonly unread: number
  readonly lang: 'zh' | 'en'
}

const words = {
  zh: { several: (n: number) => `${n} 条消息`, urgent: '紧急', test: '推送已开通', tested: '这是一条测试消息。' },
  en: {
    several: (n: number) => `${n} messages`,
    urgent: 'Urgent',
    test: 'Push works',
    tested: 'This is a test message.',
  },
} as const
const shown = 4
/** Letters of a single message, of a line of several, of a title. */
const longest = { body: 300, line: 80, title: 80 }

/** Items are in their reader's words; there is at least one. */
export function noticeOf(
  items: readonly Item[],
  { lang, product, unread }: { readonly lang: 'zh' | 'en'; readonly product: string; readonly unread: number },
): Notice {
  const say = words[lang]
  const [first] = items
  const head = ({ kind, urgent }: Item) => `${urgent ? `[${say.urgent}] ` : ''}${kind}`
  // A reminder is shown anew beside the first.
  const tag = first ? `${first.id}${first.reminded ? '.2' : ''}` : 'news'
  if (first && items.length === 1)
    return {
      ...{ title: clip(head(first), longest.title), body: clip(first.text, longest.body), tag, unread, lang },
      path: `/${first.module}/${first.entity}/${first.record}`,
    }
  const lines = items.slice(0, shown).map(each => clip(`${head(each)}: ${each.text}`, longest.line))
  const more = items.length > shown ? ['…'] : []
  return {
    title: `${product} ${say.several(items.length)}`,
    body: [...lines, ...more].join('\n'),
    tag,
    unread,
    lang,
    path: '/inbox',
  }
}

export const testNotice = (lang: 'zh' | 'en', unread: number): Notice => ({
  ...{ title: words[lang].test, body: words[lang].tested, tag: 'test', path: '/account#messages', unread, lang },
})

/** Encrypted for each device. Words of other scripts take up to four bytes a letter and still fit. */
export function packetOf(notice: Notice, urgent: boolean): Packet {
  const text = JSON.stringify(notice)
  if (Buffer.byteLength(text) > mostBytes) throw new Error('a notice longer than a push may carry')
  return { text, topic: notice.tag.replace(/[^\w]/g, '').slice(0, 32), urgent }
}

const clip = (text: string, most: number): string => {
  const letters = [...text.replace(/\s+/g, ' ').trim()]
  return letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('')
}
