// The page's side of the compute worker: answers in order, previews never queue up.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { FloatPathOutcome } from '@yingzao/engines/schedule/float-path'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { TaskDates } from '@yingzao/engines/schedule/result'
import type { FromWorker, ToWorker } from './compute.worker.ts'
import type { Computed } from './compute-engine.ts'
import { deltaOf } from './plan-delta.ts'

export interface ComputeClient {
  /** Has the worker follow the plan; the answer is dropped when a newer plan was given meanwhile. */
  follow: (plan: Plan, answer: (computed: Computed) => void) => void
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
    follow(plan, answer) {
      turn++
      const mine = turn
      newestFollow = mine
      const delta = deltaOf(followed, plan)
      followed = plan
      send({ kind: 'follow', turn: mine, delta }, message => {
        if (message.kind === 'computed' && newestFollow === mine) answer(message.computed)
      })
    },
    preview(edits, answer) {
      const round = previews
      const start = () => {
        turn++
        previewing = turn
        send({ kind: 'preview', turn, edits }, message => {
          previewing = undefined
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
