// Tokens moving through the tree: into a block, out of it, over a fork and its join, back to an earlier place.
import { blockAt, child, childrenOf, commonOf, escalationPath, indexesOf, isWithin, parentOf } from './definition.ts'
import { openStep } from './open-step.ts'
import { chosenAt } from './route.ts'
import { ask, type Run, say, type Token } from './state.ts'
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
export function enter(run: Run, path: string, from: readonly string[], back: string | null = null): void {
  const block = blockAt(run.flow, path)
  if (!block) throw new Error(`flow ${run.flow.name} has nothing at "${path}"`)
  switch (block.is) {
    case 'step':
      openStep(run, block, addToken(run, path, 'active', from, back))
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
    finish(run)
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
  leave(
    run,
    fork,
    there.map(token => token.id),
  )
}

function finish(run: Run): void {
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

/** True when nobody has to leave a sibling branch for it: the two places are not in different branches of one fork. */
export function mayJump(run: Pick<Run, 'flow'>, source: string, target: string): boolean {
  if (source === escalationPath || target === escalationPath)
    return source === escalationPath && target !== escalationPath
  if (source === target) return true
  return blockAt(run.flow, commonOf(source, target))?.is !== 'parallel'
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
): void {
  const common = source === escalationPath ? '' : commonOf(source, target)
  for (const [depth] of indexesOf(target).entries()) {
    const fork = indexesOf(target).slice(0, depth).join('.')
    if (depth < indexesOf(common).length || (fork === common && source !== target && source !== escalationPath))
      continue
    const block = blockAt(run.flow, fork)
    if (block?.is !== 'parallel') continue
    for (const index of block.of.keys()) {
      const branch = child(fork, index)
      const taken = run.state.tokens.some(token => isLive(token) && isWithin(token.path, branch))
      if (!isWithin(target, branch) && !taken) addToken(run, branch, 'arrived', from, null)
    }
  }
  enter(run, target, from, back)
}
