// run() and perform(): a person's verbs. Rights, state and input are checked here; the module's code says what it means.
import type { Json } from '@yingzao/kernel/entity'
import { rightsOf } from '../access/rights.ts'
import { isNone } from '../access/rows.ts'
import type { Ctx } from '../context.ts'
import { actionInput, documentAction, isDocumentAction } from '../documents/action.ts'
import { Refusal, refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import type { ReportBody } from '../report.ts'
import { asSystem } from '../system.ts'
import { isPossible } from './can.ts'
import { recordChanges } from './change.ts'
import { asRecord, type Draft } from './draft.ts'
import { once } from './idempotency.ts'
import { lockRecord, refuseStale } from './lock.ts'
import { save } from './patch.ts'
import { readTogether, write } from './transaction.ts'
import { type EntityRef, entityShape } from './typed.ts'
import { parseVerbInput } from './verb-input.ts'

export interface RunOptions {
  /** The version the person saw; another one is refused as stale. */
  readonly version?: number
  readonly idempotencyKey?: string
}

/** A verb or a transition of one record. A reading verb changes nothing and needs only the right to read. */
export async function run(
  ctx: Ctx,
  entity: EntityRef,
  id: string,
  verb: string,
  input: unknown = {},
  options: RunOptions = {},
): Promise<unknown> {
  const shape = entityShape(ctx, entity)
  const declared = shape.def.verbs?.[verb]
  const transitions = shape.def.transitions?.filter(each => each.action === verb) ?? []
  if (isDocumentAction(shape, verb)) {
    const given = parseVerbInput(ctx, actionInput[verb] ?? {}, input)
    return write({ ...ctx, action: verb }, ctx =>
      once(ctx, options.idempotencyKey, [shape.name, id, verb, input], async () =>
        asAnswer(await documentAction(ctx, shape, id, verb, given, options.version)),
      ),
    )
  }
  if (!declared && transitions.length === 0) throw refuse('verb.unknown', { verb })
  const given = parseVerbInput(ctx, declared?.input ?? {}, input)
  if (declared?.reads) return readTogether(ctx, ctx => handleVerb(ctx, shape, id, verb, given, { lock: false }))
  return write({ ...ctx, action: verb }, ctx =>
    once(ctx, options.idempotencyKey, [shape.name, id, verb, input], () =>
      handleVerb(ctx, shape, id, verb, given, { lock: true, ...options }),
    ),
  )
}

async function handleVerb(
  ctx: Ctx,
  shape: Shape,
  id: string,
  verb: string,
  input: Readonly<Record<string, Json>>,
  options: RunOptions & { readonly lock: boolean },
): Promise<Json | undefined> {
  const { draft, allowed } = await lockRecord(
    ctx,
    shape,
    id,
    { verb: rightsOf(ctx, shape.name).rows(options.lock ? verb : 'read') },
    { lock: options.lock },
  )
  if (!allowed.verb) throw refuse('access.denied', { function: verb })
  await refuseStale(ctx, shape, id, options.version, draft)
  const record = asRecord(draft)
  if (!isPossible(ctx, shape, verb, record)) throw refuse('verb.not_now', { verb: labelOf(shape, verb, ctx.lang) })
  const code = ctx.registry.handlers.get(`${shape.name}.${verb}`)?.verbs[verb]
  // The store builds the record from its declaration; handlers are written against its type.
  const answer = await code?.(ctx, record as Parameters<NonNullable<typeof code>>[1], input)
  if (options.lock) await leaveTrace(ctx, shape, id, verb, draft)
  return asAnswer(answer)
}

/** The transition's move, or a line in the history that the verb was done. */
async function leaveTrace(ctx: Ctx, shape: Shape, id: string, verb: string, before: Draft): Promise<void> {
  const transition = shape.def.transitions?.find(
    each => each.action === verb && each.from.some(stage => stage === before.values.stage),
  )
  const now = await lockIfLiving(asSystem(ctx), shape, id)
  if (!now) return
  if (transition) {
    // The verb's code may have written the record meanwhile: the move is made on what it left.
    await save(
      ctx,
      shape,
      now,
      { ...now, values: { ...now.values, stage: transition.to }, lines: structuredClone(now.lines) },
      { op: 'action', action: verb },
    )
  } else if (now.version === before.version) {
    await recordChanges(ctx, [
      { entity: shape.name, record: id, version: now.version, op: 'action', action: verb, diff: {} },
    ])
  }
}

/** The verb's own code may have removed the record. */
async function lockIfLiving(ctx: Ctx, shape: Shape, id: string): Promise<Draft | null> {
  try {
    return (await lockRecord(ctx, shape, id, {})).draft
  } catch (error) {
    if (error instanceof Refusal && error.code === 'record.not_found') return null
    throw error
  }
}

const labelOf = (shape: Shape, verb: string, lang: 'zh' | 'en'): string =>
  shape.def.verbs?.[verb]?.label[lang] ?? shape.def.transitions?.find(each => each.action === verb)?.label[lang] ?? verb

/** A verb that belongs to no record: `organisation.hand_over`. Its function is granted on the module, under its own name. */
export async function perform(
  ctx: Ctx,
  name: string,
  input: unknown = {},
  options: Pick<RunOptions, 'idempotencyKey'> = {},
): Promise<unknown> {
  const action = actionOf(ctx, name)
  const code = ctx.registry.actions.get(name)
  if (!action || !code) throw refuse('verb.unknown', { verb: name })
  if (!mayPerform(ctx, name)) throw refuse('access.denied', { function: name })
  const given = parseVerbInput(ctx, action.input ?? {}, input)
  if (action.reads) return readTogether(ctx, async ctx => asAnswer(await code.run(ctx, given)))
  return write({ ...ctx, action: name }, ctx =>
    once(ctx, options.idempotencyKey, [name, input], async () => asAnswer(await code.run(ctx, given))),
  )
}

const actionOf = (ctx: Ctx, name: string) =>
  [...ctx.registry.modules.values()].flatMap(module => module.actions).find(each => each.name === name)

/**
 * What the report of an action says, with the asker's own rights: he may perform the action, and export what it needs.
 * Refuses `verb.unknown` where it has no report.
 */
export async function reportOf(ctx: Ctx, name: string, input: unknown = {}): Promise<ReportBody> {
  const action = actionOf(ctx, name)
  const found = ctx.registry.reports.get(name)
  if (!action || !found) throw refuse('verb.unknown', { verb: name })
  if (!mayPerform(ctx, name)) throw refuse('access.denied', { function: name })
  const [entity] = action.needs?.split(':') ?? []
  if (entity !== undefined && isNone(rightsOf(ctx, entity).rows('export')))
    throw refuse('access.denied', { function: 'export' })
  const given = parseVerbInput(ctx, action.input ?? {}, input)
  return readTogether(ctx, ctx => found.run(ctx, given))
}

/** An action says by whom it may be done: `access` names roles; without it only system code and its own checks decide. */
export function mayPerform(ctx: Ctx, name: string): boolean {
  const { principal } = ctx
  if (principal.kind === 'system') return true
  const narrowed = principal.narrowed
  if (narrowed !== null && !narrowed.includes(name) && !narrowed.includes('*')) return false
  const action = actionOf(ctx, name)
  if (!action) return false
  if (action.needs) {
    const [entity = '', fn = ''] = action.needs.split(':')
    return !isNone(rightsOf(ctx, entity).rows(fn))
  }
  return principal.roles.some(({ role }) => (action.roles ?? ['member']).includes(role))
}

/** Answers are JSON: what cannot be sent is a bug of the verb, found at once. */
function asAnswer(answer: unknown): Json | undefined {
  return answer === undefined ? undefined : JSON.parse(JSON.stringify(answer))
}
