// What a document would write: its postings evaluated over its values, line by line.
import { assign } from '@yingzao/engines/formula'
import { add, type Decimal, isDecimal, isZero } from '@yingzao/engines/money'
import type { LedgerDef, PlainDate } from '@yingzao/kernel/entity'
import { isPlainDate } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { type Draft, lineRow } from '../records/draft.ts'
import type { Shape } from '../registry/shape.ts'
import type { CompiledPosting, Run } from './compile.ts'

export interface Movement {
  readonly ledger: string
  readonly line: string | null
  /** Of the balance it counts in. */
  readonly key: string
  readonly on: PlainDate
  /** The month it counts in: that of its day, unless it is closed. */
  readonly month: string
  /** Company and project included. */
  readonly dims: Readonly<Record<string, string | null>>
  readonly measures: Readonly<Record<string, Decimal>>
  readonly reserve: boolean
}

export function movementsOf(ctx: Ctx, shape: Shape, draft: Draft): Movement[] {
  return (ctx.registry.postings.get(shape.name) ?? []).flatMap(posting => {
    const def = ctx.registry.ledgers.get(posting.ledger)?.def
    if (!def) return []
    const moment = { today: ctx.today, now: ctx.now, user: ctx.principal.user }
    const header = { ...draft.values, id: draft.id }
    const lines = Object.fromEntries(Object.entries(draft.lines).map(([field, list]) => [field, list.map(lineRow)]))
    if (posting.each === null)
      return movement(ctx, shape, draft, posting, def, null, run => run({ fields: header, lines, ...moment }))
    return (draft.lines[posting.each] ?? []).flatMap(line =>
      movement(ctx, shape, draft, posting, def, line.id, run => run({ fields: lineRow(line), doc: header, ...moment })),
    )
  })
}

function movement(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  posting: CompiledPosting,
  def: LedgerDef,
  line: string | null,
  value: (run: Run) => unknown,
): Movement[] {
  if (posting.when && value(posting.when) !== true) return []
  const measures: Record<string, Decimal> = {}
  for (const [measure, scale] of Object.entries(def.measures)) {
    const run = posting.measures[measure]
    const found = run ? value(run) : null
    measures[measure] = (typeof found === 'string' && isDecimal(found) ? assign(found, { scale }) : null) ?? '0'
  }
  if (Object.values(measures).every(isZero)) return []
  const place = shape.def.place ?? {}
  const own = (field: string | undefined) => (field === undefined ? null : draft.values[field])
  const dims: Record<string, string | null> = {}
  for (const dim of ['company', 'project', ...Object.keys(def.dims)]) {
    const run = posting.dims[dim]
    const found = run
      ? value(run)
      : dim === 'company'
        ? own(place.company)
        : dim === 'project'
          ? own(place.project)
          : null
    dims[dim] = typeof found === 'string' ? found : null
  }
  const given = posting.dims.on ? value(posting.dims.on) : null
  const on = isPlainDate(given) ? given : ctx.today
  return [
    {
      ledger: posting.ledger,
      line,
      key: balanceKey(def, dims),
      on,
      month: on.slice(0, 7),
      dims,
      measures,
      reserve: posting.reserve,
    },
  ]
}

/** One text per balance row, whatever its dimensions and nulls: what rows are locked by, in its order. */
export const balanceKey = (def: LedgerDef, dims: Readonly<Record<string, string | null>>): string =>
  JSON.stringify(def.balance.map(dim => dims[dim] ?? null))

export type Sums = Map<string, Record<string, Decimal>>
/** Sum of each measure by balance key. */
export function sumsOf(
  rows: readonly { readonly key: string; readonly measures: Readonly<Record<string, Decimal>> }[],
): Sums {
  const sums: Sums = new Map()
  for (const { key, measures } of rows) {
    const sum = sums.get(key) ?? {}
    sums.set(key, sum)
    for (const [measure, value] of Object.entries(measures)) sum[measure] = add(sum[measure] ?? '0', value)
  }
  return sums
}
