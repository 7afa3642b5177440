// After an edit: is the way that was walked still the way, and did everybody judge who must?
import { blockAt, comparePaths, escalationPath, indexesOf, isWithin, mayJump } from './definition.ts'
import { judgeOf, peopleOf } from './open-step.ts'
import { chosenAt } from './route.ts'
import type { Run } from './state.ts'

/**
 * The first place on the way to `path` (with '' or a fork: within it, too) where it would go otherwise now: a choice that is
 * decided otherwise, or a 授权表 step none of whose people, for the amount as it is now, was asked. Null when nothing that
 * decides was edited.
 */
export function changedPlace(run: Run, path: string): string | null {
  const { state } = run
  if (!state.stale) return null
  const walked = state.tokens.flatMap(token => (token.state === 'done' && token.groups.length > 0 ? [token.path] : []))
  const places = [...new Set([...Object.keys(state.decisions), ...walked])]
    .filter(each => each !== escalationPath && isTaken(run, each))
    .filter(each => comparePaths(each, path) < 0 || isWithin(path, each) || isWithin(each, path))
    .filter(each => isWithin(each, path) || mayJump(run, path, each))
    .sort(comparePaths)
  return places.find(each => isOtherwise(run, each)) ?? null
}

/** Does it lie on the way that the choices took? */
function isTaken({ flow, state }: Run, path: string): boolean {
  const indexes = indexesOf(path)
  return indexes.every((index, depth) => {
    const above = indexes.slice(0, depth).join('.')
    return blockAt(flow, above)?.is !== 'choice' || state.decisions[above] === index
  })
}

function isOtherwise(run: Run, path: string): boolean {
  const { flow, state } = run
  const block = blockAt(flow, path)
  if (block?.is === 'choice') return chosenAt(run, block) !== state.decisions[path]
  if (block?.is !== 'step' || !('power' in block.who)) return false
  const [main] = state.tokens.findLast(token => token.path === path && token.groups.length > 0)?.groups ?? []
  const asked = new Set(state.tasks.flatMap(task => (task.group === main?.id ? [judgeOf(task)] : [])))
  return !peopleOf(run, block).some(user => asked.has(user))
}

/**
 * 去重 by somebody's later word, who was then never asked because an edit changed the way: the step that counted on it. It is
 * asked anew.
 */
export function unjudgedStep(run: Run): string | null {
  const { flow, state } = run
  if (flow.dedup !== 'last') return null
  const judged = new Set(state.tasks.flatMap(task => (task.state === 'approved' ? [judgeOf(task)] : [])))
  const skipped = new Set(
    state.tasks.flatMap(task => (task.state === 'skipped' && !judged.has(judgeOf(task)) ? [task.token] : [])),
  )
  const places = state.tokens.filter(token => token.state === 'done' && skipped.has(token.id))
  return places.map(token => token.path).sort(comparePaths)[0] ?? null
}
