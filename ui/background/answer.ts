/// <reference lib="webworker" />
// The worker's side of work in the background: one input in, progress while it runs, one result out.
import type { FromBackground, ToBackground } from './background.ts'

/**
 * Called once by a worker's own file. `tell` may be called as often as the work likes; `enough` lets messages in and says
 * whether the page asked to end with what there is (Background.finish).
 */
export function answer<Input, Progress, Result>(
  work: (input: Input, tell: (progress: Progress) => void, enough: () => Promise<boolean>) => Result | Promise<Result>,
): void {
  let finish = false
  const enough = () => new Promise<boolean>(heard => setTimeout(() => heard(finish)))
  self.addEventListener('message', ({ data }: MessageEvent<ToBackground<Input>>) => {
    if (data.kind === 'finish') {
      finish = true
      return
    }
    const send = (message: FromBackground<Progress, Result>) => self.postMessage(message)
    void Promise.resolve()
      .then(() => work(data.input, progress => send({ kind: 'progress', progress }), enough))
      .then(
        result => send({ kind: 'done', result }),
        (error: unknown) => send({ kind: 'broken', message: error instanceof Error ? error.message : String(error) }),
      )
  })
}
