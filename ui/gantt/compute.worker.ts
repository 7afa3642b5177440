/// <reference lib="webworker" />
// The Web Worker around the compute engine: one message in, one message out, numbers handed over without a copy.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { FloatPathOutcome } from '@yingzao/engines/schedule/float-path'
import type { TaskDates } from '@yingzao/engines/schedule/result'
import { type Computed, createComputeEngine } from './compute-engine.ts'
import { buffersOf } from './date-table.ts'
import type { PlanDelta } from './plan-delta.ts'

export type ToWorker =
  | { kind: 'follow'; turn: number; delta: PlanDelta }
  | { kind: 'preview'; turn: number; edits: readonly PlanEdit[] }
  /** The plan followed is now that of the preview before. */
  | { kind: 'adopt'; turn: number }
  | { kind: 'explain'; turn: number; task: string }
  | { kind: 'paths'; turn: number; target: string | undefined; most: number }

export type FromWorker =
  | { kind: 'computed'; turn: number; computed: Computed }
  | { kind: 'adopted'; turn: number }
  | { kind: 'explained'; turn: number; dates: TaskDates | undefined }
  | { kind: 'traced'; turn: number; outcome: FloatPathOutcome | undefined }

const engine = createComputeEngine()

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const { data } = event
  if (data.kind === 'explain') {
    self.postMessage({ kind: 'explained', turn: data.turn, dates: engine.explain(data.task) } satisfies FromWorker)
    return
  }
  if (data.kind === 'adopt') {
    engine.adopt()
    self.postMessage({ kind: 'adopted', turn: data.turn } satisfies FromWorker)
    return
  }
  if (data.kind === 'paths') {
    const outcome = engine.paths(data.target, data.most)
    self.postMessage({ kind: 'traced', turn: data.turn, outcome } satisfies FromWorker)
    return
  }
  const computed = data.kind === 'follow' ? engine.follow(data.delta) : engine.preview(data.edits)
  const transfer = computed.ok ? { transfer: buffersOf(computed.dates) } : {}
  self.postMessage({ kind: 'computed', turn: data.turn, computed } satisfies FromWorker, transfer)
})
