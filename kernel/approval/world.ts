// The engine's world for one document: its values for conditions, and people, looked up one question at a time.

import { type Answer, keyOf, type World } from '@yingzao/engines/approval'
import { checkFormula, compileToJs, parseFormula } from '@yingzao/engines/formula'
import { v7 as newId } from 'uuid'
import type { Ctx } from '../context.ts'
import type { Run } from '../ledgers/compile.ts'
import { type Draft, lineRow } from '../records/draft.ts'
import { environmentOf } from '../registry/formula-type.ts'
import type { Shape } from '../registry/shape.ts'
import { agentsFor, peopleFor } from './approver.ts'
import { movesMoney } from './read-flow.ts'

type Question = Extract<Answer, { is: 'asks' }>
const compiled = new WeakMap<Shape, Map<string, Run | null>>()

/** Conditions of a pinned flow may no longer fit the entity's fields: such a one does not hold. */
function conditionOf(ctx: Ctx, shape: Shape, condition: string): Run | null {
  const known = compiled.get(shape) ?? new Map<string, Run | null>()
  compiled.set(shape, known)
  const before = known.get(condition)
  if (before !== undefined) return before
  const parsed = parseFormula(condition)
  const environment = environmentOf(ctx.registry.shapes, shape)
  const fits = parsed.ok && checkFormula(parsed.ast, environment, { kind: 'flag' }).ok
  const made = parsed.ok && fits ? compileToJs(parsed.ast, environment) : null
  if (known.size >= 1000) known.clear()
  known.set(condition, made)
  return made
}

/**
 * Calls the engine until it needs to know nothing more. Each question is answered once; those who stand in for others are
 * read with the first that asks for one.
 */
export async function settled<T extends { readonly is: string }>(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  starter: string | null,
  work: (world: World) => T | Question,
): Promise<T> {
  const known = new Map<string, readonly string[]>()
  let agents: ReadonlyMap<string, string> | null = null
  const lines = Object.fromEntries(Object.entries(draft.lines).map(([name, list]) => [name, list.map(lineRow)]))
  const scope = { fields: { ...draft.values, id: draft.id }, lines, today: ctx.today, now: ctx.now, user: starter }
  const world: World = {
    money: movesMoney(shape),
    id: () => newId(),
    holds: condition => conditionOf(ctx, shape, condition)?.(scope) === true,
    people(query) {
      if (query.is !== 'agent' || agents === null) return known.get(keyOf(query))
      const agent = agents.get(query.user)
      return agent === undefined ? [] : [agent]
    },
  }
  for (;;) {
    const answer = work(world)
    if (!isQuestion(answer)) return answer
    if (answer.query.is === 'agent') agents = await agentsFor(ctx, shape.name)
    else known.set(keyOf(answer.query), await peopleFor(ctx, shape, draft, answer.query, starter))
  }
}

const isQuestion = <T extends { readonly is: string }>(answer: T | Question): answer is Question => answer.is === 'asks'
