// The engine's door: what people and the clock do to a running approval. Values in, values out; the host keeps the rows.

import { advance } from './complete.ts'
import { blockAt, escalationPath, type Flow, isWithin, mayJump, pathOf, type Step } from './definition.ts'
import { assign, judgeOf, superiorOf } from './open-step.ts'
import { changedPlace } from './recheck.ts'
import { passedSteps, stepsAfter } from './route.ts'
import {
  type Action,
  type Answer,
  type Group,
  type Run,
  refused,
  type State,
  Stop,
  say,
  type Task,
  type Token,
  type World,
} from './state.ts'
import { end } from './vote.ts'
import { cancelWithin, dropHeld, enter, isLive, jump, movedBy, reroute, stop } from './walk.ts'

const emptyState = (starter: string | null): State => ({
  starter,
  state: 'running',
  tokens: [],
  tasks: [],
  decisions: {},
  stale: false,
  resume: null,
  trail: [],
})
const copyOf = (state: State): State => ({
  ...state,
  tokens: state.tokens.map(token => ({ ...token, groups: [...token.groups] })),
  tasks: state.tasks.map(task => ({ ...task })),
  decisions: { ...state.decisions },
  trail: [...state.trail],
})

function attempt(flow: Flow, state: State, world: World, work: (run: Run) => void): Answer {
  const run: Run = { flow, world, state, effects: [] }
  try {
    work(run)
    advance(run)
  } catch (thrown) {
    if (thrown instanceof Stop) return thrown.answer
    throw thrown
  }
  return { is: 'done', state, effects: run.effects }
}

/** 提交: the first steps are asked. `starter` is null for what nobody started. */
export const start = (flow: Flow, starter: string | null, world: World): Answer =>
  attempt(flow, emptyState(starter), world, run => {
    say(run, 'submitted', { user: starter })
    enter(run, '', [])
  })

/** One action on a copy of the state; the state given is not changed. */
export const act = (flow: Flow, state: State, action: Action, world: World): Answer =>
  attempt(flow, copyOf(state), world, run => handle(run, action))

function handle(run: Run, action: Action): void {
  const { state } = run
  if (state.state !== 'running' && action.is !== 'escalate' && action.is !== 'resubmit') throw refused('not_running')
  switch (action.is) {
    case 'approve':
    case 'reject':
      judge(run, action)
      break
    case 'return':
      giveBack(run, action)
      break
    case 'add':
      addPeople(run, action)
      break
    case 'transfer':
      transfer(run, action)
      break
    case 'copy':
      if (!state.tasks.some(task => task.user === action.by) && action.by !== state.starter) throw refused('no_task')
      run.effects.push({ is: 'copied', users: action.users })
      say(run, 'copied', { user: action.by, to: action.users })
      break
    case 'withdraw':
      withdraw(run, action.by)
      break
    case 'take_back':
      takeBack(run, action.by)
      break
    case 'remind':
      if (action.by !== state.starter) throw refused('not_starter')
      remind(
        run,
        action.by,
        state.tasks.filter(task => task.state === 'open'),
      )
      break
    case 'edit':
      if (action.route) state.stale = true
      say(run, 'edited', { user: action.by, step: openTasks(state, action.by)[0]?.step ?? null })
      break
    case 'expire':
      expire(run, action.task)
      break
    case 'resubmit':
      resubmit(run, action.by, action.route)
      break
    case 'escalate':
      escalate(run)
  }
}

/** Open tasks of one person at the first of his places; `task` names one. */
function openTasks(state: State, user: string, task?: string): Task[] {
  const open = state.tasks.filter(each => each.state === 'open' && each.user === user)
  const first = task === undefined ? open[0] : open.find(each => each.id === task)
  return first ? open.filter(each => each.token === first.token) : []
}
function placeOf(run: Run, user: string, task?: string): Place {
  return placeOfTasks(run, openTasks(run.state, user, task))
}

interface Place {
  readonly tasks: Task[]
  readonly first: Task
  readonly token: Token
  readonly step: Step
}
function placeOfTasks(run: Run, tasks: Task[]): Place {
  const [first] = tasks
  const token = run.state.tokens.find(each => each.id === first?.token)
  if (!first || !token) throw refused('no_task')
  const step = blockAt(run.flow, token.path)
  if (step?.is !== 'step') throw new Error(`flow ${run.flow.name} has no step at "${token.path}"`)
  return { tasks, first, token, step }
}

function judge(run: Run, action: Extract<Action, { is: 'approve' | 'reject' }>): void {
  const { tasks, step } = placeOf(run, action.by, action.task)
  const word = action.is === 'approve' ? 'approved' : 'rejected'
  if (word === 'approved' && step.sign && action.signed !== true) throw refused('unsigned', step)
  for (const task of tasks) {
    task.state = word
    task.acted = say(run, word, { user: task.user, for: task.for, step: step.name, opinion: action.opinion ?? null })
  }
}

/** 加签. `after` is an approval at the same time. */
function addPeople(run: Run, action: Extract<Action, { is: 'add' }>): void {
  const { state } = run
  const { tasks, first, token, step } = placeOf(run, action.by, action.task)
  if (action.how === 'after' && step.sign && action.signed !== true) throw refused('unsigned', step)
  const wanted = [...new Set(action.users)]
  const asked = new Set(
    state.tasks.flatMap(task =>
      task.token === token.id && (task.state === 'open' || task.state === 'waiting') ? [judgeOf(task), task.user] : [],
    ),
  )
  if (wanted.length === 0 || wanted.some(user => asked.has(user))) throw refused('already_asked')
  if (wanted.some(user => user === state.starter)) throw refused('no_self')
  const act = action.how === 'before' ? 'added_before' : action.how === 'after' ? 'added_after' : 'added_beside'
  const seq = say(run, act, {
    ...{ user: action.by, for: first.for, step: step.name, to: wanted, opinion: action.opinion ?? null },
  })
  if (action.how === 'beside') {
    const group = token.groups.find(each => each.id === first.group)
    if (!group) throw refused('no_task')
    for (const user of wanted) assign(run, step, token, group, user)
    return
  }
  const group: Group = { id: run.world.id(), how: action.how, of: first.id, mode: action.mode ?? 'all', percent: 100 }
  token.groups.push(group)
  for (const user of wanted) assign(run, step, token, group, user)
  if (action.how === 'before') first.state = 'waiting'
  else
    for (const task of tasks) {
      task.state = 'approved'
      task.acted = seq
    }
}

function transfer(run: Run, action: Extract<Action, { is: 'transfer' }>): void {
  const { state } = run
  // Of whoever left also what is not his turn yet, or waits for a return to come back.
  const later = action.system
    ? state.tasks.filter(({ id, state }) => id === action.task && (state === 'waiting' || state === 'held'))
    : []
  const { tasks, token, step } = later.length > 0 ? placeOfTasks(run, later) : placeOf(run, action.by, action.task)
  if (action.to === state.starter) throw refused('no_self')
  const groups = new Set(tasks.map(task => task.group))
  const there = state.tasks.some(
    task =>
      groups.has(task.group) &&
      judgeOf(task) === action.to &&
      (task.state === 'open' || task.state === 'waiting' || task.state === 'held'),
  )
  if (there || action.to === action.by) throw refused('already_asked')
  // His own and those he does for others: he is out.
  const by = action.system === true ? null : action.by
  for (const task of tasks) move(run, task, token, step, action.to, by, action.opinion ?? null)
}

/** The task ends for one and begins for the other, in the same turn; those whom he added stay added. */
function move(
  run: Run,
  task: Task,
  token: Token,
  step: Step,
  to: string,
  by: string | null,
  opinion: string | null,
): void {
  const group = token.groups.find(each => each.id === task.group)
  if (!group) throw refused('no_task')
  const turn = task.state === 'waiting' || task.state === 'held' ? task.state : 'open'
  task.state = 'transferred'
  task.acted = say(run, 'transferred', { user: by ?? task.user, for: task.for, step: step.name, to: [to], opinion })
  const next = assign(run, step, token, group, to, turn)
  const at = run.state.tasks.indexOf(next)
  run.state.tasks[at] = { ...next, order: task.order }
  for (const [index, each] of token.groups.entries())
    if (each.of === task.id) token.groups[index] = { ...each, of: next.id }
}

/** 退回. To the starter the whole waits; to a passed step only what lies between goes back. */
function giveBack(run: Run, action: Extract<Action, { is: 'return' }>): void {
  const { flow, state } = run
  const { first, token, step } = placeOf(run, action.by, action.task)
  const passed = passedSteps(flow, state, token)
  const wanted = action.to === 'starter' ? null : action.to === 'previous' ? (passed.at(-1) ?? null) : action.to.step
  const target = wanted === null ? '' : pathOf(flow, wanted)
  if (target === null || (wanted !== null && (!passed.includes(wanted) || !mayJump(run, token.path, target))))
    throw refused('no_such_step', step)
  first.state = 'returned'
  first.acted = say(run, 'returned', {
    ...{ user: first.user, for: first.for, step: step.name, back: wanted ?? '', opinion: action.opinion ?? null },
  })
  const direct = action.way === 'direct' && token.path !== escalationPath
  if (token.back !== null) dropHeld(run, token.path)
  if (wanted === null) {
    for (const each of state.tokens) if (isLive(each) && each !== token) stop(run, each, direct ? 'held' : 'cancelled')
    stop(run, token, 'cancelled')
    state.state = 'returned'
    state.resume = { path: token.path, way: direct ? 'direct' : 'again' }
    return
  }
  const { path } = token
  stop(run, token, 'cancelled')
  cancelWithin(run, movedBy(path, target), direct ? 'held' : 'cancelled')
  jump(run, path, target, [token.id], direct ? path : null)
}

/** The starter sends it again: from the start, or straight to whoever returned it, unless the way there is another now. */
function resubmit(run: Run, by: string, route: boolean): void {
  const { state } = run
  const { resume } = state
  if (state.state !== 'returned' || !resume) throw refused('not_running')
  if (state.starter !== null && by !== state.starter) throw refused('not_starter')
  state.state = 'running'
  state.resume = null
  say(run, 'resubmitted', { user: by })
  const held = state.tokens.filter(token => token.state === 'held')
  if (resume.way === 'direct' && !route) {
    // What another return holds waits on for that.
    const returned = held.flatMap(({ path, back }) => (back === null ? [] : [{ path, moved: movedBy(back, path) }]))
    for (const token of held) {
      if (returned.some(({ path, moved }) => path !== token.path && isWithin(token.path, moved))) continue
      token.state = token.groups.length > 0 ? 'active' : 'arrived'
      for (const task of state.tasks) if (task.token === token.id && task.state === 'held') task.state = 'open'
    }
    enter(run, resume.path, state.tokens.findLast(token => token.path === resume.path)?.from ?? [], null, true)
    return
  }
  state.stale ||= route
  const changed = resume.way === 'direct' ? changedPlace(run, resume.path) : null
  for (const token of held) stop(run, token, 'cancelled')
  // What was changed is never effective unseen: with nobody left to ask from there, all are asked again.
  if (changed !== null && stepsAfter(run, changed, true).length > 0) {
    reroute(run, resume.path, changed, [], null)
    return
  }
  state.stale = false
  for (const path of Object.keys(state.decisions)) delete state.decisions[path]
  enter(run, '', [])
}

function withdraw(run: Run, by: string): void {
  const { flow, state } = run
  if (by !== state.starter) throw refused('not_starter')
  const rule = flow.withdraw ?? 'before_first'
  const since = state.trail.findLast(each => each.act === 'submitted' || each.act === 'resubmitted')?.seq ?? 0
  const begun = state.trail.some(each => each.seq > since && humanActs.has(each.act) && each.user !== null)
  if (rule === 'never' || (rule === 'before_first' && begun)) throw refused('begun')
  state.state = 'withdrawn'
  end(state)
  say(run, 'withdrawn', { user: by })
}
const humanActs: ReadonlySet<string> = new Set([
  'approved',
  'rejected',
  'returned',
  'transferred',
  'added_before',
  'added_after',
  'added_beside',
  'edited',
])

/** 取回: what I approved is open again, as long as nobody after me acted. */
function takeBack(run: Run, by: string): void {
  const { state } = run
  const token = takeableOf(state, by)
  if (!token) throw refused('too_late')
  const gone = descendants(state, token)
  for (const each of state.tokens) {
    if (!gone.has(each.id)) continue
    // Branches that had arrived at the join before wait there again.
    for (const from of each.from) {
      const origin = state.tokens.find(other => other.id === from)
      if (origin && !gone.has(from) && origin !== token && origin.groups.length === 0 && origin.state === 'done')
        origin.state = 'arrived'
    }
    stop(run, each, 'cancelled')
  }
  token.state = 'active'
  const mine = new Set(state.tasks.flatMap(task => (task.token === token.id && task.user === by ? [task.id] : [])))
  const added = token.groups.filter(group => group.how === 'after' && group.of !== null && mine.has(group.of))
  for (const group of added) token.groups.splice(token.groups.indexOf(group), 1)
  for (const task of state.tasks) {
    if (task.token !== token.id) continue
    if (added.some(group => group.id === task.group)) task.state = 'cancelled'
    else if (task.user === by && task.state === 'approved') {
      task.state = 'open'
      task.acted = null
    } else if (task.state === 'cancelled') task.state = 'waiting'
  }
  say(run, 'taken_back', { user: by, step: state.tasks.find(task => task.token === token.id)?.step ?? null })
}

function descendants(state: State, token: Token): ReadonlySet<string> {
  const gone = new Set<string>([token.id])
  // Tokens stand in the order in which they were made.
  for (const each of state.tokens) if (each.from.some(from => gone.has(from))) gone.add(each.id)
  gone.delete(token.id)
  return gone
}

/** The token of the last step that this person approved and may take back; null when it is too late. */
export function takeableOf(state: State, user: string): Token | null {
  if (state.state !== 'running') return null
  const mine = state.tasks
    .filter(task => task.user === user && task.state === 'approved')
    .sort((a, b) => (b.acted ?? 0) - (a.acted ?? 0))[0]
  const token = state.tokens.find(each => each.id === mine?.token)
  if (!mine || !token || (token.state !== 'active' && token.state !== 'done')) return null
  const gone = descendants(state, token)
  const later = state.tasks.some(
    task => gone.has(task.token) && task.acted !== null && task.acted > (mine.acted ?? 0) && task.state !== 'skipped',
  )
  // Whoever he asked afterwards has spoken already.
  const added = token.groups.filter(group => group.how === 'after' && group.of === mine.id).map(group => group.id)
  const answered = state.tasks.some(task => added.includes(task.group) && task.acted !== null)
  const ended = state.tokens.some(each => gone.has(each.id) && each.state === 'cancelled')
  const edited = state.trail.some(each => each.act === 'edited' && each.seq > (mine.acted ?? 0))
  return later || answered || ended || edited ? null : token
}

function remind(run: Run, by: string | null, tasks: readonly Task[]): void {
  if (tasks.length === 0) return
  const users = [...new Set(tasks.map(task => task.user))]
  run.effects.push({ is: 'reminded', users })
  say(run, 'reminded', { user: by, to: users })
}

/** 超时: reminded first; the second time what the step says, except that money is never decided by a clock. */
function expire(run: Run, id: string): void {
  const { flow, state } = run
  const task = state.tasks.find(each => each.id === id && each.state === 'open')
  const token = state.tokens.find(each => each.id === task?.token)
  if (!task || !token) throw refused('no_task')
  const step = blockAt(flow, token.path)
  if (step?.is !== 'step' || !step.timeout) return
  if (!task.reminded) {
    task.reminded = true
    remind(run, null, [task])
    return
  }
  const { next } = step.timeout
  if (next === 'remind') {
    remind(run, null, [task])
    return
  }
  if (next !== 'superior' && !run.world.money) {
    task.state = next === 'approve' ? 'approved' : 'rejected'
    task.acted = say(run, task.state, { step: step.name, for: judgeOf(task) })
    return
  }
  const above = superiorOf(run, judgeOf(task))
  const asked = above !== null && state.tasks.some(each => each.group === task.group && judgeOf(each) === above)
  if (above === null || asked) remind(run, null, [task])
  else move(run, task, token, step, above, null, null)
}

function escalate(run: Run): void {
  const { flow, state } = run
  if (!flow.escalation || isEscalated(state)) throw refused('no_escalation')
  // It comes from whatever ended the flow: from there it may go back, and there a word may be taken back.
  const before = new Set(state.tokens.flatMap(token => token.from))
  const ends = state.tokens.filter(token => token.state === 'done' && !before.has(token.id))
  state.state = 'running'
  say(run, 'escalated', {})
  enter(
    run,
    escalationPath,
    ends.map(token => token.id),
  )
}

/** 升级 is being asked for now: its approval is the last. */
export const isEscalated = ({ tokens }: State): boolean =>
  tokens.some(token => token.path === escalationPath && token.state === 'active')
