// From a code and its values to what a person reads: modules' refusals, the kernel's and the platform's own messages.

import { refusalMessage } from '@yingzao/formats/message'
import type { Json, Label } from '@yingzao/kernel/entity'
import { kernelMessages } from '@yingzao/kernel/messages'
import type { Registry } from '@yingzao/kernel/registry'
import { authMessages } from '../auth/messages.ts'
import { discussionMessages } from '../discussion/messages.ts'
import { exchangeMessages } from '../exchange/messages.ts'
import { fileMessages } from '../files/messages.ts'
import { guestMessages } from '../guest/messages.ts'
import { httpMessages } from '../http/messages.ts'
import { printMessages } from '../print/messages.ts'

const own: Readonly<Record<string, Label>> = {
  ...kernelMessages,
  ...httpMessages,
  ...authMessages,
  ...fileMessages,
  ...exchangeMessages,
  ...discussionMessages,
  ...printMessages,
  ...guestMessages,
}

/** Codes of unreadable files, worded where the formats are. */
const FORMATS = /^(format|table|plan_file|xlsx|csv|zip|xml)\./
const plain = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, value] as const] : [],
    ),
  )

export type Lang = 'zh' | 'en'
export type Values = Readonly<Record<string, Json>>

/** The text of a code in the reader's language; a code nobody declared shows itself, which a boot check prevents. */
export function renderMessage(registry: Registry, code: string, values: Values, lang: Lang): string {
  const label = own[code] ?? registry.refusals.get(code)
  if (label) return fill(label[lang], values)
  return FORMATS.test(code) ? refusalMessage({ code, values: plain(values) })[lang] : code
}

/** Replaces `{name}` by the value; lists are joined. */
export const fill = (text: string, values: Values): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : show(value)
  })

const show = (value: Json): string => {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.map(show).join('、')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** The first language of Accept-Language that we speak. */
export function chooseLang(header: string | undefined, fallback: Lang): Lang {
  for (const part of (header ?? '').split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase()
    if (tag === 'zh' || tag === 'en') return tag
  }
  return fallback
}
