// A running approval as data: tokens that stand in the tree, tasks of people, what was decided, and the trail of all that happened.
import type { Flow, Mode, Step, Who } from './definition.ts'

/** open: may be acted on · waiting: another's turn first · held: its branch waits for a return · skipped: de-duplicated. */
export type TaskState =
  | 'open'
  | 'waiting'
  | 'held'
  | 'approved'
  | 'skipped'
  | 'rejected'
  | 'returned'
  | 'transferred'
  | 'cancelled'

export interface Task {
  readonly id: string
  readonly token: string
  readonly step: string
  readonly user: string
  /** 代理: on behalf of whom. */
  readonly for: string | null
  readonly group: string
  /** Place among those asked one after another. */
  readonly order: number
  state: TaskState
  /** Number in the trail of what ended it. */
  acted: number | null
  /** Reminded once: at the next time-out more happens. */
  reminded: boolean
}

/** People who vote together: those of the step, or those whom one of them added before or after himself. */
export interface Group {
  readonly id: string
  readonly how: 'main' | 'before' | 'after'
  /** The task of whoever added it. */
  readonly of: string | null
  readonly mode: Mode
  readonly percent: number
}

export interface Token {
  readonly id: string
  readonly path: string
  /** active: at a step · arrived: at the end of a branch · held: until a return comes back. */
  state: 'active' | 'arrived' | 'held' | 'done' | 'cancelled'
  /** The tokens it came from. */
  readonly from: readonly string[]
  /** 直达退回人: where it goes when it is done, instead of onward. */
  readonly back: string | null
  readonly groups: Group[]
}

export type Act =
  | 'submitted'
  | 'resubmitted'
  | 'approved'
  | 'rejected'
  | 'returned'
  | 'transferred'
  | 'added_before'
  | 'added_after'
  | 'added_beside'
  | 'withdrawn'
  | 'taken_back'
  | 'copied'
  | 'reminded'
  | 'skipped'
  | 'passed'
  | 'edited'
  | 'escalated'
  | 'rerouted'

export interface TrailItem {
  readonly seq: number
  readonly act: Act
  /** Null: nobody, the flow itself. */
  readonly user: string | null
  readonly for: string | null
  readonly step: string | null
  /** People it went to. */
  readonly to: readonly string[]
  /** The step it went back to; '' is the starter. */
  readonly back: string | null
  readonly opinion: string | null
}

export interface State {
  readonly starter: string | null
  state: 'running' | 'approved' | 'rejected' | 'returned' | 'withdrawn'
  readonly tokens: Token[]
  readonly tasks: Task[]
  /** Which case of each choice was taken, by its path. */
  readonly decisions: Record<string, number>
  /** Something that may decide a choice was changed since the choices were made. */
  stale: boolean
  /** After a return to the starter: where it goes on. */
  resume: { readonly path: string; readonly way: 'again' | 'direct' } | null
  readonly trail: TrailItem[]
}

/** What the engine must know of people. Answers are lists; `superior` and `agent` have at most one. */
export type Query =
  | { readonly is: 'step'; readonly step: string; readonly who: Who; readonly starter: boolean }
  | { readonly is: 'superior'; readonly user: string }
  | { readonly is: 'agent'; readonly user: string }
  | { readonly is: 'admin' }
export const keyOf = (query: Query): string =>
  query.is === 'step'
    ? `step ${JSON.stringify(query.who)} ${query.starter}`
    : query.is === 'admin'
      ? 'admin'
      : `${query.is} ${query.user}`

/** Everything outside the flow. */
export interface World {
  /** True when the FEEL condition holds for the document as it is now. */
  holds(condition: string): boolean
  /** Undefined: not looked up yet. The engine then answers `asks`, and is called again when it is known. */
  people(query: Query): readonly string[] | undefined
  /** Where money moves nothing is approved by itself. */
  readonly money: boolean
  /** A new id, unique for ever. */
  id(): string
}

export type Action =
  | {
      readonly is: 'approve' | 'reject'
      readonly by: string
      readonly opinion?: string
      readonly task?: string
      /** The host keeps the signature. */
      readonly signed?: boolean
    }
  | {
      readonly is: 'return'
      readonly by: string
      readonly to: 'starter' | 'previous' | { readonly step: string }
      readonly way: 'again' | 'direct'
      readonly opinion?: string
      readonly task?: string
    }
  | {
      readonly is: 'add'
      readonly by: string
      readonly users: readonly string[]
      readonly how: 'before' | 'after' | 'beside'
      readonly mode?: Mode
      readonly opinion?: string
      readonly task?: string
      /** `after` approves at the same time. */
      readonly signed?: boolean
    }
  | {
      readonly is: 'transfer'
      readonly by: string
      readonly to: string
      readonly opinion?: string
      readonly task?: string
      /** The system does it for somebody who cannot. */
      readonly system?: boolean
    }
  | { readonly is: 'copy'; readonly by: string; readonly users: readonly string[] }
  | { readonly is: 'withdraw' | 'take_back' | 'remind'; readonly by: string }
  /** `route`: what may decide a choice was changed since it was returned. */
  | { readonly is: 'resubmit'; readonly by: string; readonly route: boolean }
  /** A field was changed by one of those asked; `route`: it may decide a choice. */
  | { readonly is: 'edit'; readonly by: string; readonly route: boolean }
  | { readonly is: 'expire'; readonly task: string }
  | { readonly is: 'escalate' }

/** Besides what changed in the state: who gets to see it, and who is to be told again. */
export type Effect =
  | { readonly is: 'copied'; readonly users: readonly string[] }
  | { readonly is: 'reminded'; readonly users: readonly string[] }

export type Refused =
  | 'no_task'
  | 'nobody'
  | 'begun'
  | 'not_starter'
  | 'too_late'
  | 'no_such_step'
  | 'already_asked'
  | 'no_self'
  | 'not_running'
  | 'no_escalation'
  | 'unsigned'

export type Answer =
  | { readonly is: 'done'; readonly state: State; readonly effects: readonly Effect[] }
  | { readonly is: 'asks'; readonly query: Query }
  | { readonly is: 'refused'; readonly code: Refused; readonly step?: string }

/** One call of the engine: what it works on. Refusals and questions leave it by `Stop`, which `act` catches. */
export interface Run {
  readonly flow: Flow
  readonly world: World
  readonly state: State
  readonly effects: Effect[]
}
export class Stop {
  readonly answer: Exclude<Answer, { is: 'done' }>
  constructor(answer: Exclude<Answer, { is: 'done' }>) {
    this.answer = answer
  }
}
export const refused = (code: Refused, step?: Step): Stop =>
  new Stop({ is: 'refused', code, ...(step ? { step: step.name } : {}) })

export function ask({ world }: Pick<Run, 'world'>, query: Query): readonly string[] {
  const known = world.people(query)
  if (known === undefined) throw new Stop({ is: 'asks', query })
  return known
}

export function say(run: Run, act: Act, more: Partial<Omit<TrailItem, 'seq' | 'act'>> = {}): number {
  const seq = (run.state.trail.at(-1)?.seq ?? 0) + 1
  run.state.trail.push({ seq, act, user: null, for: null, step: null, to: [], back: null, opinion: null, ...more })
  return seq
}
