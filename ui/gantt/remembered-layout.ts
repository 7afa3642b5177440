// Columns, their widths and the layers shown are remembered in this browser: each planner has their own table.
import { useEffect, useRef } from 'react'
import type { Controller } from './controller.ts'
import { type ColumnPlace, isColumnId } from './grid-body.ts'
import type { UiState } from './ui-state.ts'

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** What was stored, as far as it still makes sense; anything else is forgotten. */
export function readLayout(stored: string | null): Partial<Pick<UiState, 'columns' | 'gridWidth'>> {
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
  return {
    ...(columns.some(place => place.id === 'name') ? { columns } : {}),
    ...(typeof gridWidth === 'number' && gridWidth >= 160 && gridWidth <= 4000 ? { gridWidth } : {}),
  }
}

export function useRememberedLayout(controller: Controller, key: string | undefined): void {
  const restored = useRef(false)
  if (!restored.current && key !== undefined) {
    restored.current = true
    try {
      controller.ui.set(readLayout(localStorage.getItem(key)))
    } catch {
      // Storage may be forbidden; then nothing is remembered.
    }
  }
  useEffect(() => {
    if (key === undefined) return undefined
    let last: unknown[] = []
    return controller.ui.subscribe(() => {
      const { columns, gridWidth } = controller.ui.get()
      if (columns === last[0] && gridWidth === last[1]) return
      last = [columns, gridWidth]
      try {
        localStorage.setItem(key, JSON.stringify({ columns, gridWidth }))
      } catch {
        // As above.
      }
    })
  }, [controller, key])
}
