// A stage for tests: people by name, facts of a document, and a flow played action by action.

import { act, start } from '../act.ts'
import { bandOf } from '../band.ts'
import { type Block, blockAt, childrenOf, type Flow, type Step } from '../definition.ts'
import type { Action, Answer, Query, State, World } from '../state.ts'

export interface Cast {
  /** `{ pm: ['ann'] }`; a name that is no role is its own single person. */
  readonly roles?: Readonly<Record<string, readonly string[]>>
  readonly superior?: Readonly<Record<string, string>>
  readonly agent?: Readonly<Record<string, string>>
  readonly admin?: readonly string[]
  readonly money?: boolean
  /** 授权表: who may approve up to how much, the lowest first. */
  readonly power?: readonly (readonly [number, string])[]
}
export interface Stage {
  readonly flow: Flow
  readonly world: World
  amount: number
  state: State
  /** Codes of refusals come back as text; an action that is done as the new state. */
  do(action: Action): string
}

export const words = (text: string) => ({ zh: text, en: text })
export const step = (name: string, more: Partial<Step> = {}): Step => ({
  is: 'step',
  name,
  label: words(name),
  who: { role: name },
  ...more,
})
export const flowOf = (root: Block | readonly Block[], more: Partial<Flow> = {}): Flow => ({
  name: 'f',
  label: words('f'),
  root: 'is' in root ? root : { is: 'sequence', of: root },
  ...more,
})

const peopleFor =
  (cast: Cast, of: { readonly amount: number }) =>
  (query: Query): readonly string[] => {
    if (query.is === 'admin') return cast.admin ?? []
    if (query.is !== 'step') {
      const found = (query.is === 'agent' ? cast.agent : cast.superior)?.[query.user]
      return found === undefined ? [] : [found]
    }
    if ('users' in query.who) return query.who.users
    if ('power' in query.who)
      return (cast.power ?? [])
        .filter(([most]) => of.amount <= most)
        .map(([, user]) => user)
        .slice(0, 1)
    return 'role' in query.who ? (cast.roles?.[query.who.role] ?? [query.who.role]) : []
  }

/** Starts at once; refused starts throw, so that a test meets them by `refusalOf`. */
export function stage(flow: Flow, cast: Cast = {}, amount = 0): Stage {
  let ids = 0
  const self: { amount: number } = { amount }
  // Every answer is asked for once before it is known, as a host with a database does it.
  const known = new Map<string, readonly string[]>()
  const look = peopleFor(cast, self)
  const world: World = {
    money: cast.money ?? false,
    id: () => `${++ids}`,
    people: query => known.get(JSON.stringify(query)),
    holds(when) {
      const band = bandOf(when)
      if (!band) return when === 'true'
      return (
        (band.from === null || self.amount >= Number(band.from)) && (band.to === null || self.amount < Number(band.to))
      )
    },
  }
  const settled = (work: () => Answer): Answer => {
    known.clear()
    for (;;) {
      const answer = work()
      if (answer.is !== 'asks') return answer
      known.set(JSON.stringify(answer.query), look(answer.query))
    }
  }
  const first = settled(() => start(flow, 'starter', world))
  if (first.is !== 'done') throw new Error(first.is === 'refused' ? first.code : 'asks')
  const at: Stage = {
    flow,
    world: { ...world, people: query => look(query) },
    get amount() {
      return self.amount
    },
    set amount(value) {
      self.amount = value
    },
    state: first.state,
    do(action) {
      const before = JSON.stringify(at.state)
      const given = at.state
      const answer = settled(() => act(flow, given, action, world))
      if (JSON.stringify(given) !== before) throw new Error('the given state was changed')
      if (answer.is === 'done') at.state = answer.state
      return answer.is === 'refused' ? answer.code : at.state.state
    },
  }
  return at
}

/** "pm:ann finance:bob|eve": who is asked now, in the order of tasks. */
export const asked = ({ state }: Pick<Stage, 'state'>): string => {
  const steps = new Map<string, string[]>()
  for (const task of state.tasks)
    if (task.state === 'open')
      steps.set(task.step, [...(steps.get(task.step) ?? []), task.for ? `${task.user}(代${task.for})` : task.user])
  return [...steps].map(([name, people]) => `${name}:${people.join('|')}`).join(' ')
}

/**
 * How many live tokens cover the flow: 1 exactly, where a fork counts 1 when each of its branches does. Anything else has
 * lost a token or made one too many.
 */
export function coverage(flow: Flow, state: State): number {
  const live = state.tokens.filter(token => token.state === 'active' || token.state === 'arrived')
  const at = (path: string): number => live.filter(token => token.path === path).length
  const cover = (block: Block, path: string): number => {
    const children = childrenOf(block).map((each, index) => cover(each, path === '' ? `${index}` : `${path}.${index}`))
    const own = at(path)
    if (block.is !== 'parallel') return own + children.reduce((sum, each) => sum + each, 0)
    if (children.every(each => each === 0)) return own
    return own + (children.every(each => each === 1) ? 1 : Number.NaN)
  }
  const escalated = live.filter(
    token => blockAt(flow, token.path) === flow.escalation && token.path === 'escalation',
  ).length
  return cover(flow.root, '') + escalated
}
