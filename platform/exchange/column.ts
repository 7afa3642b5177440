// The columns of an entity's file: which fields travel, under which header, for whom.
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Ctx } from '@yingzao/kernel/context'
import type { FieldDef } from '@yingzao/kernel/entity'
import { shapeOf } from '@yingzao/kernel/registry'
import { isReadOnly } from '@yingzao/kernel/registry/shape'

export interface ExchangeColumn {
  /** `amount`, or `lines.amount` of a line; `id` is the record's own. */
  readonly key: string
  /** The lines field it is inside of. */
  readonly lines: string | null
  readonly name: string
  readonly def: FieldDef
  readonly header: string
  /** Other headers it goes by: the other language, the plain name. */
  readonly names: readonly string[]
}

const idField: FieldDef = { kind: 'text', label: { zh: '记录ID', en: 'Record ID' } }
/** Files are attached, secrets do not leave, JSON is no cell. */
const aside = new Set<FieldDef['kind']>(['lines', 'file', 'json', 'secret'])
const bookkeeping = new Set(['created_at', 'created_by', 'updated_at', 'updated_by', 'effective_at'])

/** Every field the reader may see, in the order of the declaration; `fields` chooses and orders. The id comes last. */
export function exportColumns(ctx: Ctx, entity: string, fields?: readonly string[]): readonly ExchangeColumn[] {
  const all = columnsOf(ctx, entity).filter(({ key }) => {
    const rights = rightsOf(ctx, entity)
    return key === 'id' || !isNone(rights.field(key, 'read')) || !isNone(rights.field(key, 'masked'))
  })
  const id = all.filter(column => column.key === 'id')
  if (fields === undefined)
    return [...all.filter(({ key, def }) => key !== 'id' && !bookkeeping.has(key) && !def.quiet), ...id]
  const chosen = fields.flatMap(field => all.filter(({ key, lines }) => key === field || lines === field))
  return [...chosen.filter(({ key }) => key !== 'id'), ...id]
}

/** What the caller may fill: by creating, or by changing what is there. */
export function importColumns(ctx: Ctx, entity: string): readonly ExchangeColumn[] {
  const rights = rightsOf(ctx, entity)
  return columnsOf(ctx, entity).filter(
    ({ key, def }) =>
      key === 'id' ||
      (!isReadOnly(def) && (!isNone(rights.field(key, 'create')) || !isNone(rights.field(key, 'update')))),
  )
}

/** Headers that are known but not filled: computed fields, numbers, what the caller may not write. */
export const knownColumns = (ctx: Ctx, entity: string): readonly ExchangeColumn[] => columnsOf(ctx, entity)

function columnsOf(ctx: Ctx, entity: string): readonly ExchangeColumn[] {
  const shape = shapeOf(ctx.registry, entity)
  const column = (lines: string | null, name: string, def: FieldDef, prefix?: FieldDef['label']): ExchangeColumn => {
    const label = (lang: 'zh' | 'en') => (prefix ? `${prefix[lang]} / ${def.label[lang]}` : def.label[lang])
    const key = lines === null ? name : `${lines}.${name}`
    const header = label(ctx.lang)
    return { key, lines, name, def, header, names: [label('zh'), label('en'), key] }
  }
  const own = [...shape.fields.values()]
    .filter(({ def, system }) => !aside.has(def.kind) && !(system && shape.kind === 'line'))
    .map(({ name, def }) => column(null, name, def))
  const lines = shape.lines.flatMap(({ field, of }) => {
    const prefix = shape.fields.get(field)?.def.label
    return [...of.fields.values()]
      .filter(({ def }) => !aside.has(def.kind) && def.kind !== 'multi_ref')
      .map(({ name, def }) => column(field, name, def, prefix))
  })
  return unambiguous([...own, ...lines, column(null, 'id', idField)])
}

/** Two fields of one label get their names behind it, or a file could not be read back. */
function unambiguous(columns: readonly ExchangeColumn[]): readonly ExchangeColumn[] {
  const count = new Map<string, number>()
  for (const { header } of columns) count.set(header, (count.get(header) ?? 0) + 1)
  return columns.map(column =>
    (count.get(column.header) ?? 0) > 1
      ? {
          ...column,
          header: `${column.header} (${column.key})`,
          names: [`${column.header} (${column.key})`, column.key],
        }
      : column,
  )
}
