// What people do with documents: submit, approve, reject, return, withdraw, reverse, void, close. One transaction each, in one
// lock order: the document, the documents it builds on by id, the balances by key, the number; then inserts.
import { type Fields, f, type Json } from '@yingzao/kernel/entity'
import { rightsOf } from '../access/rights.ts'
import { type Acted, act, endApproval, escalate, mayWithdraw } from '../approval/instance.ts'
import type { Ctx } from '../context.ts'
import { release } from '../ledgers/book.ts'
import { documentActions, isPossible } from '../records/can.ts'
import { recordChanges } from '../records/change.ts'
import { asRecord, type Draft } from '../records/draft.ts'
import { lockRecord, refuseStale } from '../records/lock.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { effectOf } from './effect.ts'
import { limitCode, move, type Outcome, outcomeOf } from './move.ts'
import { reverse } from './reverse.ts'
import { submit } from './submit.ts'
import { voidDocument } from './void.ts'

const label = (zh: string, en: string) => ({ zh, en })
const opinion = f.longText(label('意见', 'Opinion'), { max: 2000 })
const reason = f.longText(label('原因', 'Reason'), { max: 2000, required: true })

/** What each action asks for. Of a reversal's `lines`: `[{ id, qty: "2" }]`, how much of each line; without it all that is left. */
export const actionInput: Readonly<Record<string, Fields>> = {
  submit: {},
  approve: { opinion },
  reject: { opinion: { ...opinion, required: true } },
  return: { opinion: { ...opinion, required: true } },
  withdraw: {},
  reverse: { reason, lines: f.json(label('明细', 'Lines')) },
  void: { reason },
  close: { reason: { ...reason, required: false } },
}
export const isDocumentAction = (shape: Shape, verb: string): boolean =>
  shape.kind === 'document' && Object.hasOwn(documentActions, verb)

/** Called inside the transaction of `run`, with the input already read. */
export async function documentAction(
  ctx: Ctx,
  shape: Shape,
  id: string,
  action: string,
  input: Readonly<Record<string, Json>>,
  version: number | undefined,
): Promise<Outcome> {
  const { draft, allowed } = await lockRecord(ctx, shape, id, { act: rightsOf(ctx, shape.name).rows(action) })
  if (!allowed.act) throw refuse('access.denied', { function: action })
  await refuseStale(ctx, shape, id, version, draft)
  if (!isPossible(ctx, shape, action, asRecord(draft))) throw refuse('verb.not_now', { verb: action })
  const said =
    typeof input.opinion === 'string' ? input.opinion : typeof input.reason === 'string' ? input.reason : null
  switch (action) {
    case 'submit':
      return submit(ctx, shape, draft)
    case 'approve':
      return approve(ctx, shape, draft, said)
    case 'reject':
    case 'return': {
      const opinion = action === 'reject' ? 'rejected' : 'returned'
      await act(ctx, shape, draft, opinion, said)
      return giveBack(ctx, shape, draft, action, opinion, said)
    }
    case 'withdraw':
      if (!(await mayWithdraw(ctx, id))) throw refuse('approval.begun')
      return giveBack(ctx, shape, draft, action, 'withdrawn', null)
    case 'reverse':
      return reverse(ctx, shape, draft, said, input.lines ?? null)
    case 'void':
      return voidDocument(ctx, shape, draft, said)
    case 'close':
      return outcomeOf(await move(ctx, shape, draft, { state: 'closed' }, { action, said }))
    default:
      throw refuse('verb.unknown', { verb: action })
  }
}

/** The last approval makes it effective, unless a limit wants one more person first; B is refused and nothing happened. */
async function approve(ctx: Ctx, shape: Shape, draft: Draft, said: string | null): Promise<Outcome> {
  const acted: Acted = await act(ctx, shape, draft, 'approved', said)
  const stay = async (escalated: readonly string[]) => {
    await recordChanges(ctx, [
      {
        ...{ entity: shape.name, record: draft.id, version: draft.version, op: 'action', action: 'approve' },
        diff: { _opinion: [null, said] },
      },
    ])
    return outcomeOf(draft, { escalated })
  }
  if (!acted.done) return stay([])
  const { verdict, happen } = await effectOf(ctx, shape, draft)
  const [asked] = verdict.escalate
  if (asked !== undefined && !acted.escalated) {
    if (await escalate(ctx, shape, draft, acted)) return stay(verdict.escalate.map(limitCode))
    throw refuse(limitCode(asked))
  }
  await endApproval(ctx, draft.id, 'approved')
  return happen('approve', said)
}

/** Back to whoever wrote it: what was reserved is free again. */
async function giveBack(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  action: string,
  how: 'rejected' | 'returned' | 'withdrawn',
  said: string | null,
): Promise<Outcome> {
  await release(ctx, { entity: shape.name, document: draft.id })
  await endApproval(ctx, draft.id, how)
  return outcomeOf(
    await move(ctx, shape, draft, { state: how === 'rejected' ? 'rejected' : 'draft' }, { action, said }),
  )
}
