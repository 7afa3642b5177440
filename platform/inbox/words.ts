// The words of a message: its tell's text filled with the record's values as this reader may see them now.
import { EMPTY, formatAmount, formatPercent, formatQuantity } from '@yingzao/engines/money'
import type { Ctx } from '@yingzao/kernel/context'
import { amountField } from '@yingzao/kernel/documents/amount'
import { type FieldDef, fieldsTold, isDecimal, type Json, type Label, type Page } from '@yingzao/kernel/entity'
import { Refusal } from '@yingzao/kernel/refuse'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { list, titlesOf } from '@yingzao/kernel/server'
import { writeCell } from '../exchange/cell.ts'
import { fill } from '../messages/render.ts'
import { commonTells, tellOf } from './news.ts'

export interface About {
  readonly id: string
  readonly entity: string
  readonly record: string
  readonly tell: string
  /** Of a superior's: whose it was. */
  readonly unread_by?: string | null
}
export interface Words {
  /** What kind of news it is. */
  readonly kind: string
  /** Null: its reader may not see the record (any more), or it is gone. */
  readonly text: string | null
  /** Folder of the record's page; null with the text. */
  readonly module: string | null
}

/** By message. What each reader sees is asked with his own rights, an entity at a time. */
export async function inWords(ctx: Ctx, messages: readonly About[]): Promise<ReadonlyMap<string, Words>> {
  const words = new Map<string, Words>()
  const late = messages.flatMap(each => each.unread_by ?? [])
  const names = late.length === 0 ? {} : await titlesOf(ctx, 'user', [...new Set(late)])
  for (const entity of new Set(messages.map(each => each.entity))) {
    const about = messages.filter(each => each.entity === entity)
    const shape = ctx.registry.shapes.get(entity)
    const seen = shape ? await recordsOf(ctx, shape, about) : null
    for (const { id, record, tell: name, unread_by } of about) {
      const tell = tellOf(shape, name)
      const row = seen?.rows.get(record)
      const kind = tell?.label[ctx.lang] ?? shape?.def.label[ctx.lang] ?? entity
      const text =
        shape && tell && seen && row
          ? (commonTells.has(name) ? sayCommon : say)(ctx, shape, tell.text, row, seen)
          : null
      const whose = unread_by ? (names[unread_by] ?? EMPTY) : null
      const said =
        whose === null || text === null
          ? text
          : ctx.lang === 'zh'
            ? `${whose} 逾时未读：${text}`
            : `Not read in time by ${whose}: ${text}`
      words.set(id, { kind, text: said, module: text === null ? null : (shape?.module ?? null) })
    }
  }
  return words
}

/** Records of one question. */
const most = 200

interface Seen {
  readonly rows: ReadonlyMap<string, Readonly<Record<string, Json>>>
  readonly refs: Page['refs']
  readonly titles: Readonly<Record<string, string>>
}

async function recordsOf(ctx: Ctx, shape: Shape, about: readonly About[]): Promise<Seen | null> {
  const ids = [...new Set(about.map(each => each.record))]
  const told = Object.values(shape.def.tells ?? {}).flatMap(fieldsTold)
  const fields = [...new Set([...told, amountField(shape)?.name ?? ''])].filter(name => shape.fields.has(name))
  const rows = new Map<string, Readonly<Record<string, Json>>>()
  const refs: Record<string, Record<string, string>> = {}
  try {
    // In parts: a list answers so many at once, and whoever was away long has more waiting.
    for (let from = 0; from < ids.length; from += most) {
      const part = ids.slice(from, from + most)
      const page = await list(ctx, shape.name, { filter: { id: { in: part } }, fields, limit: part.length })
      for (const row of page.items) rows.set(row.id, row)
      for (const [entity, titles] of Object.entries(page.refs)) refs[entity] = { ...refs[entity], ...titles }
    }
    return { rows, refs, titles: await titlesOf(ctx, shape.name, ids) }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'access.denied') return null
    throw error
  }
}

function say(ctx: Ctx, shape: Shape, text: Label, row: Readonly<Record<string, Json>>, { refs, titles }: Seen): string {
  const values = fieldsTold({ text }).map(name => {
    if (name === 'title') return [name, titles[String(row.id)] ?? EMPTY]
    const def = shape.fields.get(name)?.def
    return [name, def ? valueInWords(def, row[name], ctx, refs) : EMPTY]
  })
  return fill(text[ctx.lang], Object.fromEntries(values))
}

/** `{amount}` says nothing where there is none or its reader may not see it. */
function sayCommon(
  { lang }: Ctx,
  shape: Shape,
  text: Label,
  row: Readonly<Record<string, Json>>,
  { titles }: Seen,
): string {
  const field = amountField(shape)
  const value = field && row[field.name]
  const amount = field && isDecimal(value) ? `${field.def.label[lang]} ${formatAmount(value)}` : null
  return fill(text[lang], {
    title: titles[String(row.id)] ?? EMPTY,
    kind: shape.def.label[lang],
    amount: amount === null ? '' : lang === 'zh' ? `（${amount}）` : ` (${amount})`,
  })
}

/** As a person writes it: amounts with thousands, choices and references by name; nothing and what is hidden alike as a dash. */
function valueInWords(
  def: FieldDef,
  value: Json | undefined,
  { lang, zone }: Pick<Ctx, 'lang' | 'zone'>,
  refs: Page['refs'],
): string {
  if (value === null || value === undefined || value === '') return EMPTY
  if (isDecimal(value)) {
    if (def.kind === 'money') return formatAmount(value)
    if (def.kind === 'percent') return formatPercent(value)
    if (def.kind === 'number') return formatQuantity(value)
  }
  const title = (entity: string, id: string) => refs[entity]?.[id] ?? EMPTY
  return String(writeCell(value, def, { lang, zone, title }) ?? EMPTY).replace('T', def.kind === 'instant' ? ' ' : 'T')
}
