/// <reference lib="webworker" />
// One of the threads that share a simulation (risk.worker.ts).
import { type ToThread, threadSide } from '@yingzao/engines/risk'

const side = threadSide()

self.addEventListener('message', ({ data }: MessageEvent<ToThread>) => {
  const answer = side(data)
  if (answer) self.postMessage(answer)
})
