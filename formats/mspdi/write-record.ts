// Puts a record's elements into the order of the schema: declared fields, fields kept aside, and nested parts.
import type { Extra } from '@yingzao/engines/schedule/plan'
import type { Texts } from '../field.ts'
import type { LossLog } from '../loss.ts'
import { type Element, type ElementContent, element } from '../xml/write.ts'

export interface RecordParts {
  name: string
  order: readonly string[]
  texts: Texts
  extra?: Extra | undefined
  nested?: readonly Element[]
}

const orders = new Map<readonly string[], ReadonlySet<string>>()

/** Elements kept aside are written only where the schema knows them; others are named as losses. */
export function recordElement(parts: RecordParts, losses: LossLog): Element {
  const { name, order, texts, extra, nested = [] } = parts
  let known = orders.get(order)
  if (!known) {
    known = new Set(order)
    orders.set(order, known)
  }
  for (const key of Object.keys(extra ?? {})) if (!known.has(key)) losses.add('target', `${name}/${key}`, extra?.[key])
  const content: ElementContent[] = []
  for (const key of order) {
    const text = texts[key] ?? extra?.[key]
    if (text !== undefined) content.push([key, text])
    for (const part of nested) if (part.name === key) content.push(part)
  }
  return element(name, content)
}
