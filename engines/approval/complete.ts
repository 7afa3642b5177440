// A step is passed: onward, back to whoever returned it, or to the first choice that an edit decided otherwise.
import { blockAt, comparePaths, isWithin, type Step } from './definition.ts'
import { chosenAt } from './route.ts'
import { type Run, say, type Token } from './state.ts'
import { end, openTurns, standingOf } from './vote.ts'
import { cancelWithin, jump, leave, mayJump, movedBy, stop } from './walk.ts'

/** After any change: ends the steps that are decided, one after another, and gives everybody else his turn. */
export function advance(run: Run): void {
  const { flow, state } = run
  for (let again = true; again && state.state === 'running'; ) {
    again = false
    for (const token of state.tokens) {
      const [main] = token.groups
      if (token.state !== 'active' || !main) continue
      for (const group of token.groups) openTurns(state, token, group)
      const standing = standingOf(state, token, main)
      if (standing === 'pending') continue
      for (const task of state.tasks)
        if (task.token === token.id && (task.state === 'open' || task.state === 'waiting')) task.state = 'cancelled'
      const step = blockAt(flow, token.path)
      if (step?.is !== 'step') throw new Error(`flow ${flow.name} has no step at "${token.path}"`)
      again = true
      if (standing === 'passed') complete(run, step, token)
      else {
        // 拒绝: all of it ends.
        state.state = 'rejected'
        end(state)
      }
      break
    }
  }
}

function complete(run: Run, step: Step, token: Token): void {
  token.state = 'done'
  const changed = changedChoice(run, token.path)
  if (changed !== null) {
    reroute(run, token.path, changed, [token.id], step.name)
    return
  }
  if (token.back !== null) {
    resumeAt(run, token, token.back)
    return
  }
  leave(run, token.path, [token.id])
}

/** The first choice on the way to `path` that would be decided otherwise now; null when nothing that decides was edited. */
export function changedChoice(run: Run, path: string): string | null {
  const { flow, state } = run
  if (!state.stale) return null
  const made = Object.keys(state.decisions)
    .filter(each => path === '' || comparePaths(each, path) < 0 || isWithin(path, each))
    .filter(each => path === '' || mayJump(run, path, each))
    .sort(comparePaths)
  for (const each of made) {
    const block = blockAt(flow, each)
    if (block?.is === 'choice' && chosenAt(run, block) !== state.decisions[each]) return each
  }
  return null
}

export function reroute(run: Run, source: string, choice: string, from: readonly string[], step: string | null): void {
  const { state } = run
  state.stale = false
  say(run, 'rerouted', { step })
  // Decisions within what is walked anew are made anew.
  for (const path of Object.keys(state.decisions)) if (isWithin(path, choice)) delete state.decisions[path]
  dropHeld(run, source)
  cancelWithin(run, movedBy(source, choice) || choice)
  cancelWithin(run, choice)
  jump(run, source, choice, from)
}

/** What waited for a return that does not come back any more. */
export function dropHeld(run: Run, source: string): void {
  for (const token of run.state.tokens)
    if (token.state === 'held' && mayJump(run, source, token.path)) stop(run, token, 'cancelled')
}

/** 直达退回人: what waited goes on as it was, and the step that returned it is asked anew. */
function resumeAt(run: Run, token: Token, target: string): void {
  const { state } = run
  const moved = movedBy(target, token.path)
  for (const each of state.tokens) {
    if (each.state !== 'held' || !isWithin(each.path, moved)) continue
    each.state = each.groups.length > 0 ? 'active' : 'arrived'
    for (const task of state.tasks) if (task.token === each.id && task.state === 'held') task.state = 'open'
  }
  jump(run, token.path, target, [token.id])
}
