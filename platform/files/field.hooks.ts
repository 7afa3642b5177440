// Every field of kind file: a record may name only files that its writer uploaded (or that it named before).
// Without this, putting a foreign file's id into a record of one's own would open that file.
import type { Ctx } from '@yingzao/kernel/context'
import type { Entity, FileRef } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import type { FileKeeper, Hooks } from '@yingzao/kernel/serve'
import { own } from '../tables/typed.ts'

type Row = Readonly<Record<string, unknown>>

/** One hook per entity that has file fields. */
export const fileHooks = (entities: readonly Entity[]): readonly Hooks[] =>
  entities.flatMap(entity => {
    const fields = Object.entries(entity.def.fields).flatMap(([name, def]) =>
      def.kind === 'file' ? [{ name, max: def.max ?? 50 }] : [],
    )
    return fields.length === 0
      ? []
      : [
          {
            is: 'hooks',
            entity: entity.name,
            about: fields.map(({ name }) => name),
            beforeSave: (ctx, record, before) => settle(ctx, fields, record, before),
          },
        ]
  })

async function settle(
  ctx: Ctx,
  fields: readonly { readonly name: string; readonly max: number }[],
  record: Row,
  before: Row | null,
): Promise<Row | undefined> {
  const changed: Record<string, readonly FileRef[]> = {}
  for (const { name, max } of fields) {
    const given = idsOf(record[name])
    const known = new Set(idsOf(before?.[name]))
    if (given.every(id => known.has(id)) && given.length === known.size) continue
    if (given.length > max)
      throw refuse('file.too_many', { max }, [{ path: name, code: 'file.too_many', values: { max } }])
    if (given.length === 0) continue
    changed[name] = await claim(ctx, given, known, name)
  }
  return Object.keys(changed).length ? changed : undefined
}

/** Name, size and type are what was stored, not what the client says. */
async function claim(ctx: Ctx, given: readonly string[], known: ReadonlySet<string>, path: string): Promise<FileRef[]> {
  const db = own(ctx.db, ctx.tenant)
  const rows = await db
    .selectFrom('stored_file')
    .select(['id', 'name', 'size', 'type', 'by'])
    .where('id', 'in', given)
    .execute()
  const byId = new Map(rows.map(row => [row.id, row]))
  const files = given.map(id => {
    const row = byId.get(id)
    const mine = ctx.principal.kind === 'system' || known.has(id) || row?.by === ctx.principal.user
    if (!row || !isId(row.id) || !mine) throw refuse('file.unknown', {}, [{ path, code: 'file.unknown' }])
    return { id: row.id, name: row.name, size: row.size, type: row.type } as FileRef
  })
  await db.updateTable('stored_file').set({ used: true }).where('id', 'in', given).where('used', '=', false).execute()
  return files
}

/** Files given with an action, as with an opinion. */
export const fileKeeper: FileKeeper = {
  is: 'file_keeper',
  keep: (ctx, files) =>
    claim(
      ctx,
      files.map(each => each.id),
      new Set(),
      'files',
    ),
}

const idsOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.flatMap(each =>
        typeof each === 'object' && each !== null && 'id' in each && typeof each.id === 'string' ? [each.id] : [],
      )
    : []
