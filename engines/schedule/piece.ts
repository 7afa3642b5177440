// The pieces in which a task is worked: a split task's segments where the computation puts them, and begun work that rests
// until it is resumed.
import { addWork, nextWorkStart, workBetween } from './clock.ts'
import type { Segment, Task } from './plan.ts'
import type { Computed } from './read-schedule.ts'
import { FINISHED, INACTIVE, MANUAL, STARTED } from './task-input.ts'
import { finishFrom, startFrom, timingClock } from './task-span.ts'
import { BY_CONSTRAINT } from './why-code.ts'

/**
 * The pieces of a task in order, dates in minutes; undefined when it is worked without a rest. A split task's segments and
 * gaps keep their working time wherever the task moves; the last piece ends where the task does.
 */
export function piecesOf(computed: Computed, i: number): readonly Segment[] | undefined {
  const { plan, inputs, network } = computed
  const flags = inputs.flags[i]!
  const split = inputs.gap[i]! > 0
  const begun = (flags & (STARTED | FINISHED)) === STARTED
  if (!(split || begun) || network.summary[i] || flags & INACTIVE) return undefined
  const task = plan.tasks[i]!
  const rest = begun && !(flags & MANUAL) ? restOf(computed, task, i) : undefined
  return rest ?? (split ? segmentsOf(computed, task, i) : undefined)
}

/** Begun work that goes on later than it could: what is done, then what is left up to the finish. */
function restOf(computed: Computed, task: Task, i: number): readonly Segment[] | undefined {
  const { plan, inputs, shelf } = computed
  const { clocks } = shelf
  const start = Math.round(computed.start[i]!)
  const finish = Math.round(computed.finish[i]!)
  const clock = timingClock(inputs, clocks, i)
  let stopped: number
  let resumed: number
  if (computed.mode === 'p6') {
    // Up to the data date work went on, unless it was suspended.
    stopped = task.suspend ?? Math.max(start, plan.options.statusDate ?? start)
    resumed = computed.es[i]!
  } else {
    // A constraint on the finish stretches the work; it does not interrupt it.
    const whole = finishFrom(inputs, clocks, i, start, 'all')
    if (computed.finish[i]! <= whole || computed.whyFinish[i] === BY_CONSTRAINT) return undefined
    stopped = task.suspend ?? finishFrom(inputs, clocks, i, start, 'done')
    resumed = nextWorkStart(clock, startFrom(inputs, clocks, i, computed.finish[i]!, 'left'))
  }
  stopped = Math.max(start, stopped)
  if (inputs.remaining[i]! <= 0 || resumed >= finish || workBetween(clock, stopped, resumed) < 1) return undefined
  return [
    { start, finish: Math.round(stopped) },
    { start: Math.round(resumed), finish },
  ]
}

/** The segments as they were given, each moved by the working time that the task has moved. */
function segmentsOf(computed: Computed, { segments = [] }: Task, i: number): readonly Segment[] | undefined {
  const clock = timingClock(computed.inputs, computed.shelf.clocks, i)
  const [start, finish] = [Math.round(computed.start[i]!), Math.round(computed.finish[i]!)]
  let at = start
  const pieces = segments.map((segment, k) => {
    const before = segments[k - 1]
    if (before)
      at = nextWorkStart(clock, addWork(clock, at, Math.max(0, workBetween(clock, before.finish, segment.start))))
    const from = at
    at = addWork(clock, at, workBetween(clock, segment.start, segment.finish))
    return { start: Math.round(from), finish: Math.round(at) }
  })
  // A duration changed since leaves its mark on the last piece; pieces that begin after the finish are no more.
  const kept = pieces.filter(piece => piece.start < finish)
  const last = kept.at(-1)
  if (kept.length < 2 || !last) return undefined
  return [...kept.slice(0, -1), { start: last.start, finish }]
}
