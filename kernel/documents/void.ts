// 作废: an effective document that nothing builds on is taken out of the ledgers by mirror entries; it stays readable. One that
// was approved is voided only with the approval of whoever its flow asks, the same people again (domain: own approval).
import type { Block, Flow } from '@yingzao/engines/approval'
import { isZero, negate } from '@yingzao/engines/money'
import { isDecimal, isPlainDate, type Label, type PlainDate } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { definitionOf } from '../approval/definition.ts'
import { openingOf } from '../approval/instance.ts'
import { keep, loadInstance } from '../approval/keep.ts'
import type { Ctx } from '../context.ts'
import { ledgerDef } from '../ledgers/balance.ts'
import { post } from '../ledgers/book.ts'
import type { Movement } from '../ledgers/movement.ts'
import { demandOpen, holdClosed } from '../ledgers/period.ts'
import type { Diff } from '../records/change.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { type Effect, refuseBlocked } from './effect.ts'
import { limitCode, move, type Outcome, outcomeOf } from './move.ts'
import { downstreamOf } from './upstream.ts'

/** At once where nobody approved the document; else it stays effective until the void is approved. */
export async function voidDocument(ctx: Ctx, shape: Shape, draft: Draft, said: string | null): Promise<Outcome> {
  // What cannot be voided is not asked for either.
  const effect = await voidEffect(ctx, shape, draft)
  const approved = await loadInstance(ctx, draft.id, ['approved'], true)
  const wasJudged = approved?.state.trail.some(each => each.act === 'approved' && each.user !== null) ?? false
  const { approval, reversal } = shape.def
  const definition = wasJudged ? await definitionOf(ctx, shape, reversal?.approval ?? approval) : null
  if (!definition) return effect.happen('void', said)
  const opening = await openingOf(ctx, shape, draft, { ...definition, flow: voiding(definition.flow) })
  // Whoever asks is not asked; if nobody else is, nobody would have judged it.
  if (opening.after.state === 'approved') throw refuse('document.void_nobody')
  const asked = { state: 'effective', void_reason: said ?? '' } as const
  const after = await move(ctx, shape, draft, asked, { action: 'void', said })
  await keep(ctx, shape, after, opening)
  return outcomeOf(after)
}

/** Judged as of now: refused where others build on it, its month is closed, a limit forbids it, or money moved by it. */
export async function voidEffect(ctx: Ctx, shape: Shape, draft: Draft): Promise<Effect> {
  if (typeof draft.values.reverses === 'string') throw refuse('document.not_reversible')
  const user = await downstreamOf(ctx, shape, draft.id)
  if (user) throw refuse('document.in_use', { entity: user.def.label[ctx.lang] })
  const movements: Movement[] = []
  for (const ledger of new Set((ctx.registry.postings.get(shape.name) ?? []).map(each => each.ledger)))
    movements.push(...(await backOut(ctx, ledger, draft.id)))
  const prepared = await post(ctx, { entity: shape.name, document: draft.id }, 'void', movements)
  refuseBlocked(prepared.verdict)
  const [asked] = prepared.verdict.escalate
  if (asked !== undefined) throw refuse(limitCode(asked))
  const { void_reason: reason } = draft.values
  const gone = (said: string | null) => ({
    state: 'void' as const,
    void_reason: typeof reason === 'string' ? reason : said,
  })
  return {
    verdict: prepared.verdict,
    async happen(action: string, said: string | null, more: Diff = {}) {
      const along = prepared.writes()
      return outcomeOf(await move(ctx, shape, draft, gone(said), { action, said, more, along }), {
        warnings: prepared.verdict.warn.map(limitCode),
      })
    },
  }
}

/** The flow of the document as it judges the void: the same steps, nothing to be changed, named so that nobody mistakes it. */
function voiding({ escalation: _none, ...flow }: Flow): Flow {
  const named = (words: Label): Label => ({ zh: `作废·${words.zh}`, en: `Void · ${words.en}` })
  const turned = (block: Block): Block => {
    switch (block.is) {
      case 'step': {
        const { fields = {}, ...step } = block
        const rules = Object.entries(fields).map(([name, rule]) => [name, rule === 'edit' ? 'read' : rule] as const)
        return { ...step, name: `void_${step.name}`, label: named(step.label), fields: Object.fromEntries(rules) }
      }
      case 'copy':
        return { ...block, name: `void_${block.name}`, label: named(block.label) }
      case 'choice':
        return {
          ...block,
          cases: block.cases.map(each => ({ ...each, block: turned(each.block) })),
          otherwise: turned(block.otherwise),
        }
      default:
        return { ...block, of: block.of.map(turned) }
    }
  }
  return { ...flow, label: named(flow.label), root: turned(flow.root), voids: true }
}

/** The entries of the document, each the other way round, today. */
async function backOut(ctx: Ctx, ledger: string, document: string): Promise<Movement[]> {
  const def = ledgerDef(ctx, ledger)
  const { rows } = await sql<Readonly<Record<string, unknown>>>`select * from ${sql.id(ctx.tenant, ledger)}
    where document = ${document}::uuid order by id`.execute(ctx.db)
  const measures = Object.keys(def.measures)
  if (def.moved && rows.some(row => measures.some(name => isDecimal(row[name]) && !isZero(row[name]))))
    throw refuse('document.moved', { ledger: def.label[ctx.lang] })
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const closed = await holdClosed(
    ctx,
    rows.flatMap(row => text(row.company) ?? []),
  )
  demandOpen(
    closed,
    rows.map(row => ({ company: text(row.company), period: String(row.period) })),
  )
  return rows.map(row => ({
    ledger,
    line: text(row.line),
    key: String(row.key),
    ...dayOf(isPlainDate(row.on) && row.on > ctx.today ? row.on : ctx.today),
    dims: Object.fromEntries(['company', 'project', ...Object.keys(def.dims)].map(dim => [dim, text(row[dim])])),
    measures: Object.fromEntries(
      measures.map(name => [name, isDecimal(row[name]) ? negate(row[name]) : ('0' as const)]),
    ),
    reserve: false,
  }))
}

const dayOf = (on: PlainDate) => ({ on, month: on.slice(0, 7) })
