// Measures in the page itself: intervals between animation frames, and a scroll that jumps on every frame.

export interface FrameTimes {
  start: () => void
  stop: () => number[]
  /** Scrolls by `step` pixels a frame, wrapping at the end. */
  jump: (step: number, count: number) => Promise<void>
  /** Waits from now on for the next event of this type and key, and for the element's words to become others. */
  expect: (selector: string, event: { type: 'keydown' | 'pointermove'; key?: string }) => void
  /** Milliseconds from the expected event until the frame in which the words are others. */
  answer: () => Promise<number>
}

export function createFrameTimes(): FrameTimes {
  let times: number[] = []
  let running = false
  let answer = Promise.resolve(Number.NaN)
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
    answer: () => answer,
    expect(selector, { type, key }) {
      answer = new Promise(resolve => {
        const words = () => document.querySelector(selector)?.textContent
        const before = words()
        let from: number | undefined
        const hear = (event: Event) => {
          if (key !== undefined && !(event instanceof KeyboardEvent && event.key === key)) return
          from = event.timeStamp
          window.removeEventListener(type, hear, { capture: true })
        }
        window.addEventListener(type, hear, { capture: true })
        const look = () => {
          if (from !== undefined && words() !== before) {
            // Drawn in this frame: the next one begins when it is on the screen.
            const began = from
            requestAnimationFrame(() => resolve(performance.now() - began))
          } else requestAnimationFrame(look)
        }
        look()
      })
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
