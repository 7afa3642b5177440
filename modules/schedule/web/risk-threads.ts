// Threads of the browser for one simulation: workers of the worker that simulates, ended with it.
import type { FromThread, Thread, Threads } from '@yingzao/engines/risk'

/** Beyond this many the runs are too few for each. */
const MOST = 8

export const browserThreads = (): Threads => ({
  // A browser without workers in workers does it all in one.
  count: typeof Worker === 'undefined' ? 0 : Math.min(MOST, navigator.hardwareConcurrency || 1) - 1,
  turn: () => new Promise(resolve => setTimeout(resolve)),
  open(): Thread {
    const worker = new Worker(new URL('./risk-thread.worker.ts', import.meta.url), { type: 'module' })
    return {
      tell: message => worker.postMessage(message),
      hear(answer, broken) {
        worker.addEventListener('message', ({ data }: MessageEvent<FromThread>) => answer(data))
        worker.addEventListener('error', event => {
          event.preventDefault()
          broken()
        })
      },
      end: () => worker.terminate(),
    }
  },
})
