// The pointer on the timeline: hover with its explanation, selection, and the drags with their live preview.
import type { Controller } from './controller.ts'
import { drawGesture, drawHover, type Gesture } from './draw-gesture.ts'
import { canDrag, type Hit, hitAt } from './hit.ts'
import { createStore, type Store } from './store.ts'
import { CURSOR, type Drag, startDrag } from './timeline-drag.ts'

/** The small card beside the pointer. */
export interface Float {
  card:
    | { kind: 'task'; task: string; x: number; y: number }
    | { kind: 'link'; link: string; x: number; y: number }
    | { kind: 'drag'; title: string; lines: string[]; bad: boolean; x: number; y: number }
    | undefined
}

export interface TimelinePointer {
  float: Store<Float>
  detach: () => void
}

const HOVER_DELAY = 350

export function attachTimelinePointer(controller: Controller, scroller: HTMLElement): TimelinePointer {
  const float = createStore<Float>({ card: undefined })
  let hover: Hit | undefined
  let hoverTimer = 0
  let drag: Drag | undefined

  const position = (event: MouseEvent) => {
    const box = scroller.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const redraw = (gesture?: Gesture) => {
    const editing = controller.editable()
    const hit = hover
    controller
      .stage()
      ?.setOverlay(
        gesture
          ? (ctx, scene, view) => drawGesture(ctx, scene, view, gesture)
          : hit
            ? (ctx, scene, view) => drawHover(ctx, scene, view, hit, editing)
            : undefined,
      )
  }

  function setHover(next: Hit | undefined, x: number, y: number): void {
    const same =
      hover?.kind === next?.kind &&
      (next?.kind === 'link'
        ? hover?.kind === 'link' && hover.link === next.link
        : next?.kind === 'bar'
          ? hover?.kind === 'bar' && hover.task === next.task && hover.part === next.part
          : hover?.kind === 'row' && next?.kind === 'row' && hover.task === next.task)
    if (same) return
    const sameTarget = hover?.kind === 'bar' && next?.kind === 'bar' && hover.task === next.task
    hover = next
    const look = controller.stage()?.look()
    if (next?.kind === 'bar' && controller.editable() && look && canDrag(look.scene, next)) {
      scroller.style.cursor = CURSOR[next.part]
    } else scroller.style.cursor = next && next.kind !== 'row' ? 'pointer' : ''
    redraw()
    if (sameTarget) return
    window.clearTimeout(hoverTimer)
    float.set({ card: undefined })
    if (!next || next.kind === 'row') return
    hoverTimer = window.setTimeout(() => {
      const { outline } = controller.sheet()
      if (next.kind === 'link') {
        const link = outline.links[next.link]
        if (link) float.set({ card: { kind: 'link', link: link.id, x, y } })
        return
      }
      const task = outline.plan.tasks[next.task]
      if (task) float.set({ card: { kind: 'task', task: task.id, x, y } })
    }, HOVER_DELAY)
  }

  function onMove(event: PointerEvent): void {
    if (drag || event.pointerType === 'touch' || event.buttons !== 0) return
    const look = controller.stage()?.look()
    if (!look) return
    const { x, y } = position(event)
    setHover(hitAt(look.scene, look.view, x, y, controller.editable()), x, y)
  }

  function onLeave(): void {
    if (!drag) setHover(undefined, 0, 0)
  }

  function onDown(event: PointerEvent): void {
    const look = controller.stage()?.look()
    if (!look || event.button !== 0 || event.pointerType === 'touch') return
    const { x, y } = position(event)
    if (x >= scroller.clientWidth || y >= scroller.clientHeight) return
    const hit = hitAt(look.scene, look.view, x, y, controller.editable())
    if (!hit || hit.kind === 'link') return
    const task = look.scene.outline.plan.tasks[hit.task]
    if (!task) return
    const { selected } = controller.ui.get()
    const how = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'one'
    // A press on one of several selected bars keeps the selection: the drag takes all of them.
    if (how !== 'one' || !selected.has(task.id) || hit.kind === 'row') controller.select(task.id, how)
    if (hit.kind !== 'bar' || how !== 'one' || !controller.editable() || !canDrag(look.scene, hit)) return
    event.preventDefault()
    scroller.focus({ preventScroll: true })
    // What hovering was about to show would take the place of what the drag shows.
    window.clearTimeout(hoverTimer)
    drag = startDrag(
      controller,
      scroller,
      float,
      hit,
      event,
      () => {
        drag = undefined
        hover = undefined
        redraw()
      },
      redraw,
    )
  }

  function onDouble(event: MouseEvent): void {
    const look = controller.stage()?.look()
    if (!look) return
    const { x, y } = position(event)
    const hit = hitAt(look.scene, look.view, x, y, false)
    if (!hit) return
    const { outline } = look.scene
    const id = hit.kind === 'link' ? outline.links[hit.link]?.to : outline.plan.tasks[hit.task]?.id
    if (id !== undefined) controller.open(id)
  }

  // A tap of a finger opens the task; a scroll or pinch is not a tap.
  let tap: { x: number; y: number; time: number } | undefined
  function onTouchDown(event: PointerEvent): void {
    if (event.pointerType === 'touch') tap = event.isPrimary ? { ...position(event), time: event.timeStamp } : undefined
  }
  function onTouchUp(event: PointerEvent): void {
    if (event.pointerType !== 'touch' || !tap) return
    const { x, y } = position(event)
    const look = controller.stage()?.look()
    if (look && Math.hypot(x - tap.x, y - tap.y) < 10 && event.timeStamp - tap.time < 500) {
      const hit = hitAt(look.scene, look.view, x, y, false)
      const task = hit && hit.kind !== 'link' ? look.scene.outline.plan.tasks[hit.task] : undefined
      if (task) {
        controller.select(task.id, 'one')
        if (hit?.kind === 'bar') controller.open(task.id)
      }
    }
    tap = undefined
  }
  const onTouchCancel = () => {
    tap = undefined
  }
  const onScroll = () => {
    if (!drag) setHover(undefined, 0, 0)
  }

  const stop = new AbortController()
  const { signal } = stop
  scroller.addEventListener('pointermove', onMove, { signal })
  scroller.addEventListener('pointerleave', onLeave, { signal })
  scroller.addEventListener('pointerdown', onDown, { signal })
  scroller.addEventListener('pointerdown', onTouchDown, { signal })
  scroller.addEventListener('pointerup', onTouchUp, { signal })
  scroller.addEventListener('pointercancel', onTouchCancel, { signal })
  scroller.addEventListener('dblclick', onDouble, { signal })
  scroller.addEventListener('scroll', onScroll, { signal, passive: true })
  return {
    float,
    detach() {
      window.clearTimeout(hoverTimer)
      drag?.cancel()
      stop.abort()
    },
  }
}
