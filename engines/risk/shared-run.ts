// One simulation over several threads: every thread opens the same simulation and runs whole chunks; whoever ran them, the
// findings are the same to the last bit. Threads are given by the host, since workers differ between browser and Node.
import type { Mode, Plan } from '../schedule/plan.ts'
import type { Control, RiskError, RiskModel, SimulationOptions } from './model.ts'
import { openSimulation, type Simulation, type SimulationOutcome } from './simulate.ts'
import type { Tally } from './tally.ts'

export interface SharedInput {
  readonly plan: Plan
  readonly model: RiskModel
  readonly options: SimulationOptions
  readonly mode?: Mode
}

/** What a thread is told: the simulation once, then chunks of it. */
export type ToThread = { readonly kind: 'open'; readonly input: SharedInput } | { readonly kind: 'run'; chunk: number }

/** One chunk run. Plain numbers: crosses threads as it is. */
export interface FromThread {
  readonly chunk: number
  readonly tallies: readonly Tally[]
}

/** A thread as the host opened it. */
export interface Thread {
  tell(message: ToThread): void
  /** `answer` is called for every chunk run, `broken` when the thread can do no more. */
  hear(answer: (message: FromThread) => void, broken: () => void): void
  end(): void
}

export interface Threads {
  /** How many besides the caller's own; no more are opened than there are chunks for. */
  readonly count: number
  open(): Thread
  /** Lets waiting messages in: resolves after the host's event loop has turned once. */
  turn(): Promise<void>
}

/** Chunks a thread holds in advance, so that it never waits for this one to look up. */
const AHEAD = 2

/** The other side: what a thread does with a message. Throws what only a bug could bring: the caller checked the input. */
export function threadSide(): (message: ToThread) => FromThread | undefined {
  let simulation: Simulation | undefined
  return message => {
    if (message.kind === 'open') {
      const { plan, model, options, mode } = message.input
      const opened = openSimulation(plan, model, options, mode)
      if (!opened.ok) throw new Error(opened.error.code)
      simulation = opened.simulation
      return undefined
    }
    const ran = simulation?.run(message.chunk, message.chunk + 1)
    if (!ran?.ok) throw new Error('a chunk was asked of no simulation')
    return { chunk: message.chunk, tallies: ran.tallies }
  }
}

/**
 * Simulates as `simulate` does, the chunks shared with other threads. A thread that breaks leaves its chunks to the rest, so
 * that a host without workers still gets its answer. Errors: those of `simulate`; `risk.cancelled` ends every thread.
 */
export async function simulateShared(
  input: SharedInput,
  threads: Threads,
  control?: Control,
): Promise<SimulationOutcome> {
  const { plan, model, options, mode } = input
  const checked = (): RiskError | undefined => (control?.cancelled?.() ? { code: 'risk.cancelled' } : undefined)
  const opened = openSimulation(plan, model, options, mode)
  if (!opened.ok) return opened
  const { simulation } = opened
  const { chunks, iterations } = simulation
  const waiting = Array.from({ length: chunks }, (_, chunk) => chunk)
  const done = new Map<number, readonly Tally[]>()
  const keep = ({ chunk, tallies }: FromThread) => {
    done.set(chunk, tallies)
    control?.progress?.(Math.min(iterations, Math.round((iterations * done.size) / chunks)), iterations)
  }
  const helpers: Helper[] = []
  // The caller's own thread runs chunks, too: one fewer is needed.
  for (let k = Math.min(threads.count, chunks - 1); k > 0; k--)
    helpers.push(helperOf(threads.open(), input, waiting, keep))
  try {
    while (done.size < chunks) {
      const error = checked()
      if (error) return { ok: false, error }
      for (const helper of helpers) helper.feed()
      const chunk = waiting.shift()
      if (chunk !== undefined) {
        const ran = simulation.run(chunk, chunk + 1)
        if (!ran.ok) return ran
        keep({ chunk, tallies: ran.tallies })
      }
      if (helpers.length > 0 || control) await threads.turn()
    }
  } finally {
    for (const helper of helpers) helper.end()
  }
  return { ok: true, findings: simulation.findings([...done.values()].flat()) }
}

interface Helper {
  /** Gives it chunks as long as there are any and it holds few. */
  feed(): void
  end(): void
}

function helperOf(thread: Thread, input: SharedInput, waiting: number[], keep: (answer: FromThread) => void): Helper {
  const held = new Set<number>()
  let broken = false
  const feed = () => {
    while (!broken && held.size < AHEAD && waiting.length > 0) {
      const chunk = waiting.shift()
      if (chunk === undefined) return
      held.add(chunk)
      thread.tell({ kind: 'run', chunk })
    }
  }
  thread.hear(
    answer => {
      if (!held.delete(answer.chunk)) return
      keep(answer)
      feed()
    },
    () => {
      broken = true
      waiting.push(...held)
      held.clear()
    },
  )
  thread.tell({ kind: 'open', input })
  return { feed, end: () => thread.end() }
}
