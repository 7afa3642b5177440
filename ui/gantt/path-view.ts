// Float paths of the plan shown: asked of the worker when the look is opened, another target is chosen or the dates change.
import type { FloatPath } from '@yingzao/engines/schedule/float-path'
import type { PlanViewer } from './plan-view.ts'
import { createStore, type Store } from './store.ts'
import type { UiState } from './ui-state.ts'

export interface PathView {
  /** Undefined until the first answer, and when there are none. */
  found: { readonly target: string; readonly paths: readonly FloatPath[] } | undefined
  /** Asked for, not answered yet. */
  awaited: boolean
  /** The plan has no such task, or no computed dates. */
  failed: boolean
}

export interface PathViewer {
  store: Store<PathView>
  destroy: () => void
}

/** How many paths are looked for. */
const MOST = 12
/** Edits come in bursts, and the worker computes their dates first. */
const PAUSE = 150

export function createPathViewer(ui: Store<UiState>, viewer: PlanViewer): PathViewer {
  const store = createStore<PathView>({ found: undefined, awaited: false, failed: false })
  let asked: readonly unknown[] = []
  let turn = 0
  let timer = 0

  function ask(target: string | undefined): void {
    turn++
    const mine = turn
    void viewer.paths(target, MOST).then(outcome => {
      if (turn !== mine) return
      if (outcome?.ok) store.set({ found: outcome, awaited: false, failed: false })
      else store.set({ found: undefined, awaited: false, failed: true })
    })
  }

  function look(): void {
    const { paths } = ui.get()
    if (!paths) {
      window.clearTimeout(timer)
      turn++
      asked = []
      if (store.get().found || store.get().awaited) store.set({ found: undefined, awaited: false, failed: false })
      return
    }
    const { dates, awaited, computed, error } = viewer.store.get()
    if (awaited || !computed || error) return
    const key = [paths.target, dates]
    if (asked.length > 0 && key.every((part, i) => part === asked[i])) return
    const first = asked.length === 0 || asked[0] !== paths.target
    asked = key
    store.set({ awaited: true })
    window.clearTimeout(timer)
    timer = window.setTimeout(() => ask(paths.target), first ? 0 : PAUSE)
  }

  const stops = [ui.subscribe(look), viewer.store.subscribe(look)]
  return {
    store,
    destroy() {
      window.clearTimeout(timer)
      turn++
      for (const stop of stops) stop()
    },
  }
}

/** By position the number of the path that a task belongs to; 0 = none. */
export function pathNumbers(
  paths: readonly FloatPath[],
  index: ReadonlyMap<string, number>,
  count: number,
): Uint8Array {
  const numbers = new Uint8Array(count)
  for (const { number, tasks } of paths) {
    for (const task of tasks) {
      const at = index.get(task)
      if (at !== undefined) numbers[at] = number
    }
  }
  return numbers
}
