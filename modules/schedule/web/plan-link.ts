// The plan as this browser knows it and its way to the server: one request at a time, so that no edit overtakes another.
import { applyEdits, type PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { EntityClient } from '@yingzao/platform/client'
import { isFailure } from '@yingzao/platform/client'
import type { EditAnswer } from '@yingzao/ui/gantt/gantt.tsx'
import { revivedPlan } from '../revive.ts'

export interface KnownPlan {
  readonly plan: Plan
  readonly revision: number
}
interface News {
  readonly revision: number
  readonly reload?: boolean
  readonly edits: readonly { readonly revision: number; readonly edits: readonly PlanEdit[] }[]
}

export interface PlanLink {
  readonly known: () => KnownPlan | undefined
  /** The whole plan anew; rejects with the server's refusal. */
  load(): Promise<void>
  /** Something happened to the plan: fetches what this browser misses. Many calls at once become one. */
  hear(): void
  /** Sends edits of one gesture; refused ones come back with the server's words. Rejects when the server is out of reach. */
  send(
    batch: { readonly id: string; readonly edits: readonly PlanEdit[] },
    summary: string,
    verb?: 'edit' | 'price',
  ): Promise<EditAnswer>
  /** A verb that edits on the server (undo, redo, a baseline): afterwards this browser knows what it did. */
  run(verb: string, input?: object): Promise<void>
}

/** Lost answers are asked for again under the same key: the server does an edit once and answers twice. */
const PAUSES = [500, 1500]

export function createPlanLink(
  door: Pick<EntityClient<'plan'>, 'read' | 'run'>,
  id: string,
  changed: (known: KnownPlan) => void,
): PlanLink {
  let known: KnownPlan | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let waiting = false

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }
  const become = (next: KnownPlan) => {
    known = next
    changed(next)
  }
  const load = async () => {
    const answer = await door.read<KnownPlan>(id, 'load')
    const [plan, revision] = [revivedPlan(answer.plan), answer.revision]
    become({ plan, revision })
  }
  const catchUp = async () => {
    if (!known) return load()
    const news = await door.read<News>(id, 'edits', { since: known.revision })
    if (news.reload) return load()
    const next = replayed(known, news.edits)
    if (!next) return load()
    if (next.revision !== known.revision) become(next)
  }
  const catchUpIfPossible = () =>
    catchUp().catch(() => {
      // Out of reach for now: the live connection tells again when it is back.
    })

  return {
    known: () => known,
    load: () => inTurn(load),
    hear() {
      if (waiting) return
      waiting = true
      void inTurn(() => {
        waiting = false
        return catchUpIfPossible()
      })
    },
    send: (batch, summary, verb = 'edit') =>
      inTurn(async () => {
        if (!known) await load()
        const base = known?.revision ?? 0
        let answer: { revision: number }
        try {
          const input = { base, edits: batch.edits, summary }
          answer = readAnswer(await persistently(() => door.run(id, verb, input, { idempotencyKey: batch.id })))
        } catch (error) {
          if (!isFailure(error) || error.status === 0) throw error
          await catchUpIfPossible()
          return { ok: false, message: error.problem.detail || error.problem.title }
        }
        const next = known && replayed(known, [{ revision: answer.revision, edits: batch.edits }])
        if (next) become(next)
        else await catchUpIfPossible()
        return { ok: true, version: answer.revision }
      }),
    run: (verb, input = {}) =>
      inTurn(async () => {
        await door.run(id, verb, input)
        await catchUpIfPossible()
      }),
  }
}

/** The known plan with these edits on top; undefined when one is missing in between or does not apply. */
function replayed(known: KnownPlan, rows: News['edits']): KnownPlan | undefined {
  let { plan, revision } = known
  for (const row of rows) {
    if (row.revision <= revision) continue
    if (row.revision !== revision + 1) return undefined
    const outcome = applyEdits(plan, row.edits)
    if (!outcome.ok) return undefined
    plan = outcome.plan
    revision = row.revision
  }
  return { plan, revision }
}

async function persistently<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES) {
    try {
      return await work()
    } catch (error) {
      if (!isFailure(error) || (error.status !== 0 && error.status < 502)) throw error
      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
  return work()
}

const readAnswer = (answer: unknown): { revision: number } => {
  const revision: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'revision') : undefined
  if (typeof revision !== 'number') throw new Error('the server accepted an edit and named no revision')
  return { revision }
}
