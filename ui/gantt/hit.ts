// What lies under the pointer: by row and by x, so that ten thousand bars cost as much as ten.
import { linkAt } from './draw-links.ts'
import { isParent } from './outline.ts'
import { type Bar, barOf, type Scene, type Viewport } from './scene.ts'

export type Hit =
  | { kind: 'bar'; task: number; part: 'body' | 'finish' | 'progress' | 'link_start' | 'link_finish'; bar: Bar }
  | { kind: 'link'; link: number }
  | { kind: 'row'; task: number }

/** The small circles beside a bar from which links are drawn. */
export const HANDLE_DISTANCE = 10
const HANDLE_RADIUS = 7
const EDGE = 5
/** Bars narrower than this have no progress handle: it would hide the finish. */
const ROOM_FOR_PROGRESS = 28

/** A summary's dates come from its subtasks and a finished task is history: their bars cannot be moved. */
export function canDrag(scene: Scene, hit: Extract<Hit, { kind: 'bar' }>): boolean {
  if (hit.part !== 'body') return true
  return !isParent(scene.outline, hit.task) && scene.outline.plan.tasks[hit.task]?.actualFinish === undefined
}

export const progressX = (scene: Scene, task: number, bar: Bar): number =>
  bar.x1 + (bar.x2 - bar.x1) * (scene.outline.percent[task]! / 100)

/** `x` and `y` are pixels from the chart's top left corner. `editing` = handles count. */
export function hitAt(scene: Scene, view: Viewport, x: number, y: number, editing: boolean): Hit | undefined {
  const cx = x + view.scrollLeft
  const cy = y + view.scrollTop
  const row = Math.floor(cy / view.rowHeight)
  const task = scene.rows.tasks[row]
  if (task === undefined) return undefined
  const bar = barOf(scene, view, task)
  if (bar) {
    const inBar = cx >= bar.x1 - 2 && cx <= bar.x2 + 2 && cy >= bar.top - 2 && cy <= bar.top + bar.height + 2
    const near = Math.abs(cy - bar.middle) <= HANDLE_RADIUS
    if (editing && near) {
      if (Math.abs(cx - (bar.x1 - HANDLE_DISTANCE)) <= HANDLE_RADIUS)
        return { kind: 'bar', task, part: 'link_start', bar }
      if (Math.abs(cx - (bar.x2 + HANDLE_DISTANCE)) <= HANDLE_RADIUS)
        return { kind: 'bar', task, part: 'link_finish', bar }
    }
    if (inBar) {
      if (!editing || bar.kind !== 'task' || isParent(scene.outline, task))
        return { kind: 'bar', task, part: 'body', bar }
      const width = bar.x2 - bar.x1
      const atProgress = Math.abs(cx - progressX(scene, task, bar)) <= EDGE && cy > bar.middle - 1
      if (width >= ROOM_FOR_PROGRESS && atProgress) return { kind: 'bar', task, part: 'progress', bar }
      if (bar.x2 - cx <= Math.min(EDGE, width / 3)) return { kind: 'bar', task, part: 'finish', bar }
      return { kind: 'bar', task, part: 'body', bar }
    }
  }
  const link = linkAt(scene, view, cx, cy)
  return link === undefined ? { kind: 'row', task } : { kind: 'link', link }
}
