// What an approval action does to its document: it stays pending, becomes effective, or goes back to whoever wrote it.
import { type Action, isEscalated } from '@yingzao/engines/approval'
import { sql } from 'kysely'
import { escalated, prepare, routeOf } from '../approval/instance.ts'
import { type Instance, keep, loadInstance } from '../approval/keep.ts'
import type { Ctx } from '../context.ts'
import { release } from '../ledgers/book.ts'
import { type Diff, recordChanges } from '../records/change.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { effectOf } from './effect.ts'
import { limitCode, move, type Outcome, outcomeOf, warnedDiff } from './move.ts'
import { noPapers, type Papers, papersDiff } from './paper.ts'
import { voidEffect } from './void.ts'

/** 催办: the starter, once an hour. */
async function refuseHurry(ctx: Ctx, instance: string): Promise<void> {
  const { rows } = await sql<{ minutes: number }>`select
      ceil(60 - extract(epoch from (${ctx.now}::timestamptz - max(at))) / 60)::integer as minutes
    from ${sql.id(ctx.tenant, 'approval_trail')}
    where instance = ${instance}::uuid and act = 'reminded' and "user" = ${ctx.principal.user}::uuid`.execute(ctx.db)
  const minutes = rows[0]?.minutes ?? 0
  if (minutes > 0) throw refuse('approval.reminded_lately', { minutes })
}

/** The action as the history keeps it, and what is said and given with it. */
interface Said {
  readonly name: string
  readonly said: string | null
  readonly papers?: Papers
}

/** One action of the running approval. */
export async function judge(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  action: Action,
  { name, said, papers = noPapers }: Said,
  /** The running one, if it was read already. */
  found?: Instance | null,
): Promise<Outcome> {
  const instance = found ?? (await loadInstance(ctx, draft.id, ['running']))
  if (!instance) throw refuse('approval.no_task')
  if (action.is === 'remind') await refuseHurry(ctx, instance.id)
  const prepared = await prepare(ctx, shape, draft, instance, action)
  const stay = async (escalation: readonly string[]) => {
    const diff: Diff = {
      ...(said !== null && { _opinion: [null, said] as const }),
      ...warnedDiff(escalation),
      ...papersDiff(papers),
    }
    await recordChanges(ctx, [
      { entity: shape.name, record: draft.id, version: draft.version, op: 'action', action: name, diff },
    ])
    return outcomeOf(draft, { escalated: escalation })
  }
  switch (prepared.after.state) {
    case 'running':
      await keep(ctx, shape, draft, prepared, { papers, ...(action.is === 'expire' && { renew: action.task }) })
      return stay([])
    case 'approved': {
      if (instance.flow.voids) {
        const { happen } = await voidEffect(ctx, shape, draft)
        await keep(ctx, shape, draft, prepared, { papers })
        return happen(name, said, papersDiff(papers))
      }
      // The last approval makes it effective, unless a limit wants one more person first; B is refused and nothing happened.
      const { verdict, happen } = await effectOf(ctx, shape, draft)
      const [asked] = verdict.escalate
      // Whoever is asked besides has just approved it, unless it came here without him.
      if (asked !== undefined && !isEscalated(instance.state)) {
        const more = await escalated(ctx, shape, draft, prepared)
        if (!more) throw refuse(limitCode(asked))
        await keep(ctx, shape, draft, more, { papers })
        return stay(verdict.escalate.map(limitCode))
      }
      await keep(ctx, shape, draft, prepared, { papers })
      return happen(name, said, papersDiff(papers))
    }
    default: {
      // Back to whoever wrote it: what was reserved is free again.
      const { state } = prepared.after
      if (instance.flow.voids) {
        await keep(ctx, shape, draft, prepared, { papers })
        const stands = { state: 'effective', void_reason: null } as const
        return outcomeOf(await move(ctx, shape, draft, stands, { action: name, said, more: papersDiff(papers) }))
      }
      await release(ctx, { entity: shape.name, document: draft.id })
      await keep(ctx, shape, draft, prepared, {
        papers,
        ...(state === 'returned' && { route: routeOf(shape, instance.flow, draft) }),
      })
      const to = state === 'rejected' ? 'rejected' : 'draft'
      return outcomeOf(await move(ctx, shape, draft, { state: to }, { action: name, said, more: papersDiff(papers) }))
    }
  }
}
