// Which way the flow goes from here, and which way it came.
import {
  type Block,
  blockAt,
  type Choice,
  childrenOf,
  comparePaths,
  escalationPath,
  type Flow,
  indexesOf,
  type Step,
} from './definition.ts'
import type { Run, State, Token } from './state.ts'

/** The first case that holds now, else the last branch. */
export function chosenAt(run: Pick<Run, 'world'>, block: Choice): number {
  const at = block.cases.findIndex(each => run.world.holds(each.when))
  return at < 0 ? block.cases.length : at
}

/** Steps on the way from `path` (or with `itself` from within it) to the end, as the choices decide now. */
export function stepsAfter(run: Pick<Run, 'flow' | 'world'>, path: string, itself = false): Step[] {
  const found: Step[] = []
  const inside = (block: Block): void => {
    if (block.is === 'step') found.push(block)
    else if (block.is === 'choice') {
      const taken = childrenOf(block)[chosenAt(run, block)]
      if (taken) inside(taken)
    } else for (const each of childrenOf(block)) inside(each)
  }
  const indexes = indexesOf(path)
  const here = itself ? blockAt(run.flow, path) : undefined
  if (here) inside(here)
  for (let depth = indexes.length - 1; depth >= 0; depth--) {
    const block = blockAt(run.flow, indexes.slice(0, depth).join('.'))
    if (block?.is === 'sequence') for (const each of block.of.slice((indexes[depth] ?? 0) + 1)) inside(each)
  }
  return found
}

/** Steps whose tokens are done and that lie on this token's own way: where it may be returned to. In the order they were passed. */
export function passedSteps(flow: Flow, state: State, token: Token): string[] {
  const tokens = new Map(state.tokens.map(each => [each.id, each]))
  const found: string[] = []
  const seen = new Set<string>()
  const visit = (ids: readonly string[]) => {
    for (const id of ids) {
      const each = tokens.get(id)
      if (!each || seen.has(id)) continue
      seen.add(id)
      visit(each.from)
      const block = blockAt(flow, each.path)
      // Whoever returned it stands on the way, too, and further on: nothing is "returned" forward.
      const earlier = token.path === escalationPath || comparePaths(each.path, token.path) < 0
      if (each.groups.length > 0 && each.state === 'done' && block?.is === 'step' && earlier) {
        const at = found.indexOf(block.name)
        if (at >= 0) found.splice(at, 1)
        found.push(block.name)
      }
    }
  }
  visit(token.from)
  return found
}
