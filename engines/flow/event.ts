// The event log of a board, and what became of each item by a moment: everything else follows from it, never from current state.
import type { Minute } from '../schedule/index.ts'

/** Stages in the order of work. `wait`: nobody has begun; `work`: begun; `done`: finished. */
export interface Stage {
  id: string
  kind: 'wait' | 'work' | 'done'
}

/** What happened to an item. Events of one moment count in the order given; `stage: null` takes the item off the board. */
export interface FlowEvent {
  item: string
  at: Minute
  /** Stage that it moved to; absent when only its estimate changed. */
  stage?: string | null
  /** Estimate from now on. */
  points?: number
}

export interface Item {
  id: string
  created: Minute
  /** First time in a stage of work (or done, when it skipped work). */
  started: Minute | undefined
  /** Last time it became done, when it still is. */
  finished: Minute | undefined
  /** Index of its stage; −1 = off the board. */
  stage: number
  points: number
}

export type FlowError =
  | { code: 'flow.unknown_stage'; stage: string; item: string }
  | { code: 'flow.not_a_number'; item: string }

export type ItemsOutcome = { ok: true; items: Item[] } | { ok: false; error: FlowError }

/** Events in time order; those of one moment stay as they were. */
export const inOrder = (events: readonly FlowEvent[]): FlowEvent[] =>
  events
    .map((event, i) => ({ event, i }))
    .sort((a, b) => a.event.at - b.event.at || a.i - b.i)
    .map(({ event }) => event)

export function checkEvents(stages: readonly Stage[], events: readonly FlowEvent[]): FlowError | undefined {
  const known = new Set(stages.map(({ id }) => id))
  for (const { item, at, stage, points } of events) {
    if (!Number.isFinite(at) || (points !== undefined && !(points >= 0 && Number.isFinite(points)))) {
      return { code: 'flow.not_a_number', item }
    }
    if (stage !== undefined && stage !== null && !known.has(stage)) return { code: 'flow.unknown_stage', stage, item }
  }
  return undefined
}

/** Every item as it stood at a moment; later events are not seen. */
export function itemsAt(stages: readonly Stage[], events: readonly FlowEvent[], at: Minute): ItemsOutcome {
  const error = checkEvents(stages, events)
  if (error) return { ok: false, error }
  const replay = replayItems(stages)
  for (const event of inOrder(events)) {
    if (event.at > at) break
    replay.apply(event)
  }
  return { ok: true, items: [...replay.items.values()] }
}

export interface Replay {
  readonly items: ReadonlyMap<string, Item>
  apply(event: FlowEvent): void
}

/** Items built up event by event, for series over time. */
export function replayItems(stages: readonly Stage[]): Replay {
  const indexOf = new Map(stages.map(({ id }, i) => [id, i]))
  const items = new Map<string, Item>()
  return {
    items,
    apply({ item: id, at, stage, points }) {
      let item = items.get(id)
      if (!item) {
        item = { id, created: at, started: undefined, finished: undefined, stage: -1, points: 1 }
        items.set(id, item)
      }
      if (points !== undefined) item.points = points
      if (stage === undefined) return
      const index = stage === null ? -1 : (indexOf.get(stage) ?? -1)
      const kind = stages[index]?.kind
      const was = stages[item.stage]?.kind
      item.stage = index
      if (kind === 'work' || kind === 'done') item.started ??= at
      // Moved between two done stages it stays done; taken back to work it was never finished.
      if (kind === 'done') item.finished = was === 'done' ? (item.finished ?? at) : at
      else item.finished = undefined
    },
  }
}
