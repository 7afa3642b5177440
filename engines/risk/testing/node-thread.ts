// One thread of a shared simulation under Node, for the bench.
import { parentPort } from 'node:worker_threads'
import { type ToThread, threadSide } from '../index.ts'

const side = threadSide()
parentPort?.on('message', (message: ToThread) => {
  const answer = side(message)
  if (answer) parentPort?.postMessage(answer)
})
parentPort?.postMessage('ready')
