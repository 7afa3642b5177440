// Becoming effective: upstream locked, limits judged on locked balances, entries posted, the number taken last.
import type { Ctx } from '../context.ts'
import { together } from '../driver.ts'
import { post } from '../ledgers/book.ts'
import type { Verdict } from '../ledgers/limit.ts'
import { movementsOf } from '../ledgers/movement.ts'
import type { Diff } from '../records/change.ts'
import type { Draft } from '../records/draft.ts'
import { companyOf, takeNumbers } from '../records/number.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { limitCode, move, type Outcome, outcomeOf } from './move.ts'
import { checkMirror, settleOriginal } from './remaining.ts'
import { askUpstream } from './upstream.ts'

export interface Effect {
  /** Without `block`: that was refused. */
  readonly verdict: Verdict
  /** After everything else that may refuse. */
  happen(action: string, said: string | null, more?: Diff): Promise<Outcome>
}

export async function effectOf(ctx: Ctx, shape: Shape, draft: Draft): Promise<Effect> {
  const source = { entity: shape.name, document: draft.id }
  const movements = movementsOf(ctx, shape, draft)
  const upstream = askUpstream(ctx, shape, draft)
  // A mirror's original is looked at before balances are locked.
  const isMirror = typeof draft.values.reverses === 'string'
  if (isMirror) {
    upstream.check(await together(ctx.db, upstream.statements))
    await checkMirror(ctx, shape, draft)
  }
  const prepared = await post(ctx, source, 'effective', movements, isMirror ? undefined : upstream)
  refuseBlocked(prepared.verdict)
  return {
    verdict: prepared.verdict,
    async happen(action, said, more = {}) {
      const number = await numberOf(ctx, shape, draft)
      const warned = [...prepared.verdict.warn, ...prepared.verdict.escalate].map(limitCode)
      const after = await move(
        ctx,
        shape,
        draft,
        { state: 'effective', effective_at: ctx.now, number },
        { action, said, more, warned, along: prepared.writes() },
      )
      await settleOriginal(ctx, shape, after)
      return outcomeOf(after, { warnings: prepared.verdict.warn.map(limitCode) })
    },
  }
}

export function refuseBlocked({ block }: Verdict): void {
  const [first] = block
  if (first !== undefined) throw refuse(limitCode(first))
}

/** Taken once, at the first submit, after all locks: the counter is held for the inserts only. */
export async function numberOf(ctx: Ctx, shape: Shape, draft: Draft): Promise<string | null> {
  const { number } = draft.values
  if (typeof number === 'string') return number
  const [taken] = await takeNumbers(ctx, shape, companyOf(shape, draft.values), 1, draft.values)
  return taken ?? null
}
