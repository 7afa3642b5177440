// A document's approval: begins at its submit, moves when its people act, ends approved, rejected, returned or withdrawn. What an
// action makes of it is prepared first and written by `keep`, in the document's transaction. The document's row is locked.
import {
  type Action,
  conditionsOf,
  type Flow,
  type Foreseen,
  forecast,
  act as play,
  type Refused,
  start,
  stepsOf,
  type Who,
} from '@yingzao/engines/approval'
import type { Json } from '@yingzao/kernel/entity'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import { amountField } from '../documents/amount.ts'
import { asRecord, type Draft } from '../records/draft.ts'
import { type Refusal, refuse } from '../refuse.ts'
import type { FieldShape, Shape } from '../registry/shape.ts'
import type { Definition } from './definition.ts'
import { type Instance, loadInstance, type Prepared } from './keep.ts'
import { settled } from './world.ts'

/** What the engine refuses, in the words of `kernel/messages.ts`. */
const codes = {
  no_task: 'approval.no_task',
  nobody: 'approval.nobody',
  begun: 'approval.begun',
  not_starter: 'approval.not_starter',
  too_late: 'approval.too_late',
  no_such_step: 'approval.no_such_step',
  already_asked: 'approval.already_asked',
  no_self: 'approval.no_self',
  not_running: 'approval.not_running',
  no_escalation: 'approval.no_escalation',
  unsigned: 'approval.unsigned',
} as const satisfies Record<Refused, string>

const refusal = (ctx: Ctx, flow: Flow, code: Refused, step?: string): Refusal => {
  const named = stepsOf(flow.root).find(each => each.name === step) ?? flow.escalation
  const where = code === 'unsigned' ? [{ path: 'signature', code: codes[code] }] : undefined
  return refuse(codes[code], step === undefined || !named ? {} : { step: named.label[ctx.lang] }, where)
}

/** The submit: a new instance, or the returned one goes on. Refused before anything is locked when a step has nobody. */
export async function openingOf(ctx: Ctx, shape: Shape, draft: Draft, { flow, id }: Definition): Promise<Prepared> {
  const before = await loadInstance(ctx, draft.id, ['returned', 'rejected', 'withdrawn', 'approved'])
  const { user } = ctx.principal
  // Sent again by somebody else it begins anew: nobody approves what he submitted.
  if (before?.state.state === 'returned' && before.state.starter === user) {
    const route = JSON.stringify(routeOf(shape, before.flow, draft)) !== JSON.stringify(before.route)
    return prepare(ctx, shape, draft, before, { is: 'resubmit', by: user ?? '', route })
  }
  const answer = await settled(ctx, shape, draft, user, world => start(flow, user, world))
  if (answer.is === 'refused') throw refusal(ctx, flow, answer.code, answer.step)
  return { id: newId(), flow, definition: id, before: null, after: answer.state, effects: answer.effects }
}

export async function prepare(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  instance: Instance,
  action: Action,
): Promise<Prepared> {
  const { id, flow, definition, state } = instance
  const answer = await settled(ctx, shape, draft, state.starter, world => play(flow, state, action, world))
  if (answer.is === 'refused') throw refusal(ctx, flow, answer.code, answer.step)
  return { id, flow, definition, before: state, after: answer.state, effects: answer.effects }
}

/** The escalation that a limit asks for, on top of an action that is not yet written; null when it was asked already or the flow names nobody. */
export async function escalated(ctx: Ctx, shape: Shape, draft: Draft, prepared: Prepared): Promise<Prepared | null> {
  const { flow, after } = prepared
  const answer = await settled(ctx, shape, draft, after.starter, world => play(flow, after, { is: 'escalate' }, world))
  if (answer.is === 'refused') {
    if (answer.code === 'no_escalation') return null
    throw refusal(ctx, flow, answer.code, answer.step)
  }
  return { ...prepared, after: answer.state, effects: [...prepared.effects, ...answer.effects] }
}

/**
 * The values that decide who is asked: its amount, kind and place, what a condition reads, people it asks for. What people
 * choose of a document (its choice fields) is its kind.
 */
export function routeFields(shape: Shape, flow: Flow): string[] {
  const words = new Set(conditionsOf(flow.root).flatMap(each => each.match(/[a-z_][a-z0-9_]*/g) ?? []))
  const whos: readonly Who[] = stepsOf(flow.root).map(each => each.who)
  const asked = whos.flatMap(who => ('field' in who ? [who.field] : []))
  const { company, department, project } = shape.def.place ?? {}
  const named = new Set([...words, ...asked, company, department, project, amountField(shape)?.name])
  const decides = ({ name, def }: FieldShape) => named.has(name) || (def.kind === 'choice' && def.system !== true)
  return [...shape.fields.values()].flatMap(field => (decides(field) ? [field.name] : [])).sort()
}
export function routeOf(shape: Shape, flow: Flow, draft: Draft): Json {
  const record = asRecord(draft)
  return JSON.parse(JSON.stringify(routeFields(shape, flow).map(name => record[name] ?? null)))
}

/** Who will be asked from now on; with `instance` null of a document that `starter` would submit as it is. */
export async function aheadOf(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  flow: Flow,
  instance: Instance | null,
  starter: string | null,
): Promise<{ steps: readonly Foreseen[]; stop: { code: string; step: string | null } | null }> {
  const answer = await settled(ctx, shape, draft, starter, world =>
    forecast(flow, instance?.state ?? null, starter, world),
  )
  if (answer.is === 'refused') return { steps: [], stop: { code: answer.code, step: answer.step ?? null } }
  return { steps: answer.steps, stop: null }
}
