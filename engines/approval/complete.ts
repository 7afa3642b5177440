// A step is passed: onward, back to whoever returned it, or to the first place where an edit changed who must be asked.
import { blockAt, isWithin, type Step } from './definition.ts'
import { changedPlace } from './recheck.ts'
import type { Run, Token } from './state.ts'
import { end, openTurns, standingOf } from './vote.ts'
import { jump, leave, movedBy, reroute } from './walk.ts'

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
  const changed = changedPlace(run, token.path)
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

/** 直达退回人: what waited goes on as it was, and whoever returned it is asked anew. */
function resumeAt(run: Run, token: Token, target: string): void {
  const { state } = run
  const moved = movedBy(target, token.path)
  for (const each of state.tokens) {
    if (each.state !== 'held' || !isWithin(each.path, moved)) continue
    each.state = each.groups.length > 0 ? 'active' : 'arrived'
    for (const task of state.tasks) if (task.token === each.id && task.state === 'held') task.state = 'open'
  }
  jump(run, token.path, target, [token.id], null, true)
}
