// Follows a pointer from its press to its release, also outside the element.

/** `done` is false when the browser took the pointer away (a scroll, a second finger). */
export function trackPointer(
  element: Element,
  pointerId: number,
  onMove: (event: PointerEvent) => void,
  onEnd?: (done: boolean) => void,
): () => void {
  element.setPointerCapture(pointerId)
  const move = (event: Event) => {
    if (event instanceof PointerEvent && event.pointerId === pointerId) onMove(event)
  }
  const stop = (done: boolean) => {
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', cancel)
    if (element.hasPointerCapture(pointerId)) element.releasePointerCapture(pointerId)
    onEnd?.(done)
  }
  const up = () => stop(true)
  const cancel = () => stop(false)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', cancel)
  return cancel
}
