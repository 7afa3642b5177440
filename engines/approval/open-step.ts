// A step begins: who is asked, in whose place, and who need not be asked again.
import { blockAt, escalationPath, type Step, stepsOf } from './definition.ts'
import { stepsAfter } from './route.ts'
import { ask, type Group, type Run, refused, say, type Task, type TaskState, type Token } from './state.ts'

/** Superiors that are asked for one after another before the engine believes in a circle. */
const highest = 50

/** 上级: the next above who is not the starter; null at the root, at a vacancy without an end, or in a circle. */
export function superiorOf(run: Pick<Run, 'world' | 'state'>, user: string): string | null {
  const seen = new Set([user])
  for (let at: string | undefined = user; at !== undefined && seen.size < highest; ) {
    const above: string | undefined = ask(run, { is: 'superior', user: at })[0]
    if (above === undefined || seen.has(above)) return null
    if (above !== run.state.starter) return above
    seen.add(above)
    at = above
  }
  return null
}

/** Empty: pass the step. Refuses where nobody can be asked and the step may not be passed. */
export function peopleOf(run: Run, step: Step): readonly string[] {
  const { starter } = run.state
  const { money } = run.world
  const self = money ? 'superior' : (step.self ?? 'superior')
  const named = [...new Set(ask(run, { is: 'step', step: step.name, who: step.who, starter: self !== 'superior' }))]
  const others = named.filter(user => user !== starter)
  if (others.length === named.length && named.length > 0) return named
  if (named.length > 0 && starter !== null) {
    if (self === 'self') return named
    if (self === 'skip') return others
    const above = superiorOf(run, starter)
    const instead =
      above === null || others.includes(above) ? others : named.map(user => (user === starter ? above : user))
    if (instead.length > 0) return instead
  }
  if (run.flow.voids && isOnly(run, step, starter)) return []
  return whenEmpty(run, step)
}

/** Whoever asks for a void is all this step has, and nobody stands above him: the other steps judge it. */
function isOnly(run: Run, step: Step, starter: string | null): boolean {
  const named = ask(run, { is: 'step', step: step.name, who: step.who, starter: true })
  return named.length > 0 && named.every(user => user === starter)
}

function whenEmpty(run: Run, step: Step): readonly string[] {
  const { empty = 'refuse' } = step
  if (empty === 'pass' && !run.world.money) return []
  const named = empty === 'admin' ? ask(run, { is: 'admin' }) : typeof empty === 'object' ? empty.users : []
  const others = named.filter(user => user !== run.state.starter)
  if (others.length === 0) throw refused('nobody', step)
  return others
}

/**
 * 直达退回人: whoever returned it, also when the task was handed to him. Where others of the step must judge besides, they are
 * asked anew, and he in the place of whom he had it from. Null when he is not there any more, or was only added to the step.
 */
function returnerOf(run: Run, step: Step, path: string): readonly string[] | null {
  const { tasks, tokens } = run.state
  const token = tokens.findLast(
    each => each.path === path && tasks.some(task => task.token === each.id && task.state === 'returned'),
  )
  const task = tasks.find(each => each.token === token?.id && each.state === 'returned')
  const main = token?.groups[0]
  if (!task || !main || task.group !== main.id) return null
  const user = judgeOf(task)
  if (ask(run, { is: 'step', step: step.name, who: { users: [user] }, starter: true }).length === 0) return null
  if (main.mode === 'any') return [user]
  const handed = new Set(
    tasks.flatMap(each =>
      each.group === main.id && each.order === task.order && each.state === 'transferred' ? [judgeOf(each)] : [],
    ),
  )
  return [...new Set([...peopleOf(run, step).map(each => (handed.has(each) ? user : each)), user])]
}

/** `direct`: it comes straight back to whoever returned it. */
export function openStep(run: Run, step: Step, token: Token, direct = false): void {
  const people = (direct ? returnerOf(run, step, token.path) : null) ?? peopleOf(run, step)
  const mode = 'leaders' in step.who ? 'order' : (step.mode ?? 'any')
  const main: Group = {
    id: run.world.id(),
    how: 'main',
    of: null,
    mode,
    percent: mode === 'all' ? (step.percent ?? 100) : 100,
  }
  token.groups.push(main)
  if (people.length === 0) say(run, 'passed', { step: step.name })
  const passed = passedBy(run, step, token, people)
  for (const user of people) {
    const task = assign(run, step, token, main, user)
    if (!passed.has(user)) continue
    task.state = 'skipped'
    task.acted = say(run, 'skipped', { user: task.user, for: task.for, step: step.name })
  }
}

/** A task for the person, or for whoever stands in: the agent, unless that is the starter. An agent's agent is not asked. */
export function assign(
  run: Run,
  step: Step,
  token: Token,
  group: Group,
  user: string,
  state: TaskState = 'waiting',
): Task {
  const agent = ask(run, { is: 'agent', user })[0]
  const acting = agent === undefined || agent === run.state.starter || agent === user ? user : agent
  const task: Task = {
    id: run.world.id(),
    token: token.id,
    step: step.name,
    user: acting,
    for: acting === user ? null : user,
    group: group.id,
    order: run.state.tasks.filter(each => each.group === group.id).length,
    state,
    acted: null,
    reminded: false,
  }
  run.state.tasks.push(task)
  return task
}

/** Whose judgement a task is: 代 counts for the person it stands for. */
export const judgeOf = (task: Pick<Task, 'user' | 'for'>): string => task.for ?? task.user

/** 去重: who of them has judged already, or will later. Never at a 必审 step, across one, or after an edit. */
function passedBy(run: Run, step: Step, token: Token, people: readonly string[]): ReadonlySet<string> {
  const { flow, state } = run
  const dedup = flow.dedup ?? 'consecutive'
  // Whoever is asked besides is asked about what is beyond the limit, whatever he said before.
  const besides = token.path === escalationPath
  if (dedup === 'none' || step.must || step.sign || token.back !== null || besides) return new Set()
  if (dedup === 'last') {
    // What was edited must be judged by everybody on the way.
    if (state.trail.some(each => each.act === 'edited' || each.act === 'rerouted')) return new Set()
    const later = new Set<string>()
    for (const next of stepsAfter(run, token.path)) {
      const judges = peopleOf(run, next)
      if (judges.length === 1 || isAskedOfAll(next)) for (const user of judges) later.add(user)
      if (next.must) break
    }
    return new Set(people.filter(user => later.has(user)))
  }
  const since = barrier(run)
  const before = dedup === 'first' ? null : stepsBefore(run, token)
  const judged = state.tasks.filter(
    task =>
      (task.state === 'approved' || task.state === 'skipped') &&
      (task.acted ?? 0) > since &&
      task.token !== token.id &&
      (before === null || before.has(task.token)),
  )
  return new Set(people.filter(user => judged.some(task => judgeOf(task) === user)))
}

/** Nobody of its people can be left out of the step's decision. */
const isAskedOfAll = ({ who, mode = 'any', percent = 100 }: Step): boolean =>
  'leaders' in who || mode === 'order' || (mode === 'all' && percent === 100)

/** Number in the trail up to which no approval counts any more: the last edit or return, and all before the last 必审 step. */
function barrier({ flow, state }: Run): number {
  const cut =
    state.trail.findLast(each => ['edited', 'returned', 'resubmitted', 'rerouted'].includes(each.act))?.seq ?? 0
  const musts = new Set(stepsOf(flow.root).flatMap(each => (each.must ? [each.name] : [])))
  const last = state.trail.findLast(each => each.act === 'approved' && each.step !== null && musts.has(each.step))
  if (!last) return cut
  const tokens = new Set(
    state.tasks.filter(task => task.step === last.step && task.acted !== null).map(task => task.token),
  )
  const first = Math.min(...state.tasks.filter(task => tokens.has(task.token)).map(task => task.acted ?? last.seq))
  return Math.max(cut, first - 1)
}

/** Tokens of the steps right before this one; several after a join. */
function stepsBefore({ flow, state }: Run, token: Token): ReadonlySet<string> {
  const tokens = new Map(state.tokens.map(each => [each.id, each]))
  const found = new Set<string>()
  const visit = (ids: readonly string[]) => {
    for (const id of ids) {
      const each = tokens.get(id)
      if (!each || found.has(id)) continue
      // A token that arrived stands at the end of a branch, which may be a step's own place.
      const isStep = each.groups.length > 0 && blockAt(flow, each.path)?.is === 'step'
      if (isStep) found.add(id)
      else visit(each.from)
    }
  }
  visit(token.from)
  return found
}
