// A record as a sheet: what its reader may see of it, arranged by a template. Fields he may not see are not on it.
import { amountInWords, type Decimal, EMPTY, formatAmount, isDecimal, sum } from '@yingzao/engines/money'
import type { Block, Cell, Column, Pair, Picture } from '@yingzao/formats/pdf'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import { type FieldDef, type Json, titleField } from '@yingzao/kernel/entity'
import { holds } from '@yingzao/kernel/records/can'
import { refsOf } from '@yingzao/kernel/records/title'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { get } from '@yingzao/kernel/server'
import type { PrintBlock, PrintTemplate } from '../client/print.ts'
import { listAttachments } from '../discussion/attachments.ts'
import { companyOf } from './company.ts'
import { guestBlocks } from './guest-answers.ts'
import { placeholder } from './read-template.ts'
import type { SentSheet } from './thread-message.ts'
import { type Paper, papersOf, signaturesAt, trailBlock } from './trail.ts'
import { isFigure, moment, printed, type Reading } from './value.ts'
import { say } from './words.ts'

type Row = Readonly<Record<string, Json>>

/** The record once read: all blocks say the same. */
export interface Subject {
  readonly ctx: Ctx
  readonly shape: Shape
  readonly record: Row & { readonly id: string; readonly version: number }
  readonly how: Reading
}

export async function readSubject(ctx: Ctx, shape: Shape, id: string): Promise<Subject> {
  const record = await get(ctx, shape.name, id)
  const refs = await refsOf(ctx, shape, [record])
  return { ctx, shape, record, how: { lang: ctx.lang, zone: ctx.zone, refs } }
}

export interface Look {
  readonly template: PrintTemplate
  readonly logo: Picture | null
  readonly foot: string
  readonly watermark: string | null
}
/** A sheet that lacks its code still. */
export type Bare = Omit<SentSheet, 'about'>

export async function sheetOfRecord(subject: Subject, { template, logo, foot, watermark }: Look): Promise<Bare> {
  const { ctx, shape } = subject
  const pictures: Record<string, Picture> = logo && template.head.logo ? { logo } : {}
  const blocks: SentSheet['blocks'][number][] = []
  for (const block of template.blocks) blocks.push(...(await blocksOf(subject, block, pictures)))
  blocks.push(...(await guestBlocks(ctx, shape, subject.record.id, pictures)))
  const about = template.head.about.flatMap(name => {
    const field = shape.fields.get(name)
    const text = field && shows(subject, name) ? printed(subject.record[name], field.def, subject.how) : EMPTY
    return field && text !== EMPTY ? [`${field.def.label[ctx.lang]} ${text}`] : []
  })
  return {
    landscape: template.landscape,
    lang: ctx.lang,
    head: {
      company: filled(subject, template.head.company) || (await companyOf(ctx, shape, subject.record)),
      title: filled(subject, template.head.title) || shape.def.label[ctx.lang],
      about,
      ...(pictures.logo ? { logo: 'logo' } : {}),
    },
    ...{ blocks, pictures, foot, watermark, note: filled(subject, template.note) },
  }
}

/** As on the screen: a field that applies only while its condition holds is left out while it does not. */
function shows({ ctx, shape, record }: Subject, name: string): boolean {
  if (!(name in record)) return false
  const condition = shape.conditions.when.get(name)
  if (!condition) return true
  const empty = Object.fromEntries([...shape.fields.keys()].map(each => [each, null]))
  return holds(ctx, condition, { ...empty, ...record })
}

async function blocksOf(
  subject: Subject,
  block: PrintBlock,
  pictures: Record<string, Picture>,
): Promise<SentSheet['blocks']> {
  const { ctx, shape, record, how } = subject
  const heading = (title: string): Extract<Block, { is: 'heading' }>[] =>
    title === '' ? [] : [{ is: 'heading', text: filled(subject, title) }]
  switch (block.is) {
    case 'fields': {
      const pairs = block.fields.flatMap(({ name, wide }): Pair[] => {
        const field = shape.fields.get(name)
        if (!field || !shows(subject, name)) return []
        return [
          {
            ...{ label: labelOf(field.def, ctx.lang), value: printed(record[name], field.def, how) },
            ...(wide ? { wide } : {}),
            ...(isFigure(field.def) ? { figure: true } : {}),
          },
        ]
      })
      return pairs.length === 0 ? [] : [...heading(block.title), { is: 'pairs', columns: block.columns, pairs }]
    }
    case 'lines': {
      const table = linesOf(subject, block)
      return table ? [...heading(block.title), table] : []
    }
    case 'words': {
      const field = shape.fields.get(block.field)
      const amount = record[block.field]
      if (!field || !isAmount(amount) || !shows(subject, block.field)) return []
      const value = `${amountInWords(amount)}${say(ctx.lang, 'inFigures', { amount: formatAmount(amount) })}`
      return [{ is: 'pairs', columns: 1, pairs: [{ label: say(ctx.lang, 'inWords'), value }] }]
    }
    case 'text': {
      const size = { small: 7.5, normal: 9, large: 13 }[block.size]
      return [{ is: 'text', text: filled(subject, block.text), align: block.align, size, bold: block.size === 'large' }]
    }
    case 'signatures': {
      // What people said among themselves is not for guests.
      const asks = ctx.principal.kind !== 'guest' && block.boxes.some(box => box.step !== undefined)
      const signed = asks ? await signaturesAt(ctx, shape, record.id, pictures) : () => []
      return [
        {
          is: 'signatures',
          boxes: block.boxes.flatMap(({ label, name, step }) => {
            const empty = { label: filled(subject, label), name: filled(subject, name) }
            const found = step === undefined ? [] : signed(step)
            return found.length === 0 ? [empty] : found.map(box => ({ ...box, label: empty.label }))
          }),
        },
      ]
    }
    case 'trail': {
      // What people said among themselves is not for guests.
      if (ctx.principal.kind === 'guest') return []
      const table = await trailBlock(ctx, shape, record.id, pictures)
      return table ? [...heading(block.title), table] : []
    }
    case 'attachments': {
      const files = await filesOf(subject)
      if (files.length === 0) return []
      return [
        ...heading(block.title),
        {
          is: 'table',
          columns: [
            { label: say(ctx.lang, 'no') },
            { label: say(ctx.lang, 'file') },
            { label: say(ctx.lang, 'size'), figure: true },
            { label: say(ctx.lang, 'addedBy') },
            { label: say(ctx.lang, 'at') },
          ],
          rows: [
            files.map((file, i) => [
              String(i + 1),
              file.name,
              bytes(file.size),
              file.by || EMPTY,
              moment(file.at, ctx.zone),
            ]),
          ],
        },
      ]
    }
    case 'page':
      return [{ is: 'page' }]
  }
}

/** What hangs on the record, and what was given with opinions on it; the latter is not for guests. */
async function filesOf({ ctx, shape, record }: Subject): Promise<readonly Paper[]> {
  const own = shape.def.discussion === false ? [] : await listAttachments(ctx, shape.name, record.id)
  const given = ctx.principal.kind === 'guest' ? [] : await papersOf(ctx, shape, record.id)
  return [...own.map(({ name, size, by, at }) => ({ name, size, by: by?.name ?? '', at })), ...given]
}

export const labelOf = (def: FieldDef, lang: 'zh' | 'en'): string =>
  def.unit ? `${def.label[lang]} (${def.unit[lang]})` : def.label[lang]

type Lines = Extract<PrintBlock, { is: 'lines' }>

function linesOf(subject: Subject, block: Lines): SentSheet['blocks'][number] | null {
  const { ctx, shape, record, how } = subject
  const lines = shape.lines.find(each => each.field === block.field)
  const rows = rowsIn(record[block.field])
  if (!lines || !shows(subject, block.field)) return null
  const rights = rightsOf(ctx, shape.name)
  const seen = (name: string) =>
    (['read', 'masked'] as const).some(use => !isNone(rights.field(`${block.field}.${name}`, use))) &&
    (rows.length === 0 || rows.some(row => name in row))
  const fields = block.columns.flatMap(({ name, share }) => {
    const field = lines.of.fields.get(name)
    return field && seen(name) ? [{ ...field, share }] : []
  })
  if (fields.length === 0) return null
  const columns: Column[] = [
    { label: say(ctx.lang, 'no'), ...(fields.every(field => field.share !== undefined) ? { share: 5 } : {}) },
    ...fields.map(({ def, share }) => ({
      label: labelOf(def, ctx.lang),
      ...(isFigure(def) ? { figure: true } : {}),
      ...(share === undefined ? {} : { share }),
    })),
  ]
  const body = rows.map((row, i): readonly Cell[] => [
    String(i + 1),
    ...fields.map(({ name, def }) => (name in row ? printed(row[name], def, how) : EMPTY)),
  ])
  const sums = fields.map(({ name, def }) => (addsUp(name, def) ? sum(rows.flatMap(row => amountIn(row[name]))) : null))
  const totals = block.totals && rows.length > 0 && sums.some(each => each !== null)
  return {
    ...{ is: 'table', columns, rows: [body], none: EMPTY },
    ...(totals ? { totals: totalsLine(ctx.lang, columns, [null, ...sums]) } : {}),
  }
}

/** “合计” stands in the first column wide enough for it: the one after the running number. */
export function totalsLine(lang: 'zh' | 'en', columns: readonly Column[], sums: readonly (Decimal | null)[]): string[] {
  const free = sums.findIndex((each, i) => each === null && !(i === 0 && sums.length > 1 && sums[1] === null))
  return columns.map((_, i) => {
    const value = sums[i]
    return value === null || value === undefined ? (i === free ? say(lang, 'total') : '') : formatAmount(value)
  })
}

/** Figures whose sum means something: amounts, not unit prices. */
export const addsUp = (name: string, def: FieldDef): boolean => def.kind === 'money' && !/(^|_)(rate|price)$/.test(name)

const isAmount = (value: Json | undefined): value is Decimal => typeof value === 'string' && isDecimal(value)
const amountIn = (value: Json | undefined): readonly Decimal[] => (isAmount(value) ? [value] : [])
const rowsIn = (value: Json | undefined): readonly Row[] =>
  Array.isArray(value)
    ? value.filter((row): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row))
    : []

/** `{field}` is replaced by its value; what its reader may not see is empty. */
function filled({ shape, record, how, ctx }: Subject, text: string): string {
  return text.replace(placeholder, (_, name: string) => {
    const field = shape.fields.get(name === 'title' ? titleField(shape.def, ctx.lang) : name)
    return field && field.name in record ? printed(record[field.name], field.def, how).replace(EMPTY, '') : ''
  })
}

export function titleOf({ shape, record, how, ctx }: Subject): string {
  const field = shape.fields.get(titleField(shape.def, ctx.lang))
  return field && field.name in record ? printed(record[field.name], field.def, how) : EMPTY
}

const bytes = (size: number): string =>
  size < 1024
    ? `${size} B`
    : size < 1_048_576
      ? `${Math.round(size / 102.4) / 10} kB`
      : `${Math.round(size / 104857.6) / 10} MB`
