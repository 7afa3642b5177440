// How far a running approval is, for whoever draws it: the steps whose approval led here, and those where somebody is asked now.
import { comparePaths } from './definition.ts'
import type { State, Token } from './state.ts'

export interface Progress {
  /** Paths of steps on the way to where it stands. */
  readonly done: readonly string[]
  /** Paths of steps that are asked, or that wait for a return to come back. */
  readonly current: readonly string[]
  /** Which case of each choice was taken, by its path. */
  readonly decisions: Readonly<Record<string, number>>
  readonly end: State['state']
}

/** What was walked and then returned from is not done: it will be asked again. */
export function progressOf(state: State): Progress {
  const known = new Map(state.tokens.map(token => [token.id, token]))
  const at = (token: Token) => token.state === 'active' || token.state === 'held' || token.state === 'arrived'
  const heads = state.state === 'running' ? state.tokens.filter(at) : headsOf(state)
  const done = new Set<string>()
  /** `before`: after a return only what lies before where it went still counts. */
  const climb = (token: Token, before: string | null, seen: Set<string>): void => {
    for (const id of token.from) {
      const each = known.get(id)
      if (!each || seen.has(id)) continue
      seen.add(id)
      const limit = each.state === 'cancelled' ? (before ?? token.path) : before
      if (each.state === 'done' && each.groups.length > 0 && (limit === null || comparePaths(each.path, limit) < 0))
        done.add(each.path)
      climb(each, limit, seen)
    }
  }
  for (const head of heads) {
    if (head.state === 'done' && head.groups.length > 0) done.add(head.path)
    climb(head, null, new Set())
  }
  const current =
    state.state === 'running'
      ? heads.filter(token => token.state !== 'arrived' && token.groups.length > 0).map(token => token.path)
      : []
  for (const path of current) done.delete(path)
  return { done: [...done], current: [...new Set(current)], decisions: state.decisions, end: state.state }
}

/** Of an approval that ended: the tokens nothing came from. */
function headsOf(state: State): readonly Token[] {
  const parents = new Set(state.tokens.flatMap(token => token.from))
  return state.tokens.filter(token => !parents.has(token.id))
}
