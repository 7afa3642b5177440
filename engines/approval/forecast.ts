// Who will be asked from here to the end, if everybody approves: the same engine, run ahead on a copy.
import { act, start } from './act.ts'
import { blockAt, type Flow, mayJump, pathOf } from './definition.ts'
import { passedSteps } from './route.ts'
import type { Answer, State, World } from './state.ts'

/** One step to come. `open`: somebody is asked now · `ahead`: later · `skipped`, `passed`: nobody need be asked. */
export interface Foreseen {
  readonly step: string
  readonly standing: 'open' | 'ahead' | 'skipped' | 'passed'
  /** `for`: on behalf of whom. */
  readonly people: readonly { readonly user: string; readonly for: string | null; readonly skipped: boolean }[]
}

type Ahead =
  | { readonly is: 'done'; readonly steps: readonly Foreseen[]; readonly end: State['state'] }
  | Exclude<Answer, { is: 'done' }>

/** With `state` null: of a document that `starter` would submit now. */
export function forecast(flow: Flow, state: State | null, starter: string | null, world: World): Ahead {
  let count = 0
  const own = { ...world, id: () => `ahead ${++count}` }
  let answer: Answer = state ? { is: 'done', state, effects: [] } : start(flow, starter, own)
  const known = new Set((state?.tokens ?? []).filter(token => token.state !== 'active').map(token => token.id))
  const open = new Set((state?.tokens ?? []).filter(token => token.state === 'active').map(token => token.id))
  const order: string[] = []
  // Every round approves one task; a step has few hundred at most.
  for (let round = 0; round < 20_000; round++) {
    if (answer.is !== 'done') return answer
    const now: State = answer.state
    for (const token of now.tokens)
      if (!known.has(token.id) && token.groups.length > 0 && !order.includes(token.id)) order.push(token.id)
    const next = now.tasks.find(task => task.state === 'open')
    if (now.state !== 'running' || !next) return { is: 'done', steps: rows(flow, now, order, open), end: now.state }
    answer = act(flow, now, { is: 'approve', by: next.user, task: next.id, signed: true }, own)
  }
  throw new Error(`flow ${flow.name} does not end`)
}

function rows(flow: Flow, state: State, order: readonly string[], open: ReadonlySet<string>): Foreseen[] {
  return order.flatMap((id): Foreseen[] => {
    const token = state.tokens.find(each => each.id === id)
    const step = token && blockAt(flow, token.path)
    if (step?.is !== 'step') return []
    const tasks = state.tasks.filter(task => task.token === id && task.state !== 'transferred')
    const people = tasks.map(task => ({ user: task.user, for: task.for, skipped: task.state === 'skipped' }))
    const standing = open.has(id)
      ? 'open'
      : people.length === 0
        ? 'passed'
        : people.every(each => each.skipped)
          ? 'skipped'
          : 'ahead'
    return [{ step: step.name, standing, people }]
  })
}

/** Steps that this person may return it to now, beside the starter. */
export function returnable(flow: Flow, state: State, user: string): string[] {
  const task = state.tasks.find(each => each.state === 'open' && each.user === user)
  const token = state.tokens.find(each => each.id === task?.token)
  if (!token) return []
  return passedSteps(flow, state, token).filter(name => {
    const path = pathOf(flow, name)
    return path !== null && mayJump({ flow }, token.path, path)
  })
}
