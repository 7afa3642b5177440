/// <reference lib="webworker" />
// The worker's side of work in the background: one input in, progress while it runs, one result out.
import type { FromBackground } from './background.ts'

/** Called once by a worker's own file. `tell` may be called as often as the work likes. */
export function answer<Input, Progress, Result>(
  work: (input: Input, tell: (progress: Progress) => void) => Result | Promise<Result>,
): void {
  self.addEventListener('message', ({ data }: MessageEvent<Input>) => {
    const send = (message: FromBackground<Progress, Result>) => self.postMessage(message)
    void Promise.resolve()
      .then(() => work(data, progress => send({ kind: 'progress', progress })))
      .then(
        result => send({ kind: 'done', result }),
        (error: unknown) => send({ kind: 'broken', message: error instanceof Error ? error.message : String(error) }),
      )
  })
}
