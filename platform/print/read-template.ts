// A print template as somebody saved or sent it: read strictly, so that one that cannot be printed is never kept.
import type { Json } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import type { PrintBlock, PrintTemplate } from '../client/print.ts'

export type ReadTemplate =
  | { readonly ok: true; readonly template: PrintTemplate }
  /** Where it is wrong (`blocks.2.fields.0`) and why: a code below `print_template.`. */
  | { readonly ok: false; readonly at: string; readonly reason: string }

type Body = Readonly<Record<string, unknown>>
class Wrong extends Error {
  constructor(
    readonly at: string,
    readonly reason: string,
  ) {
    super(`${at}: ${reason}`)
  }
}
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)

const most = { blocks: 60, fields: 200, boxes: 12, text: 4000, label: 200 }

/** Fields that have something to print. */
const printable = (kind: string) => kind !== 'json' && kind !== 'lines'

export function readTemplate(value: Json | undefined, shape: Shape): ReadTemplate {
  try {
    return { ok: true, template: read(value, shape) }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, at: error.at, reason: error.reason }
    throw error
  }
}

function read(value: unknown, shape: Shape): PrintTemplate {
  const body = bodyOf(value, '', ['landscape', 'head', 'blocks', 'note'])
  const head = bodyOf(body.head, 'head', ['company', 'title', 'about', 'logo', 'code'])
  const field = (name: unknown, at: string): string => {
    const known = typeof name === 'string' ? shape.fields.get(name) : undefined
    if (!known) throw new Wrong(at, 'field')
    if (!printable(known.def.kind)) throw new Wrong(at, 'field')
    return known.name
  }
  const text = (given: unknown, at: string, longest = most.label) => filled(textOf(given, at, longest), at, shape)
  return {
    landscape: flag(body.landscape, 'landscape'),
    head: {
      company: text(head.company, 'head.company'),
      title: text(head.title, 'head.title'),
      about: list(head.about, 'head.about', 6, field),
      logo: flag(head.logo, 'head.logo'),
      code: flag(head.code, 'head.code'),
    },
    blocks: list(body.blocks, 'blocks', most.blocks, (block, at) => readBlock(block, at, shape, field, text)),
    note: text(body.note, 'note', 400),
  }
}

type Text = (given: unknown, at: string, longest?: number) => string

function readBlock(
  value: unknown,
  at: string,
  shape: Shape,
  field: (name: unknown, at: string) => string,
  text: Text,
): PrintBlock {
  const is = isBody(value) ? value.is : undefined
  switch (is) {
    case 'fields': {
      const body = bodyOf(value, at, ['is', 'title', 'columns', 'fields'])
      const columns = [1, 2, 3].find(each => each === body.columns)
      if (columns !== 1 && columns !== 2 && columns !== 3) throw new Wrong(`${at}.columns`, 'value')
      return {
        ...{ is, title: text(body.title, `${at}.title`), columns },
        fields: list(body.fields, `${at}.fields`, most.fields, (given, where) => {
          const each = bodyOf(given, where, ['name', 'wide'])
          return { name: field(each.name, where), ...(each.wide === undefined ? {} : { wide: flag(each.wide, where) }) }
        }),
      }
    }
    case 'lines': {
      const body = bodyOf(value, at, ['is', 'title', 'field', 'columns', 'totals'])
      const lines = shape.lines.find(each => each.field === body.field)
      if (!lines) throw new Wrong(`${at}.field`, 'field')
      const columns = list(body.columns, `${at}.columns`, 30, (given, where) => {
        const each = bodyOf(given, where, ['name', 'share'])
        const known = typeof each.name === 'string' ? lines.of.fields.get(each.name) : undefined
        if (!known || !printable(known.def.kind)) throw new Wrong(where, 'field')
        if (each.share === undefined) return { name: known.name }
        if (typeof each.share !== 'number' || !(each.share > 0) || each.share > 1000) throw new Wrong(where, 'share')
        return { name: known.name, share: each.share }
      })
      if (columns.length === 0) throw new Wrong(`${at}.columns`, 'empty')
      return {
        is,
        title: text(body.title, `${at}.title`),
        field: lines.field,
        columns,
        totals: flag(body.totals, `${at}.totals`),
      }
    }
    case 'words': {
      const body = bodyOf(value, at, ['is', 'field'])
      const name = field(body.field, `${at}.field`)
      if (shape.fields.get(name)?.def.kind !== 'money') throw new Wrong(`${at}.field`, 'money')
      return { is, field: name }
    }
    case 'text': {
      const body = bodyOf(value, at, ['is', 'text', 'align', 'size'])
      const align = (['left', 'center', 'right'] as const).find(each => each === body.align)
      const size = (['small', 'normal', 'large'] as const).find(each => each === body.size)
      if (!align || !size) throw new Wrong(at, 'value')
      return { is, text: text(body.text, `${at}.text`, most.text), align, size }
    }
    case 'signatures': {
      const body = bodyOf(value, at, ['is', 'boxes'])
      return {
        is,
        boxes: list(body.boxes, `${at}.boxes`, most.boxes, (given, where) => {
          const each = bodyOf(given, where, ['label', 'name', 'step'])
          const step = each.step === undefined ? '' : textOf(each.step, `${where}.step`, most.label).trim()
          return {
            ...{ label: text(each.label, `${where}.label`), name: text(each.name, `${where}.name`) },
            ...(step === '' ? {} : { step }),
          }
        }),
      }
    }
    case 'trail':
    case 'attachments':
      return { is, title: text(bodyOf(value, at, ['is', 'title']).title, `${at}.title`) }
    case 'page':
      bodyOf(value, at, ['is'])
      return { is }
    default:
      throw new Wrong(at, 'block')
  }
}

function bodyOf(value: unknown, at: string, known: readonly string[]): Body {
  if (!isBody(value)) throw new Wrong(at, 'shape')
  const stranger = Object.keys(value).find(key => !known.includes(key))
  if (stranger !== undefined)
    throw new Wrong(at === '' ? stranger.slice(0, 60) : `${at}.${stranger.slice(0, 60)}`, 'unknown_key')
  return value
}
function list<T>(value: unknown, at: string, longest: number, read: (each: unknown, at: string) => T): T[] {
  if (!Array.isArray(value)) throw new Wrong(at, 'shape')
  if (value.length > longest) throw new Wrong(at, 'many')
  return value.map((each, i) => read(each, `${at}.${i}`))
}
function flag(value: unknown, at: string): boolean {
  if (typeof value !== 'boolean') throw new Wrong(at, 'value')
  return value
}
function textOf(value: unknown, at: string, longest: number): string {
  if (typeof value !== 'string') throw new Wrong(at, 'shape')
  if (value.length > longest) throw new Wrong(at, 'long')
  return value
}

/** `{field}` in a text: of the record's own fields, or `{title}`. */
export const placeholder = /\{(\w+)\}/g
function filled(text: string, at: string, shape: Shape): string {
  for (const [, name = ''] of text.matchAll(placeholder)) {
    const known = shape.fields.get(name)
    if (name !== 'title' && !(known && printable(known.def.kind))) throw new Wrong(at, 'placeholder')
  }
  return text
}
