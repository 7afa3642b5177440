// The page's side of the compute worker: answers in order, previews never queue up.
import type { DateTable } from '@yingzao/engines/schedule/date-table'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { FloatPathOutcome } from '@yingzao/engines/schedule/float-path'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { TaskDates } from '@yingzao/engines/schedule/result'
import type { FromWorker, ToWorker } from './compute.worker.ts'
import type { Computed } from './compute-engine.ts'
import { deltaOf } from './plan-delta.ts'

export interface ComputeClient {
  /**
   * Has the worker follow the plan; the answer is dropped when a newer plan was given meanwhile. `made`: the edits that
   * made it of the plan followed before. When they were previewed last the worker goes over to its preview and computes
   * nothing twice; dates that have come already are given back at once.
   */
  follow: (plan: Plan, answer: (computed: Computed) => void, made?: readonly PlanEdit[]) => DateTable | undefined
  /** Dates after edits of the plan followed last. While one preview is computed only the newest waits. */
  preview: (edits: readonly PlanEdit[], answer: (computed: Computed) => void) => void
  /** Forgets previews that have not been answered. */
  endPreview: () => void
  explain: (task: string) => Promise<TaskDates | undefined>
  paths: (target: string | undefined, most: number) => Promise<FloatPathOutcome | undefined>
  destroy: () => void
}

export function createComputeClient(): ComputeClient {
  const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' })
  const answers = new Map<number, (message: FromWorker) => void>()
  let turn = 0
  let followed: Plan | undefined
  let newestFollow = 0
  let previewing: number | undefined
  let waiting: (() => void) | undefined
  let previews = 0
  /** The preview sent last, as long as no plan was followed since. */
  let previewed: { edits: readonly PlanEdit[]; computed?: Computed } | undefined

  worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
    const answer = answers.get(event.data.turn)
    answers.delete(event.data.turn)
    answer?.(event.data)
  })

  const send = (message: ToWorker, answer: (message: FromWorker) => void) => {
    answers.set(message.turn, answer)
    worker.postMessage(message)
  }

  return {
    follow(plan, answer, made) {
      turn++
      const mine = turn
      newestFollow = mine
      const known = made && previewed?.edits === made ? previewed : undefined
      const message: ToWorker = known
        ? { kind: 'adopt', turn: mine }
        : { kind: 'follow', turn: mine, delta: deltaOf(followed, plan) }
      followed = plan
      previewed = undefined
      // Of a plan that is no longer followed.
      waiting = undefined
      send(message, ({ kind, ...rest }) => {
        const computed = kind === 'adopted' ? known?.computed : 'computed' in rest ? rest.computed : undefined
        if (computed && newestFollow === mine) answer(computed)
      })
      return known?.computed?.ok ? known.computed.dates : undefined
    },
    preview(edits, answer) {
      const round = previews
      const start = () => {
        turn++
        previewing = turn
        const sent: typeof previewed = { edits }
        previewed = sent
        send({ kind: 'preview', turn, edits }, message => {
          previewing = undefined
          if (message.kind === 'computed') sent.computed = message.computed
          const next = waiting
          waiting = undefined
          if (message.kind === 'computed' && round === previews) answer(message.computed)
          next?.()
        })
      }
      if (previewing === undefined) start()
      else waiting = start
    },
    endPreview() {
      previews++
      waiting = undefined
    },
    explain: task =>
      new Promise(resolve => {
        turn++
        send({ kind: 'explain', turn, task }, message => {
          resolve(message.kind === 'explained' ? message.dates : undefined)
        })
      }),
    paths: (target, most) =>
      new Promise(resolve => {
        turn++
        send({ kind: 'paths', turn, target, most }, message => {
          resolve(message.kind === 'traced' ? message.outcome : undefined)
        })
      }),
    destroy() {
      worker.terminate()
      answers.clear()
    },
  }
}
