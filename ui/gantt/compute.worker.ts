/// <reference lib="webworker" />
// The Web Worker around the compute engine: one message in, one message out, numbers handed over without a copy.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { TaskDates } from '@yingzao/engines/schedule/result'
import { type Computed, createComputeEngine } from './compute-engine.ts'
import { buffersOf } from './date-table.ts'
import type { PlanDelta } from './plan-delta.ts'

export type ToWorker =
  | { kind: 'follow'; turn: number; delta: PlanDelta }
  | { kind: 'preview'; turn: number; edits: readonly PlanEdit[] }
  | { kind: 'explain'; turn: number; task: string }

export type FromWorker =
  | { kind: 'computed'; turn: number; computed: Computed }
  | { kind: 'explained'; turn: number; dates: TaskDates | undefined }

const engine = createComputeEngine()

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const { data } = event
  if (data.kind === 'explain') {
    self.postMessage({ kind: 'explained', turn: data.turn, dates: engine.explain(data.task) } satisfies FromWorker)
    return
  }
  const computed = data.kind === 'follow' ? engine.follow(data.delta) : engine.preview(data.edits)
  const transfer = computed.ok ? { transfer: buffersOf(computed.dates) } : {}
  self.postMessage({ kind: 'computed', turn: data.turn, computed } satisfies FromWorker, transfer)
})
