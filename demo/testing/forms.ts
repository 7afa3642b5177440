// Every kind of form of the demo as paper, read back: what the screen shows of a record stands on it, label beside value, line
// by line, in the same words.
import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import type { EntityMeta, FieldMeta, Json, Meta, Page, RecordJson } from '@yingzao/kernel/entity'
import type { Client } from '@yingzao/platform/client'
import { formats } from '@yingzao/ui/text/format'

/** Of each kind of document the newest and what was there first; of everything else one. */
const manyOf = ({ kind }: EntityMeta) => (kind === 'document' ? 2 : 1)
const zone = 'Asia/Shanghai'
const say = formats('zh')

export interface Forms {
  readonly count: number
  /** Pages of each form, by entity. */
  readonly pages: Readonly<Record<string, readonly number[]>>
  /** What the screen shows and the paper does not. */
  readonly missing: readonly string[]
}

/** Prints them as the one whose client it is. */
export async function printedForms(
  client: Client,
  print: (entity: string, id: string) => Promise<Uint8Array>,
): Promise<Forms> {
  const { meta } = (await client.meta()) ?? {}
  if (!meta) throw new Error('no meta')
  const pages: Record<string, number[]> = {}
  const missing: string[] = []
  for (const entity of meta.entities.filter(({ kind }) => kind !== 'line')) {
    const records = client.entity(entity.name)
    const { items } = await records.list({ limit: 500 })
    const chosen = manyOf(entity) === 1 ? items.slice(0, 1) : [...new Set([...items.slice(0, 1), ...items.slice(-1)])]
    for (const found of chosen) {
      const { items, refs } = await records.list({ filter: { id: { eq: found.id } }, limit: 1 })
      const record = items[0]
      if (!record) continue
      const read = readPdf(await print(entity.name, record.id))
      const made = pages[entity.name] ?? []
      pages[entity.name] = [...made, read.length]
      // In the order of drawing, without the foot of each page: a cell may go on over the page.
      const drawn = read.flatMap(page => page.pieces.filter(piece => piece.y > 44).map(piece => piece.text))
      const paper = bare(drawn.join(''))
      for (const words of shownOf(meta, entity, record, refs))
        if (!paper.includes(bare(words))) missing.push(`${entity.name} ${made.length}: ${words}`)
    }
  }
  return { count: Object.values(pages).flat().length, pages, missing }
}

const bare = (text: string): string => text.replace(/\s/g, '')

/** The record page's own rule of what is shown: ui/form/sections.ts. */
function shownOf(meta: Meta, entity: EntityMeta, record: RecordJson, refs: Page['refs']): string[] {
  const form = Object.values(entity.views ?? {}).find(view => view.kind === 'form')
  const named = new Set(form?.sections.flatMap(section => section.fields))
  const shown = entity.fields.filter(
    field =>
      field.name in record &&
      field.kind !== 'json' &&
      !field.quiet &&
      (named.has(field.name) || !field.system || field.formula) &&
      // What applies only on a condition is shown where it does: there it is filled, and “no” is said elsewhere too.
      (field.when === undefined || (filled(record[field.name]) && record[field.name] !== false)),
  )
  return shown.flatMap(field => {
    if (field.kind !== 'lines') return [`${labelOf(field)}${textOf(field, record[field.name], refs)}`]
    const line = meta.entities.find(({ name }) => name === field.of)
    const columns = line?.fields.filter(({ quiet, system, kind }) => !quiet && !system && kind !== 'json') ?? []
    return linesIn(record[field.name]).map((row, at) => {
      const cells = columns.filter(({ name }) => name in row).map(column => textOf(column, row[column.name], refs))
      return `${at + 1}${cells.join('')}`
    })
  })
}

const filled = (value: Json | undefined): boolean =>
  value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
const labelOf = ({ label, unit }: FieldMeta): string => (unit ? `${label.zh} (${unit.zh})` : label.zh)
const linesIn = (value: Json | undefined): readonly Readonly<Record<string, Json>>[] =>
  Array.isArray(value)
    ? value.filter(
        (row): row is Readonly<Record<string, Json>> => typeof row === 'object' && row !== null && !Array.isArray(row),
      )
    : []

/** As the screen says it: ui/field/value.tsx, in the zone of the company. */
function textOf(field: FieldMeta, value: Json | undefined, refs: Page['refs']): string {
  if (!filled(value) || value === undefined) return '—'
  if (field.right === 'masked') return String(value)
  const title = (entity: string, id: Json) => refs[entity]?.[String(id)] ?? '—'
  const all = (words: (one: Json) => string) => (Array.isArray(value) ? value.map(words).join('、') : '')
  switch (field.kind) {
    case 'money':
    case 'integer':
    case 'percent':
    case 'duration':
      return say[field.kind](value)
    case 'number':
      return say.number(value, field.scale ?? 4)
    case 'instant':
      return new Date(String(value)).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16)
    case 'flag':
      return value === true ? '是' : '否'
    case 'choice':
      return field.options[String(value)]?.zh ?? ''
    case 'multi_choice':
      return all(one => field.options[String(one)]?.zh ?? '')
    case 'ref':
      return title(field.to, value)
    case 'user':
    case 'org_unit':
      return title(field.kind, value)
    case 'multi_ref':
      return all(id => title(field.to, id))
    case 'file':
      return all(file => (typeof file === 'object' && file !== null && 'name' in file ? String(file.name) : ''))
    default:
      return String(value)
  }
}
