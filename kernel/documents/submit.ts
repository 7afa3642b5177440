// Submitting: the draft must be complete, its limits allow it, somebody can approve it; then it reserves and waits.
import { definitionFor, definitionOf } from '../approval/definition.ts'
import { openingOf } from '../approval/instance.ts'
import { keep } from '../approval/keep.ts'
import type { Ctx } from '../context.ts'
import { reserve } from '../ledgers/book.ts'
import { movementsOf } from '../ledgers/movement.ts'
import type { Draft } from '../records/draft.ts'
import { save } from '../records/patch.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { effectOf, numberOf, refuseBlocked } from './effect.ts'
import { limitCode, move, type Outcome, outcomeOf } from './move.ts'
import { checkMirror } from './remaining.ts'
import { lockUpstream } from './upstream.ts'

export async function submit(ctx: Ctx, shape: Shape, draft: Draft): Promise<Outcome> {
  const isMirror = typeof draft.values.reverses === 'string'
  // A mirror is judged by what it mirrors, not by rules for what people enter.
  const ready = isMirror ? draft : await save(ctx, shape, draft, structuredClone(draft))
  const definition = isMirror
    ? await definitionOf(ctx, shape, shape.def.reversal?.approval)
    : await definitionFor(ctx, shape, ready)
  const atOnce = async () => {
    const effect = await effectOf(ctx, shape, ready)
    const [asked] = effect.verdict.escalate
    // Nobody is there to be asked.
    if (asked !== undefined) throw refuse(limitCode(asked))
    return effect.happen('submit', null)
  }
  if (!definition) return atOnce()
  await lockUpstream(ctx, shape, ready)
  await checkMirror(ctx, shape, ready)
  const opening = await openingOf(ctx, shape, ready, definition)
  if (opening.after.state === 'approved') {
    // No step asks anybody: the flow of a document without money may say so.
    await keep(ctx, shape, ready, opening)
    return atOnce()
  }
  const source = { entity: shape.name, document: ready.id }
  const { verdict, writes } = await reserve(ctx, source, movementsOf(ctx, shape, ready))
  refuseBlocked(verdict)
  const number = await numberOf(ctx, shape, ready)
  // Escalation is asked for at the end, if the balance then still says so.
  const warned = [...verdict.warn, ...verdict.escalate].map(limitCode)
  const after = await move(
    ctx,
    shape,
    ready,
    { state: 'pending', number },
    { action: 'submit', warned, along: writes() },
  )
  await keep(ctx, shape, after, opening)
  return outcomeOf(after, { warnings: warned })
}
