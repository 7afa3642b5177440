// What a step's people have decided so far, with those whom they added; and what follows from it.
import type { Group, State, Task, Token } from './state.ts'

export type Standing = 'pending' | 'passed' | 'failed'

/** `ceil(percent · n / 100)`, exact for whole percents. */
export const needed = (percent: number, n: number): number => Math.ceil((percent * n) / 100)

const tasksOf = (state: State, group: Group): Task[] =>
  state.tasks.filter(task => task.group === group.id && task.state !== 'transferred' && task.state !== 'cancelled')

export function standingOf(state: State, token: Token, group: Group): Standing {
  const tasks = tasksOf(state, group)
  const votes = tasks.map(task => voteOf(state, token, task))
  const [passed, failed] = [
    votes.filter(vote => vote === 'passed').length,
    votes.filter(vote => vote === 'failed').length,
  ]
  if (tasks.length === 0) return 'passed'
  if (group.mode === 'any') return passed > 0 ? 'passed' : failed > 0 ? 'failed' : 'pending'
  const need = needed(group.percent, tasks.length)
  return passed >= need ? 'passed' : failed > tasks.length - need ? 'failed' : 'pending'
}

/** A person's own word, and that of those whom he asked before and after it. */
function voteOf(state: State, token: Token, task: Task): Standing {
  const added = token.groups.filter(group => group.of === task.id).map(group => standingOf(state, token, group))
  if (task.state === 'rejected' || added.includes('failed')) return 'failed'
  return (task.state === 'approved' || task.state === 'skipped') && !added.includes('pending') ? 'passed' : 'pending'
}

/** Gives the turn to whoever is next among the people of a group. */
export function openTurns(state: State, token: Token, group: Group): void {
  const tasks = tasksOf(state, group)
  // 前加签 is for before the own word; 后加签 for after it.
  const owner = group.of === null ? undefined : state.tasks.find(task => task.id === group.of)
  if (group.how === 'after' && owner?.state !== 'approved') return
  if (group.how !== 'main' && standingOf(state, token, group) !== 'pending') {
    for (const task of tasks) if (task.state === 'open' || task.state === 'waiting') task.state = 'cancelled'
    return
  }
  // 或签: the first word decides, and the others wait no longer, also while those are asked whom he added.
  if (group.mode === 'any' && tasks.some(task => task.state === 'approved' || task.state === 'skipped')) {
    for (const task of tasks) if (task.state === 'open' || task.state === 'waiting') task.state = 'cancelled'
    return
  }
  const ready = tasks.filter(task => task.state === 'waiting' && !asksBefore(state, token, task))
  if (group.mode !== 'order') for (const task of ready) task.state = 'open'
  else if (!tasks.some(task => voteOf(state, token, task) === 'pending' && task.state !== 'waiting')) {
    const next = tasks.filter(task => task.state === 'waiting').sort((a, b) => a.order - b.order)[0]
    if (next && !asksBefore(state, token, next)) next.state = 'open'
  }
}

const asksBefore = (state: State, token: Token, task: Task): boolean =>
  token.groups.some(
    group => group.how === 'before' && group.of === task.id && standingOf(state, token, group) === 'pending',
  )

/** Nothing is live and nobody is asked any more. */
export function end(state: State): void {
  for (const token of state.tokens)
    if (token.state === 'active' || token.state === 'arrived' || token.state === 'held') token.state = 'cancelled'
  for (const task of state.tasks)
    if (task.state === 'open' || task.state === 'waiting' || task.state === 'held') task.state = 'cancelled'
}
