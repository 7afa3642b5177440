// Which bound to decide on next: those that took part in recent conflicts first.

export interface ActivityHeap {
  readonly bump: (item: number) => void
  readonly decay: () => void
  /** Puts a bumped item back after it was taken. */
  readonly restore: (item: number) => void
  /** The most active item, taken off; −1 = none. */
  readonly take: () => number
}

/** Items 0 … size − 1; only bumped ones are ever in the heap. */
export function activityHeap(size: number): ActivityHeap {
  const activity = new Float64Array(size)
  const place = new Int32Array(size).fill(-1)
  const heap: number[] = []
  let step = 1

  function up(at: number): void {
    const item = heap[at]!
    let here = at
    while (here > 0) {
      const above = (here - 1) >> 1
      const other = heap[above]!
      if (activity[other]! >= activity[item]!) break
      heap[here] = other
      place[other] = here
      here = above
    }
    heap[here] = item
    place[item] = here
  }

  function down(at: number): void {
    const item = heap[at]!
    let here = at
    for (;;) {
      let below = 2 * here + 1
      if (below >= heap.length) break
      if (below + 1 < heap.length && activity[heap[below + 1]!]! > activity[heap[below]!]!) below++
      const other = heap[below]!
      if (activity[other]! <= activity[item]!) break
      heap[here] = other
      place[other] = here
      here = below
    }
    heap[here] = item
    place[item] = here
  }

  return {
    bump(item) {
      activity[item] = activity[item]! + step
      if (activity[item]! > 1e100) {
        for (let i = 0; i < size; i++) activity[i] = activity[i]! * 1e-100
        step *= 1e-100
      }
      if (place[item]! < 0) {
        heap.push(item)
        place[item] = heap.length - 1
      }
      up(place[item]!)
    },
    decay() {
      step /= 0.95
    },
    restore(item) {
      if (place[item]! >= 0 || activity[item] === 0) return
      heap.push(item)
      place[item] = heap.length - 1
      up(heap.length - 1)
    },
    take() {
      const top = heap[0]
      if (top === undefined) return -1
      const last = heap.pop()!
      place[top] = -1
      if (heap.length > 0) {
        heap[0] = last
        place[last] = 0
        down(0)
      }
      return top
    },
  }
}
