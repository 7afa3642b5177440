// Tokens moving through the tree: into a block, out of it, over a fork and its join, back to an earlier place.
import {
  blockAt,
  child,
  childrenOf,
  commonOf,
  escalationPath,
  indexesOf,
  isWithin,
  mayJump,
  parentOf,
} from './definition.ts'
import { openStep } from './open-step.ts'
import { changedPlace, unjudgedStep } from './recheck.ts'
import { chosenAt } from './route.ts'
import { ask, type Run, refused, say, type Token } from './state.ts'
import { end } from './vote.ts'

export const isLive = (token: Token): boolean => token.state === 'active' || token.state === 'arrived'

export function addToken(
  run: Run,
  path: string,
  state: Token['state'],
  from: readonly string[],
  back: string | null,
): Token {
  const token: Token = { id: run.world.id(), path, state, from, back, groups: [] }
  run.state.tokens.push(token)
  return token
}

/** Into the block at `path`, and on until people must act or the flow ends. */
export function enter(
  run: Run,
  path: string,
  from: readonly string[],
  back: string | null = null,
  direct = false,
): void {
  const block = blockAt(run.flow, path)
  if (!block) throw new Error(`flow ${run.flow.name} has nothing at "${path}"`)
  switch (block.is) {
    case 'step':
      openStep(run, block, addToken(run, path, 'active', from, back), direct)
      return
    case 'copy': {
      const users = ask(run, { is: 'step', step: block.name, who: block.who, starter: true })
      if (users.length > 0) {
        run.effects.push({ is: 'copied', users })
        say(run, 'copied', { step: block.name, to: users })
      }
      leave(run, path, from)
      return
    }
    case 'sequence':
      if (block.of.length === 0) leave(run, path, from)
      else enter(run, child(path, 0), from)
      return
    case 'choice': {
      const chosen = chosenAt(run, block)
      run.state.decisions[path] = chosen
      enter(run, child(path, chosen), from)
      return
    }
    case 'parallel':
      if (block.of.length === 0) leave(run, path, from)
      for (const index of block.of.keys()) enter(run, child(path, index), from)
  }
}

/** Out of the block at `path`: to what follows it, to the join of its fork, or to the end of the flow. */
export function leave(run: Run, path: string, from: readonly string[]): void {
  if (path === '' || path === escalationPath) {
    finish(run, from)
    return
  }
  const parent = parentOf(path)
  const block = blockAt(run.flow, parent)
  const index = indexesOf(path).at(-1) ?? 0
  if (block?.is === 'sequence' && index + 1 < block.of.length) enter(run, child(parent, index + 1), from)
  else if (block?.is === 'parallel') arrive(run, parent, path, from)
  else leave(run, parent, from)
}

function arrive(run: Run, fork: string, path: string, from: readonly string[]): void {
  addToken(run, path, 'arrived', from, null)
  const block = blockAt(run.flow, fork)
  const there = run.state.tokens.filter(
    token => token.state === 'arrived' && token.path !== fork && parentOf(token.path) === fork,
  )
  if (!block || there.length < childrenOf(block).length) return
  for (const token of there) token.state = 'done'
  const ids = there.map(token => token.id)
  // Nobody leaves his branch for what was edited in another: it is looked at where they meet.
  const changed = changedPlace(run, fork)
  if (changed === null) leave(run, fork, ids)
  else reroute(run, fork, changed, ids, null)
}

/** Approved only when, on the way as it is now, everybody judged who must; where money moves, at least one person. */
function finish(run: Run, from: readonly string[]): void {
  const missing = changedPlace(run, '') ?? unjudgedStep(run)
  if (missing !== null) {
    reroute(run, '', missing, from, null)
    return
  }
  if (run.world.money && !run.state.tasks.some(task => task.state === 'approved')) throw refused('nobody')
  run.state.state = 'approved'
  end(run.state)
  for (const who of run.flow.copies ?? []) {
    const users = ask(run, { is: 'step', step: '', who, starter: true })
    if (users.length === 0) continue
    run.effects.push({ is: 'copied', users })
    say(run, 'copied', { to: users })
  }
}

/** Ends what is live within a place, its open tasks with it. */
export function cancelWithin(run: Run, path: string, to: 'cancelled' | 'held' = 'cancelled'): void {
  for (const token of run.state.tokens)
    if (isWithin(token.path, path) && (isLive(token) || (to === 'cancelled' && token.state === 'held')))
      stop(run, token, to)
}
export function stop(run: Run, token: Token, to: 'cancelled' | 'held'): void {
  token.state = to
  for (const task of run.state.tasks) {
    if (task.token !== token.id) continue
    if (task.state === 'open') task.state = to
    else if (to === 'cancelled' && (task.state === 'waiting' || task.state === 'held')) task.state = 'cancelled'
  }
}

/** The whole that moves when somebody at `source` goes to `target`: everything in the branch of their common block. */
export function movedBy(source: string, target: string): string {
  if (source === escalationPath) return ''
  const common = commonOf(source, target)
  const depth = indexesOf(common).length
  return indexesOf(source)
    .slice(0, depth + 1)
    .join('.')
}

/** Puts a token at `target`; branches beside it, of forks that were passed already, stay passed. */
export function jump(
  run: Run,
  source: string,
  target: string,
  from: readonly string[],
  back: string | null = null,
  direct = false,
): void {
  const common = source === escalationPath ? '' : commonOf(source, target)
  for (const [depth] of indexesOf(target).entries()) {
    const fork = indexesOf(target).slice(0, depth).join('.')
    if (depth < indexesOf(common).length || (fork === common && source !== fork && source !== escalationPath)) continue
    const block = blockAt(run.flow, fork)
    if (block?.is !== 'parallel') continue
    for (const index of block.of.keys()) {
      const branch = child(fork, index)
      const taken = run.state.tokens.some(token => isLive(token) && isWithin(token.path, branch))
      if (!isWithin(target, branch) && !taken) addToken(run, branch, 'arrived', from, null)
    }
  }
  enter(run, target, from, back, direct)
}

/** Back to a place where it goes otherwise now; what was judged before it stands. */
export function reroute(run: Run, source: string, place: string, from: readonly string[], step: string | null): void {
  const { state } = run
  say(run, 'rerouted', { step })
  // Decisions within what is walked anew are made anew.
  for (const path of Object.keys(state.decisions)) if (isWithin(path, place)) delete state.decisions[path]
  dropHeld(run, source)
  cancelWithin(run, movedBy(source, place) || place)
  cancelWithin(run, place)
  jump(run, source, place, from)
}

/** What waited for a return that does not come back any more. */
export function dropHeld(run: Run, source: string): void {
  for (const token of run.state.tokens)
    if (token.state === 'held' && mayJump(run, source, token.path)) stop(run, token, 'cancelled')
}
