// Measures in the page itself: intervals between animation frames, and a scroll that jumps on every frame.

export interface FrameTimes {
  start: () => void
  stop: () => number[]
  /** Scrolls by `step` pixels a frame, wrapping at the end. */
  jump: (step: number, count: number) => Promise<void>
}

export function createFrameTimes(): FrameTimes {
  let times: number[] = []
  let running = false
  return {
    start() {
      times = []
      running = true
      const next = (time: number) => {
        times.push(time)
        if (running) requestAnimationFrame(next)
      }
      requestAnimationFrame(next)
    },
    stop() {
      running = false
      return times.slice(1).map((time, i) => time - times[i]!)
    },
    jump: (step, count) =>
      new Promise(resolve => {
        const scroller = document.querySelector('.yzg-time-scroll')
        let i = 0
        const next = () => {
          if (scroller) scroller.scrollTop = (i * step) % (scroller.scrollHeight - scroller.clientHeight)
          i++
          if (i < count) requestAnimationFrame(next)
          else resolve()
        }
        requestAnimationFrame(next)
      }),
  }
}
