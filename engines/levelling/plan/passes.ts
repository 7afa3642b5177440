// The forward pass of either program, task by task: levelling places each task where the plan's own rules put it.
import { type Clock, workBetween } from '../../schedule/clock.ts'
import type { ClockShelf } from '../../schedule/clock-shelf.ts'
import { forward as microsoftForward } from '../../schedule/microsoft-forward.ts'
import { compileMicrosoft } from '../../schedule/microsoft-state.ts'
import type { Network } from '../../schedule/network.ts'
import type { Assignment, Minute, Mode, Plan } from '../../schedule/plan.ts'
import { forward as primaveraForward } from '../../schedule/primavera-forward.ts'
import { compilePrimavera, inPasses } from '../../schedule/primavera-state.ts'
import type { ScheduleError } from '../../schedule/result.ts'
import {
  ALAP,
  DRIVEN,
  drives,
  EXTERNAL,
  FINISHED,
  INACTIVE,
  MANUAL,
  MFO,
  MSO,
  readDriver,
  STARTED,
  type TaskInputs,
} from '../../schedule/task-input.ts'
import { timingClock } from '../../schedule/task-span.ts'

export interface Passes {
  readonly network: Network
  readonly inputs: TaskInputs
  readonly es: Float64Array
  readonly ef: Float64Array
  /** Computes es and ef of a node whose predecessors are computed, with its levelling delay. */
  readonly visit: (node: number) => void
  /** Nodes the pass visits, predecessors first. */
  readonly nodes: readonly number[]
  /** A levelling delay moves the task. */
  readonly movable: (task: number) => boolean
  readonly inactive: (task: number) => boolean
  /** Who does an assignment from now on: its resource's calendar drives the task where the resource asked for would. */
  readonly assign: (assignment: string, resource: number) => void
  /** Signed working minutes of the task's calendar between two instants. */
  readonly work: (task: number, from: Minute, to: Minute) => number
  /** Working time of a clock that lies between start and finish of a task not begun, wherever it is placed. */
  readonly atLeast: (task: number) => { readonly clock: Clock; readonly minutes: number }
}

export type PassesOutcome = { ok: true; passes: Passes } | { ok: false; error: ScheduleError }

/** Priority of tasks that are never levelled. */
const NEVER = 1000
/** Steps to lengthen a delay; they double. */
const MOST_PUSHES = 40

/** Compiles a plan; its own levelling delays are those of the tasks until they are changed in `inputs.delay`. */
export function openPasses(plan: Plan, mode: Mode): PassesOutcome {
  if (mode === 'p6') {
    const compiled = compilePrimavera(plan)
    if (!compiled.ok) return compiled
    const { state } = compiled
    state.dataDate = Math.max(plan.options.start, plan.options.statusDate ?? Number.NEGATIVE_INFINITY)
    const nodes = [...state.network.order].filter(node => node >= state.network.tasks || inPasses(state, node))
    return opened(plan, state, nodes, node => primaveraForward(state, node))
  }
  const compiled = compileMicrosoft(plan)
  if (!compiled.ok) return compiled
  const { state } = compiled
  const nodes = [...state.network.order].filter(node => !state.network.summary[node])
  return opened(plan, state, nodes, node => microsoftForward(state, node))
}

type Compiled = Pick<Passes, 'network' | 'inputs' | 'es' | 'ef'> & {
  readonly shelf: ClockShelf
  readonly clocks: readonly Parameters<typeof workBetween>[0][]
}

function opened(plan: Plan, state: Compiled, nodes: readonly number[], visit: (node: number) => void): PassesOutcome {
  const { network, inputs, es, ef } = state
  const stays = MANUAL | EXTERNAL | INACTIVE | STARTED | FINISHED
  return {
    ok: true,
    passes: {
      network,
      inputs,
      es,
      ef,
      visit,
      nodes,
      movable: task =>
        task < network.tasks &&
        (inputs.flags[task]! & stays) === 0 &&
        inputs.constraint[task] !== MSO &&
        inputs.constraint[task] !== MFO &&
        inputs.constraint[task] !== ALAP &&
        (plan.tasks[task]?.priority ?? 500) < NEVER,
      inactive: task => (inputs.flags[task]! & INACTIVE) !== 0,
      assign: assigner(plan, state),
      work: (task, from, to) => workBetween(state.clocks[inputs.clock[task]!]!, from, to),
      atLeast: task => {
        const whole = { clock: timingClock(inputs, state.clocks, task), minutes: inputs.duration[task]! }
        if ((inputs.flags[task]! & DRIVEN) === 0) return whole
        let longest = -1
        for (let k = inputs.driveStart[task]!; k < inputs.driveStart[task + 1]!; k++)
          if (longest < 0 || inputs.driveAll[k]! > inputs.driveAll[longest]!) longest = k
        return longest < 0
          ? whole
          : { clock: state.clocks[inputs.driveClock[longest]!]!, minutes: inputs.driveAll[longest]! }
      },
    },
  }
}

/** A calendar that cannot be used leaves the one that drives now. */
function assigner(plan: Plan, { inputs, shelf }: Compiled): Passes['assign'] {
  let rows: ReadonlyMap<string, { row: number; task: number; assignment: Assignment }> | undefined
  return (id, resource) => {
    rows ??= driverRows(plan, inputs)
    const found = rows.get(id)
    const chosen = plan.resources[resource]
    const own = shelf.of(chosen?.calendar ?? plan.options.calendar)
    if (!found || !chosen || typeof own !== 'number') return
    inputs.driveResource[found.row] = resource
    readDriver(inputs, shelf, found.row, plan.tasks[found.task]!, found.assignment, own, found.task)
  }
}

/** Where `readTasks` put each assignment that can drive. */
function driverRows(plan: Plan, { driveStart }: TaskInputs) {
  const taskAt = new Map(plan.tasks.map((task, i) => [task.id, i]))
  const resources = new Map(plan.resources.map(resource => [resource.id, resource]))
  const next = Int32Array.from(driveStart)
  const rows = new Map<string, { row: number; task: number; assignment: Assignment }>()
  for (const assignment of plan.assignments) {
    const [task, resource] = [taskAt.get(assignment.task), resources.get(assignment.resource)]
    if (task === undefined || !resource || !drives(resource, assignment)) continue
    rows.set(assignment.id, { row: next[task]!++, task, assignment })
  }
  return rows
}

/**
 * Lengthens the delay until the task starts at `until` or later. A delay counts from where links put the task; where a
 * constraint holds it later anyway, it takes effect only beyond that, so that steps double while nothing moves.
 */
export function delayUntil({ es, inputs, visit }: Passes, task: number, until: Minute): void {
  let step = until - es[task]!
  for (let pushes = 0; es[task]! < until && pushes < MOST_PUSHES; pushes++) {
    const before = es[task]!
    inputs.delay[task] = inputs.delay[task]! + step
    visit(task)
    step = es[task]! > before ? until - es[task]! : 2 * step
  }
  const beyond = es[task]! - until
  if (beyond <= 0 || beyond >= inputs.delay[task]!) return
  const long = inputs.delay[task]!
  inputs.delay[task] = long - beyond
  visit(task)
  if (es[task]! >= until) return
  inputs.delay[task] = long
  visit(task)
}
