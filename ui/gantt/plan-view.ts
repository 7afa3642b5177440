// The plan shown with its dates: follows the session and the server, asks the worker, and holds a drag's preview.
import { calendarClock } from '@yingzao/engines/schedule'
import { type DateTable, datesOf } from '@yingzao/engines/schedule/date-table'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { FloatPathOutcome } from '@yingzao/engines/schedule/float-path'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule, TaskDates } from '@yingzao/engines/schedule/result'
import { type ComputeClient, createComputeClient } from './compute-client.ts'
import type { Computed, ComputeError } from './compute-engine.ts'
import { reorderedDates, sameDates, unknownDates } from './date-table.ts'
import { type Outline, outlineOf } from './outline.ts'
import type { ShiftsOn } from './scene.ts'
import { createStore, type Store } from './store.ts'

export interface PlanView {
  outline: Outline
  /** Of the plan shown; while it is being computed, the dates known so far. */
  dates: DateTable
  /** Dates of the gesture in progress. */
  preview: DateTable | undefined
  /** False until dates of this plan are known at all. */
  computed: boolean
  /** The worker is computing the dates of the plan shown. */
  awaited: boolean
  shiftsOn: ShiftsOn | undefined
  error: ComputeError | undefined
}

export interface PlanViewer {
  store: Store<PlanView>
  /** Shows a plan; with its schedule when the server computed it already. */
  show: (plan: Plan, schedule: Schedule | undefined) => void
  preview: (edits: readonly PlanEdit[], answer?: (computed: Computed) => void) => void
  /**
   * Has the worker compute what is being typed, so that the dates are known when it is confirmed: the very same edits,
   * announced by `coming` just before they are shown, then show their dates in the same frame.
   */
  foresee: (edits: readonly PlanEdit[]) => void
  coming: (edits: readonly PlanEdit[] | undefined) => void
  /** Ends a preview; `keep` shows its dates until the worker confirms them. */
  endPreview: (keep: boolean) => void
  explain: (task: string) => Promise<TaskDates | undefined>
  /** The chains of work that lead to a task of the plan shown. */
  paths: (target: string | undefined, most: number) => Promise<FloatPathOutcome | undefined>
  destroy: () => void
}

/** `given`: the schedule that comes with a plan is all there is; nothing is computed. */
export function createPlanViewer(first: Plan, firstSchedule: Schedule | undefined, given = false): PlanViewer {
  let client: ComputeClient | undefined
  let schedule = firstSchedule
  let shown = first
  /** Edits that make the plan shown next. */
  let made: readonly PlanEdit[] | undefined
  const known = (plan: Plan, of: Schedule | undefined) => of !== undefined && of.tasks.length === plan.tasks.length
  const store = createStore<PlanView>({
    outline: outlineOf(first, undefined, given),
    dates:
      firstSchedule && known(first, firstSchedule)
        ? datesOf(firstSchedule)
        : unknownDates(first.tasks.length, first.options.start),
    preview: undefined,
    computed: known(first, firstSchedule),
    awaited: false,
    shiftsOn: shiftsOf(first),
    error: undefined,
  })

  /** Dates that are known already are given back. */
  function follow(plan: Plan): DateTable | undefined {
    client ??= createComputeClient()
    const answer = (computed: Computed) => {
      if (shown !== plan) return
      const settled = { preview: undefined, awaited: false }
      if (computed.ok) {
        const { dates } = store.get()
        // What was dragged to or foreseen was right: nothing is drawn again.
        const same = dates.flags.length === computed.dates.flags.length && sameDates(dates, computed.dates)
        store.set({ ...settled, dates: same ? dates : computed.dates, computed: true, error: undefined })
      } else store.set({ ...settled, error: computed.error })
    }
    return client.follow(plan, answer, made)
  }
  /** The worker, following the plan shown. */
  function worker(): ComputeClient {
    if (!client) follow(shown)
    client ??= createComputeClient()
    return client
  }

  // The first paint comes first: copying the plan for the worker holds this thread as long as drawing it does. Whoever
  // edits sooner starts the worker himself.
  const soon = given ? { cancel() {} } : afterFrames(known(first, firstSchedule) ? 4 : 0, worker)

  return {
    store,
    show(plan, nextSchedule) {
      const before = store.get()
      const samePlan = plan === shown
      if (samePlan && nextSchedule === schedule) return
      schedule = nextSchedule
      shown = plan
      // The worker begins first: it computes while this thread prepares what is known already.
      const ready = samePlan || given ? undefined : follow(plan)
      const outline = samePlan ? before.outline : outlineOf(plan, before.outline, given)
      const dates =
        nextSchedule && known(plan, nextSchedule)
          ? datesOf(nextSchedule)
          : ready?.start.length === plan.tasks.length
            ? ready
            : samePlan
              ? before.dates
              : carried(before.outline, before.preview ?? before.dates, outline)
      store.set({
        outline,
        dates,
        preview: undefined,
        computed: before.computed || known(plan, nextSchedule),
        awaited: samePlan ? before.awaited : !given && dates !== ready && !known(plan, nextSchedule),
        shiftsOn: before.outline.plan.calendars === plan.calendars ? before.shiftsOn : shiftsOf(plan),
      })
    },
    preview(edits, answer) {
      const plan = shown
      worker().preview(edits, computed => {
        if (shown !== plan) return
        if (computed.ok && computed.dates.start.length === store.get().outline.count)
          store.set({ preview: computed.dates })
        answer?.(computed)
      })
    },
    foresee: edits => worker().preview(edits, () => {}),
    coming(edits) {
      made = edits
    },
    endPreview(keep) {
      client?.endPreview()
      const { preview } = store.get()
      if (keep && preview) store.set({ dates: preview, preview: undefined })
      else store.set({ preview: undefined })
    },
    async explain(task) {
      if (given) return undefined
      // The server's schedule is at hand as long as nothing was edited; afterwards the worker knows.
      const own = schedule?.tasks[store.get().outline.index.get(task) ?? -1]
      return own?.id === task ? own : worker().explain(task)
    },
    paths: (target, most) => worker().paths(target, most),
    destroy() {
      soon.cancel()
      client?.destroy()
      client = undefined
    },
  }
}

/** Calls back after as many frames have been drawn, and not at all once cancelled. */
function afterFrames(count: number, work: () => void): { cancel: () => void } {
  let frame = 0
  let timer = 0
  const next = (left: number) => {
    if (left > 0) frame = requestAnimationFrame(() => next(left - 1))
    else timer = window.setTimeout(work, 0)
  }
  next(count)
  return {
    cancel() {
      cancelAnimationFrame(frame)
      window.clearTimeout(timer)
    },
  }
}

function shiftsOf(plan: Plan): ShiftsOn | undefined {
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  return clock.ok ? clock.clock.shiftsOn : undefined
}

/** The dates of one outline put in the order of another: new tasks stand at the project's start until they are computed. */
function carried(from: Outline, dates: DateTable, to: Outline): DateTable {
  if (from.index === to.index) return dates
  if (from.count === to.count && from.plan.tasks.every((task, i) => task.id === to.plan.tasks[i]?.id)) return dates
  return reorderedDates(dates, to.count, row => from.index.get(to.plan.tasks[row]?.id ?? ''))
}
