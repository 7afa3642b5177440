// Columns, their widths and the baselines compared with are remembered in this browser: each planner has their own table.
import { useEffect, useRef } from 'react'
import { type BaselineKey, MOST_BASELINES } from './baseline.ts'
import type { Controller } from './controller.ts'
import { type ColumnPlace, isColumnId } from './grid-body.ts'
import type { UiState } from './ui-state.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What was stored, as far as it still makes sense; anything else is forgotten. */
export function readLayout(
  stored: string | null,
): Partial<Pick<UiState, 'columns' | 'gridWidth'>> & { baselines?: readonly BaselineKey[] } {
  let value: unknown
  try {
    value = JSON.parse(stored ?? 'null')
  } catch {
    return {}
  }
  if (!isRecord(value)) return {}
  const columns: ColumnPlace[] = []
  for (const place of Array.isArray(value.columns) ? value.columns : []) {
    if (!isRecord(place) || typeof place.id !== 'string' || !isColumnId(place.id)) continue
    if (typeof place.width !== 'number' || !(place.width >= 20 && place.width <= 800)) continue
    const { id, width } = place
    if (!columns.some(other => other.id === id)) columns.push({ id, width })
  }
  const { gridWidth } = value
  const baselines = Array.isArray(value.baselines)
    ? value.baselines.filter(key => typeof key === 'string' || typeof key === 'number').slice(0, MOST_BASELINES)
    : undefined
  return {
    ...(columns.some(place => place.id === 'name') ? { columns } : {}),
    ...(typeof gridWidth === 'number' && gridWidth >= 160 && gridWidth <= 4000 ? { gridWidth } : {}),
    ...(baselines ? { baselines } : {}),
  }
}

export function useRememberedLayout(controller: Controller, key: string | undefined): void {
  const restored = useRef(false)
  if (!restored.current && key !== undefined) {
    restored.current = true
    try {
      const { baselines, ...layout } = readLayout(localStorage.getItem(key))
      const { options } = controller.ui.get()
      controller.ui.set({ ...layout, ...(baselines ? { options: { ...options, baselines } } : {}) })
    } catch {
      // Storage may be forbidden; then nothing is remembered.
    }
  }
  useEffect(() => {
    if (key === undefined) return undefined
    let last: unknown[] = []
    return controller.ui.subscribe(() => {
      const { columns, gridWidth, options } = controller.ui.get()
      const now = [columns, gridWidth, options.baselines]
      if (now.every((part, i) => part === last[i])) return
      last = now
      try {
        localStorage.setItem(key, JSON.stringify({ columns, gridWidth, baselines: options.baselines }))
      } catch {
        // As above.
      }
    })
  }, [controller, key])
}
