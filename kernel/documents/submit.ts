// Submitting: the draft must be complete, its limits allow it, somebody can approve it; then it reserves and waits.
import { openingOf, startApproval } from '../approval/instance.ts'
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
  const { approval, reversal } = shape.def
  const isMirror = typeof draft.values.reverses === 'string'
  // A mirror is judged by what it mirrors, not by rules for what people enter.
  const ready = isMirror ? draft : await save(ctx, shape, draft, structuredClone(draft))
  const flow = ctx.registry.flows.get((isMirror ? reversal?.approval : approval) ?? '')
  if (!flow) {
    const effect = await effectOf(ctx, shape, ready)
    const [asked] = effect.verdict.escalate
    // Nobody is there to be asked.
    if (asked !== undefined) throw refuse(limitCode(asked))
    return effect.happen('submit', null)
  }
  await lockUpstream(ctx, shape, ready)
  await checkMirror(ctx, shape, ready)
  const opening = await openingOf(ctx, shape, ready, flow)
  const source = { entity: shape.name, document: ready.id }
  const { verdict, write } = await reserve(ctx, source, movementsOf(ctx, shape, ready))
  refuseBlocked(verdict)
  const number = await numberOf(ctx, shape, ready)
  await write()
  const after = await move(ctx, shape, ready, { state: 'pending', number }, { action: 'submit' })
  await startApproval(ctx, shape, after, opening)
  // Escalation is asked for at the end, if the balance then still says so.
  return outcomeOf(after, { warnings: [...verdict.warn, ...verdict.escalate].map(limitCode) })
}
