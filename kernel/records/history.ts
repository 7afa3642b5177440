// history(): who changed what, when, from where; with the fields the reader may see of this record today.
import type { HistoryEntry, Instant, Json } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { predicate } from '../access/predicate.ts'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { unmaskedField } from './change.ts'
import type { DatabaseRow } from './flag.ts'
import { presenter } from './present.ts'
import { seenDiff } from './seen-diff.ts'
import { namesOf } from './title.ts'
import { type EntityRef, entityShape } from './typed.ts'

export interface HistoryOptions {
  /** ≤ 500, default 100; newest first. */
  readonly limit?: number
  /** Id of the last entry of the page before. */
  readonly after?: string
}

export function history(
  ctx: Ctx,
  entity: EntityRef,
  id: string,
  options: HistoryOptions = {},
): Promise<HistoryEntry[]> {
  return historyOf(ctx, entityShape(ctx, entity), id, options)
}

interface ChangeRow {
  readonly id: string
  readonly at: Instant
  readonly by: string | null
  readonly from: string
  readonly op: HistoryEntry['op']
  readonly action: string | null
  readonly version: number
  readonly diff: Readonly<Record<string, readonly [Json, Json]>>
}

export async function historyOf(
  ctx: Ctx,
  shape: Shape,
  id: string,
  { limit = 100, after }: HistoryOptions = {},
): Promise<HistoryEntry[]> {
  if (!isId(id)) throw refuse('record.not_found', { entity: shape.name })
  const at = { tenant: ctx.tenant, entity: shape.name, alias: 't' }
  const view = presenter(ctx, shape)
  const record = await sql<DatabaseRow>`select ${view.columns} from ${sql.id(ctx.tenant, shape.name)} t
    where t.id = ${id}::uuid and ${predicate(rightsOf(ctx, shape.name).rows('read'), at)}`.execute(ctx.db)
  const row = record.rows[0]
  if (!row) throw refuse('record.not_found', { entity: shape.name })
  const { rows } = await sql<ChangeRow>`
    select id, at, "by", "from", op, action, version, diff from ${sql.id(ctx.tenant, 'change')} c
    where c.record = ${id}::uuid and c.entity = ${shape.name}
      ${after && isId(after) ? sql`and (c.at, c.id) < (select a.at, a.id from ${sql.id(ctx.tenant, 'change')} a where a.id = ${after}::uuid)` : sql``}
    order by c.at desc, c.id desc limit ${Math.min(limit, 500)}`.execute(ctx.db)
  const names = await namesOf(
    ctx,
    rows.flatMap(each => each.by ?? []),
  )
  return rows.map(each => ({
    id: each.id,
    at: each.at,
    by: each.by === null ? null : { id: each.by, name: names[each.by] ?? '' },
    from: each.from,
    op: each.op,
    ...(each.action === null ? {} : { action: each.action }),
    version: each.version,
    ...warningsOf(ctx, each.diff._warnings),
    ...unmaskedBy(each.diff[unmaskedField]),
    diff: seenDiff(shape, view, row, each.diff),
  }))
}

const unmaskedBy = (change: ChangeRow['diff'][string] | undefined): Pick<HistoryEntry, 'unmasked'> =>
  typeof change?.[1] === 'string' ? { unmasked: change[1] } : {}

/** What the limits said then, in the reader's language. */
function warningsOf(ctx: Ctx, change: ChangeRow['diff'][string] | undefined): Pick<HistoryEntry, 'warnings'> {
  const codes = Array.isArray(change?.[1]) ? change[1] : []
  const warnings = codes.map(code => ctx.registry.refusals.get(String(code))?.[ctx.lang] ?? String(code))
  return warnings.length > 0 ? { warnings } : {}
}
