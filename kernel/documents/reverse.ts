// 红冲: a mirror document that takes back all or part of an effective one. The original is never touched but for its state.
import { isZero, negate } from '@yingzao/engines/money'
import { isDecimal, type Json } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { difference } from '../records/change.ts'
import { asRecord, type Draft, type Line } from '../records/draft.ts'
import { runAfter, runBeforeReverse } from '../records/hook.ts'
import { lockRecord } from '../records/lock.ts'
import { compute } from '../records/settle.ts'
import { insertRecords } from '../records/store.ts'
import { refuse, refuseInput } from '../refuse.ts'
import { emptyOf, type Shape } from '../registry/shape.ts'
import { asSystem } from '../system.ts'
import { type Outcome, outcomeOf } from './move.ts'
import { at, isWithin, partsOf, type Remaining, remainingOf } from './remaining.ts'
import { submit } from './submit.ts'

/** `asked`: `[{ id, qty: "2" }]`, how much of which line; null takes back all that is left. */
export async function reverse(
  ctx: Ctx,
  shape: Shape,
  original: Draft,
  said: string | null,
  asked: Json,
): Promise<Outcome> {
  if (!shape.def.reversal || typeof original.values.reverses === 'string') throw refuse('document.not_reversible')
  const left = await remainingOf(ctx, shape, original, ['pending', 'effective'], null)
  const wanted = wantedOf(shape, original, left, asked)
  const mirror = mirrorOf(ctx, shape, original, wanted)
  await runBeforeReverse(ctx, shape, mirror.draft, original)
  compute(ctx, shape, mirror.draft)
  const pairs = Object.entries(mirror.draft.lines).flatMap(([, lines]) =>
    lines.map(line => [line.id, mirror.of.get(line.id) ?? ''] as const),
  )
  await insertRecords(
    ctx,
    shape,
    [mirror.draft],
    [
      {
        ...{ entity: shape.name, record: mirror.draft.id, version: 1, op: 'create', action: 'reverse' },
        diff: { ...difference(shape, null, mirror.draft), _opinion: [null, said] },
      },
    ],
    { select: sql`select t.id`.compile(ctx.db) },
  )
  const rows = [[mirror.draft.id, original.id] as const, ...pairs].map(
    ([line, of]) => sql`(${mirror.draft.id}::uuid, ${original.id}::uuid, ${line}::uuid, ${of}::uuid)`,
  )
  await sql`insert into ${sql.id(ctx.tenant, 'reversal')} (mirror, original, mirror_line, original_line)
    values ${sql.join(rows)}`.execute(ctx.db)
  await runAfter(ctx, shape, [{ after: asRecord(mirror.draft), before: null }])
  const done = await submit(ctx, shape, mirror.draft)
  const now = await lockRecord(asSystem(ctx), shape, original.id, {})
  return outcomeOf(now.draft, { mirror: done.id, warnings: done.warnings, escalated: done.escalated })
}

/** How much is taken back, by line and field, with the sign of the original. */
function wantedOf(shape: Shape, original: Draft, left: Remaining, asked: Json): Remaining {
  const wanted = new Map<string, `${number}`>()
  const wrong = (path: string) => refuseInput([{ path, code: 'field.type', values: { expected: '[{ id, … }]' } }])
  if (asked === null) for (const [key, value] of left) wanted.set(key, value)
  else if (!Array.isArray(asked)) throw wrong('lines')
  else
    for (const [index, each] of asked.entries()) {
      if (typeof each !== 'object' || each === null || Array.isArray(each) || !('id' in each))
        throw wrong(`lines.${index}`)
      for (const { field } of partsOf(shape)) {
        const value = 'id' in each && field in each ? Reflect.get(each, field) : undefined
        if (value === undefined) continue
        const there = left.get(at(String(each.id), field))
        if (there === undefined || typeof value !== 'string' || !isDecimal(value))
          throw wrong(`lines.${index}.${field}`)
        const signed = there.startsWith('-') && !value.startsWith('-') ? negate(value) : value
        if (!isWithin(signed, there)) throw refuse('document.over_reversed')
        wanted.set(at(String(each.id), field), signed)
      }
    }
  if ([...wanted.values()].every(isZero))
    throw refuse('document.nothing_left', { number: String(original.values.number ?? '') })
  return wanted
}

function mirrorOf(
  ctx: Ctx,
  shape: Shape,
  original: Draft,
  wanted: Remaining,
): { draft: Draft; of: Map<string, string> } {
  const id = newId()
  const of = new Map<string, string>()
  const negated = new Map(partsOf(shape).map(({ field, lines }) => [`${lines?.field ?? ''} ${field}`, true]))
  const values = (from: Shape, source: { id: string; values: Readonly<Record<string, unknown>> }, lines: string) =>
    Object.fromEntries(
      [...from.fields.values()]
        .filter(({ def }) => def.kind !== 'lines')
        .map(({ name, def, system }) => {
          // What is unique stays the original's; files and numbers too.
          const own = system || def.unique || def.kind === 'serial' || def.kind === 'file'
          if (own) return [name, emptyOf(def)]
          const isNegated = negated.has(`${lines} ${name}`) && source.values[name] !== null
          const value = isNegated ? negate(wanted.get(at(source.id, name)) ?? '0') : source.values[name]
          return [name, def.kind === 'integer' && value !== null ? Number(value) : value]
        }),
    )
  const draft: Draft = {
    id,
    version: 1,
    values: {
      ...values(shape, original, ''),
      ...{ created_at: ctx.now, created_by: ctx.principal.user, updated_at: ctx.now, updated_by: ctx.principal.user },
      ...{ state: 'draft', reverses: original.id },
    },
    lines: {},
  }
  const [stage] = Object.keys(shape.def.stages ?? {})
  if (stage !== undefined) draft.values.stage = stage
  for (const { field, of: line } of shape.lines) {
    const parts = partsOf(shape).filter(part => part.lines?.field === field)
    const taken = (original.lines[field] ?? []).filter(
      each => parts.length === 0 || parts.some(part => !isZero(wanted.get(at(each.id, part.field)) ?? '0')),
    )
    draft.lines[field] = taken.map((each, index): Line => {
      const mirrored = newId()
      of.set(mirrored, each.id)
      return { id: mirrored, position: index + 1, values: values(line, each, field) }
    })
  }
  compute(ctx, shape, draft)
  return { draft, of }
}
