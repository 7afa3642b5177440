// "Who will approve this amount?": a flow asked with a sample document, before it is published and without one being written.
import type { Flow, Foreseen } from '@yingzao/engines/approval'
import { isId, type Json } from '@yingzao/kernel/entity'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import type { Draft } from '../records/draft.ts'
import { compute, filled } from '../records/settle.ts'
import { titlesOf } from '../records/title.ts'
import { parseValue } from '../records/value.ts'
import { type FieldError, refuse, refuseInput } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { asSystem } from '../system.ts'
import { definitionOf } from './definition.ts'
import { aheadOf } from './instance.ts'
import { namesOf, type TrailView } from './read.ts'
import { readFlow } from './read-flow.ts'

export interface Simulated extends Pick<TrailView, 'steps' | 'modes' | 'people' | 'stop'> {
  readonly chain: readonly Foreseen[]
}

/** `values`: sample header fields, computed ones too (a sum needs no lines here). `content`: an unpublished definition. */
export async function simulate(
  ctx: Ctx,
  shape: Shape,
  values: Json,
  starter: string,
  content: Json | undefined,
): Promise<Simulated> {
  const flow =
    content === undefined || content === null
      ? (await definitionOf(ctx, shape, shape.def.approval))?.flow
      : flowIn(content)
  if (!flow) throw refuse('approval.flow_unknown', { flow: shape.def.approval ?? '' })
  const draft = sampleOf(ctx, shape, values)
  const { steps, stop } = await aheadOf(asSystem(ctx), shape, draft, flow, null, starter)
  const ids = steps.flatMap(step =>
    step.people.flatMap(each => (each.for === null ? [each.user] : [each.user, each.for])),
  )
  return { chain: steps, stop, ...namesOf(flow), people: await titlesOf(asSystem(ctx), 'user', [...new Set(ids)]) }
}

function flowIn(content: Json): Flow {
  const read = readFlow(content)
  if (!read.ok) throw refuse('approval.flow_form', { at: read.at, reason: read.reason })
  return read.flow
}

function sampleOf(ctx: Ctx, shape: Shape, given: Json): Draft {
  const errors: FieldError[] = []
  const sample: Record<string, Json> = {}
  const pairs = typeof given === 'object' && given !== null && !Array.isArray(given) ? Object.entries(given) : []
  for (const [name, value] of pairs) {
    const field = shape.fields.get(name)
    if (!field?.column) {
      errors.push({ path: name, code: 'field.unknown' })
      continue
    }
    const parsed = parseValue(field.def, value)
    if (parsed.ok) sample[name] = parsed.value
    else
      errors.push({
        path: name,
        code: parsed.code,
        ...('values' in parsed && parsed.values ? { values: parsed.values } : {}),
      })
  }
  if (errors.length > 0) throw refuseInput(errors)
  const draft: Draft = { id: newId(), version: 1, values: filled(ctx, shape, sample), lines: {} }
  for (const { field } of shape.lines) draft.lines[field] = []
  compute(ctx, shape, draft)
  // What was given stands, also where a formula would say otherwise.
  Object.assign(draft.values, sample)
  return draft
}

export const isPerson = (value: Json | undefined): value is string => isId(value)
