// The page's side of work in the background: a worker of its own for each piece, so that a cancel is at once.
import { useCallback, useEffect, useRef, useState } from 'react'

/** What the page says: the input once, then perhaps that what is found until now will do. */
export type ToBackground<Input> = { readonly kind: 'start'; readonly input: Input } | { readonly kind: 'finish' }

/** What a worker that calls `answer` says. `broken` is a bug: what can go wrong by input is part of the result. */
export type FromBackground<Progress, Result> =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'broken'; readonly message: string }

export type Work<Progress, Result> =
  | { readonly at: 'idle' }
  | { readonly at: 'running'; readonly progress: Progress | null }
  | { readonly at: 'done'; readonly result: Result }
  | { readonly at: 'broken'; readonly message: string }

export interface Background<Input, Progress, Result> {
  readonly work: Work<Progress, Result>
  /** Ends what runs, and begins anew. */
  start(input: Input): void
  /** Ends what runs; nothing of it is kept. */
  cancel(): void
  /** Asks what runs to answer with what it has so far; only workers that look at `enough` do. */
  finish(): void
}

/**
 * Runs work in a worker while the page stays at hand; leaving the page ends it. `open` must be stable (outside of the component):
 * `() => new Worker(new URL('./x.worker.ts', import.meta.url), { type: 'module' })`.
 */
export function useBackground<Input, Progress, Result>(open: () => Worker): Background<Input, Progress, Result> {
  const [work, setWork] = useState<Work<Progress, Result>>({ at: 'idle' })
  const running = useRef<Worker | null>(null)
  const end = useCallback(() => {
    running.current?.terminate()
    running.current = null
  }, [])
  useEffect(() => end, [end])
  const start = useCallback(
    (input: Input) => {
      end()
      const worker = open()
      running.current = worker
      setWork({ at: 'running', progress: null })
      worker.addEventListener('message', ({ data }: MessageEvent<FromBackground<Progress, Result>>) => {
        if (running.current !== worker) return
        if (data.kind === 'progress') return setWork({ at: 'running', progress: data.progress })
        end()
        setWork(data.kind === 'done' ? { at: 'done', result: data.result } : { at: 'broken', message: data.message })
      })
      worker.addEventListener('error', event => {
        if (running.current !== worker) return
        end()
        setWork({ at: 'broken', message: event.message })
      })
      worker.postMessage({ kind: 'start', input } satisfies ToBackground<Input>)
    },
    [open, end],
  )
  const cancel = useCallback(() => {
    end()
    setWork({ at: 'idle' })
  }, [end])
  const finish = useCallback(() => running.current?.postMessage({ kind: 'finish' } satisfies ToBackground<Input>), [])
  return { work, start, cancel, finish }
}
