// A drag on the timeline: from the press to the release, each move previewed by the worker.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Controller } from './controller.ts'
import { consequence, dragResult, linkResult, linkTypeOf } from './drag.ts'
import type { Gesture } from './draw-gesture.ts'
import type { Hit } from './hit.ts'
import { newId } from './new-id.ts'
import { barOf } from './scene.ts'
import type { Store } from './store.ts'
import { toX } from './time-scale.ts'
import type { Float } from './timeline-pointer.ts'

export const CURSOR = {
  body: 'grab',
  finish: 'ew-resize',
  progress: 'col-resize',
  link_start: 'crosshair',
  link_finish: 'crosshair',
}

export interface Drag {
  cancel: () => void
}

/** Pixels the pointer must go before a press becomes a drag. */
const THRESHOLD = 4
/** Close to the window's edge a drag scrolls the chart. */
const SCROLL_EDGE = 28

export function startDrag(
  controller: Controller,
  scroller: HTMLElement,
  float: Store<Float>,
  hit: Extract<Hit, { kind: 'bar' }>,
  press: PointerEvent,
  ended: () => void,
  redraw: (gesture?: Gesture) => void,
): Drag {
  // By id: a colleague may insert or delete rows while the drag lasts.
  const task = controller.sheet().outline.plan.tasks[hit.task]?.id ?? ''
  const at = () => controller.sheet().outline.index.get(task)
  /** The dates without the preview: the gesture is measured from there. */
  const before = () => controller.viewer.store.get().dates
  const { view: opening } = controller.stage()?.look() ?? {}
  const startX = press.clientX + (opening?.scrollLeft ?? 0)
  let moved = false
  let edits: PlanEdit[] = []
  let asked = ''
  let title = ''
  let result: { lines: string[]; bad: boolean } = { lines: [], bad: false }
  let pointer = press
  let scrolling = 0
  scroller.setPointerCapture(press.pointerId)

  const words = controller.words()
  const sheet = () => ({ ...controller.sheet(), dates: before() })

  function card(): void {
    const box = scroller.getBoundingClientRect()
    float.set({
      card: {
        kind: 'drag',
        title,
        lines: [...result.lines, words.drag.cancel],
        bad: result.bad,
        x: pointer.clientX - box.left,
        y: pointer.clientY - box.top,
      },
    })
  }

  function ask(next: PlanEdit[]): void {
    // A link gets a new id each time it is drawn: what is asked for is its ends.
    const key = JSON.stringify(next, (name, value) =>
      name === 'id' && hit.part.startsWith('link') ? undefined : value,
    )
    if (key === asked) return
    asked = key
    // Dropped, the very edits that were previewed are made: their dates are known.
    edits = next
    if (next.length === 0) {
      controller.viewer.endPreview(false)
      result = { lines: [], bad: false }
      return
    }
    controller.viewer.preview(next, computed => {
      if (asked !== key) return
      if (computed.ok && computed.dates.start.length === before().start.length) {
        const { finish, moved: count, late } = consequence(sheet(), before(), computed.dates)
        result = { lines: [`${words.drag.finish}  ${finish}`, count], bad: late }
      } else if (!computed.ok) {
        controller.viewer.endPreview(false)
        result = { lines: [controller.explainError(computed.error)], bad: true }
      }
      card()
    })
  }

  function follow(): void {
    const look = controller.stage()?.look()
    const own = at()
    if (own === undefined) finish(false)
    if (!look || own === undefined) return
    const { scene, view } = look
    const box = scroller.getBoundingClientRect()
    if (hit.part === 'link_start' || hit.part === 'link_finish') {
      const fromEnd = hit.part === 'link_start' ? 'start' : 'finish'
      const bar = barOf(scene, view, own)
      if (!bar) return
      const x = pointer.clientX - box.left + view.scrollLeft
      const y = pointer.clientY - box.top + view.scrollTop
      const over = scene.rows.tasks[Math.floor(y / view.rowHeight)]
      const target = over === undefined || over === own ? undefined : barOf(scene, view, over)
      const on = target && x >= target.x1 - 14 && x <= target.x2 + 14 ? target : undefined
      const toEnd = on && x > (on.x1 + on.x2) / 2 ? 'finish' : 'start'
      const gesture: Gesture = {
        link: {
          fromX: fromEnd === 'start' ? bar.x1 : bar.x2,
          fromY: bar.middle,
          toX: x,
          toY: y,
          ...(on && over !== undefined ? { target: over } : {}),
        },
      }
      title = on
        ? `${words.link_types[linkTypeOf(fromEnd, toEnd)]} · ${scene.outline.plan.tasks[over ?? -1]?.name ?? ''}`
        : words.drag.drop_on
      ask(on && over !== undefined ? linkResult(sheet(), own, fromEnd, over, toEnd, newId()) : [])
      redraw(gesture)
    } else {
      const kind = hit.part === 'body' ? 'move' : hit.part
      const by = (pointer.clientX + view.scrollLeft - startX) / view.ppm
      const { selected } = controller.ui.get()
      const { outline } = sheet()
      const also = kind === 'move' ? [...selected].map(id => outline.index.get(id) ?? -1).filter(i => i >= 0) : []
      const next = dragResult(sheet(), kind, own, by, view.ppm, also)
      if (!next) return
      title = `${words.drag[kind === 'finish' ? 'resize' : kind]}  ${next.words}`
      ask(next.edits)
      const pad = hit.bar.kind === 'milestone' ? 7 : 0
      redraw({ ghost: { task: own, x1: toX(view, next.start) - pad, x2: toX(view, next.finish) + pad } })
    }
    card()
  }

  function edgeScroll(): void {
    scrolling = 0
    const box = scroller.getBoundingClientRect()
    const x = pointer.clientX - box.left
    const y = pointer.clientY - box.top
    const pull = (at: number, size: number) =>
      at < SCROLL_EDGE ? at - SCROLL_EDGE : at > size - SCROLL_EDGE ? at - size + SCROLL_EDGE : 0
    const dx = pull(x, scroller.clientWidth)
    const dy = pull(y, scroller.clientHeight)
    if (dx === 0 && dy === 0) return
    controller.stage()?.scrollBy(dx * 0.4, dy * 0.4)
    follow()
    scrolling = requestAnimationFrame(edgeScroll)
  }

  function onMove(event: PointerEvent): void {
    if (event.pointerId !== press.pointerId) return
    pointer = event
    moved ||= Math.hypot(event.clientX - press.clientX, event.clientY - press.clientY) >= THRESHOLD
    if (!moved) return
    scroller.style.cursor = hit.part === 'body' ? 'grabbing' : CURSOR[hit.part]
    follow()
    if (scrolling === 0) scrolling = requestAnimationFrame(edgeScroll)
  }

  function finish(apply: boolean): void {
    cancelAnimationFrame(scrolling)
    scroller.removeEventListener('pointermove', onMove)
    scroller.removeEventListener('pointerup', onUp)
    scroller.removeEventListener('pointercancel', onCancel)
    window.removeEventListener('keydown', onKey, true)
    if (scroller.hasPointerCapture(press.pointerId)) scroller.releasePointerCapture(press.pointerId)
    scroller.style.cursor = ''
    float.set({ card: undefined })
    const done = apply && moved && edits.length > 0
    controller.viewer.endPreview(done)
    ended()
    if (done) controller.edit(edits)
  }
  const onUp = () => finish(true)
  const onCancel = () => finish(false)
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    finish(false)
  }
  scroller.addEventListener('pointermove', onMove)
  scroller.addEventListener('pointerup', onUp)
  scroller.addEventListener('pointercancel', onCancel)
  window.addEventListener('keydown', onKey, true)
  return { cancel: onCancel }
}
