// What people do with documents: submit, approve, reject, return, withdraw, reverse, void, close. One transaction each, in one
// lock order: the document, the documents it builds on by id, the balances by key, the number; then inserts.
import { type Fields, f, isId, type Json } from '@yingzao/kernel/entity'
import { rightsOf } from '../access/rights.ts'
import { askInstance, instanceOf } from '../approval/keep.ts'
import type { Ctx } from '../context.ts'
import { documentActions, isPossible } from '../records/can.ts'
import { asRecord } from '../records/draft.ts'
import { lockRecord, refuseStale } from '../records/lock.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { judge } from './approve.ts'
import { move, type Outcome, outcomeOf } from './move.ts'
import { papersOf } from './paper.ts'
import { reverse } from './reverse.ts'
import { submit } from './submit.ts'
import { voidDocument } from './void.ts'

const label = (zh: string, en: string) => ({ zh, en })
const opinion = f.longText(label('意见', 'Opinion'), { max: 2000 })
/** Kept with the opinion in the trail. */
const signature = f.file(label('签名', 'Signature'), { max: 1, accept: 'image', drawn: true })
const files = f.file(label('附件', 'Attachments'), { max: 9 })
const reason = f.longText(label('原因', 'Reason'), { max: 2000, required: true })

/** What each action asks for. Of a reversal's `lines`: `[{ id, qty: "2" }]`, how much of each line; without it all that is left. */
export const actionInput: Readonly<Record<string, Fields>> = {
  submit: {},
  approve: { opinion, signature, files },
  reject: { opinion: { ...opinion, required: true }, files },
  /** `to`: the name of a passed step, `previous`, or nothing for the starter. `direct`: 直达退回人, else 逐级重审. */
  return: {
    opinion: { ...opinion, required: true },
    to: f.text(label('退回到', 'Return to'), { max: 60 }),
    direct: f.flag(label('重新提交后直达我', 'Straight back to me afterwards')),
    files,
  },
  withdraw: {},
  take_back: {},
  transfer: { to: f.user(label('转交给', 'Hand to'), { required: true }), opinion },
  add_signer: {
    users: f.multiRef('user', label('加签人', 'People to add'), { required: true }),
    how: f.choice(
      label('方式', 'How'),
      {
        before: label('前加签（先于我）', 'Before me'),
        after: label('后加签（我同意后）', 'After my approval'),
        beside: label('并加签（与我一起）', 'Beside me'),
      },
      { required: true, default: 'before' },
    ),
    mode: f.choice(
      label('多人时', 'Of several'),
      {
        all: label('会签：全部同意', 'All must approve'),
        any: label('或签：一人即可', 'One is enough'),
        order: label('依次', 'One after another'),
      },
      { default: 'all' },
    ),
    opinion,
    signature,
  },
  copy_to: { users: f.multiRef('user', label('抄送给', 'Copy to'), { required: true }) },
  remind: {},
  reverse: { reason, lines: f.json(label('明细', 'Lines')) },
  void: { reason },
  close: { reason: { ...reason, required: false } },
}
export const isDocumentAction = (shape: Shape, verb: string): boolean =>
  shape.kind === 'document' && Object.hasOwn(documentActions, verb)

/** Actions that are none of a running approval. */
const unjudged: ReadonlySet<string> = new Set(['submit', 'reverse', 'void', 'close'])
/** What only whoever is asked may do. */
const judging: ReadonlySet<string> = new Set(['approve', 'reject', 'return', 'transfer', 'add_signer'])

/** Called inside the transaction of `run`, with the input already read. */
export async function documentAction(
  ctx: Ctx,
  shape: Shape,
  id: string,
  action: string,
  input: Readonly<Record<string, Json>>,
  version: number | undefined,
): Promise<Outcome> {
  const judges = isId(id) && !unjudged.has(action)
  const { draft, allowed, along } = await lockRecord(
    ctx,
    shape,
    id,
    { act: rightsOf(ctx, shape.name).rows(action) },
    { along: judges ? askInstance(ctx, id, ['running']) : undefined },
  )
  const by = ctx.principal.user ?? ''
  const running = instanceOf(along)
  if (!allowed.act) {
    const isOwn = judging.has(action) && running?.state.starter === by
    throw isOwn ? refuse('access.own_approval') : refuse('access.denied', { function: action })
  }
  await refuseStale(ctx, shape, id, version, draft)
  if (!isPossible(ctx, shape, action, asRecord(draft))) throw refuse('verb.not_now', { verb: action })
  const said =
    typeof input.opinion === 'string' ? input.opinion : typeof input.reason === 'string' ? input.reason : null
  const opinionOf = said === null ? {} : { opinion: said }
  const papers = await papersOf(ctx, input)
  const told = { name: action, said, papers }
  const signed = papers.signature !== null
  const people = Array.isArray(input.users) ? input.users.filter(each => typeof each === 'string') : []
  switch (action) {
    case 'submit':
      return submit(ctx, shape, draft)
    case 'approve':
    case 'reject':
      return judge(ctx, shape, draft, { is: action, by, signed, ...opinionOf }, told, running)
    case 'return': {
      const step = typeof input.to === 'string' && input.to !== '' ? input.to : null
      const to = step === null ? 'starter' : step === 'previous' ? 'previous' : { step }
      const way = input.direct === true ? 'direct' : 'again'
      return judge(ctx, shape, draft, { is: 'return', by, to, way, ...opinionOf }, told, running)
    }
    case 'transfer':
      return judge(ctx, shape, draft, { is: 'transfer', by, to: String(input.to), ...opinionOf }, told, running)
    case 'add_signer': {
      const how = input.how === 'after' || input.how === 'beside' ? input.how : 'before'
      const mode = input.mode === 'any' || input.mode === 'order' ? input.mode : 'all'
      return judge(ctx, shape, draft, { is: 'add', by, users: people, how, mode, signed, ...opinionOf }, told, running)
    }
    case 'copy_to':
      return judge(ctx, shape, draft, { is: 'copy', by, users: people }, told, running)
    case 'withdraw':
    case 'take_back':
    case 'remind':
      return judge(ctx, shape, draft, { is: action, by }, told, running)
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
