// Graceful shutdown: a signal drains what is under way, last opened first; a second signal or 30 s end it at once.
import type { Log } from './log.ts'

export type Shutdown = {
  /** Something to close; closed in reverse order of registration (server before database). */
  add(name: string, close: () => Promise<unknown>): void
  /** Aborted as soon as the shutdown begins: /readyz turns 503, jobs take no new work. */
  readonly signal: AbortSignal
  /** Closes everything once; further calls wait for the first. */
  begin(reason: string): Promise<void>
  /** Resolves with the process's exit code when all is closed. */
  readonly done: Promise<number>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Listens for signals and for bugs nobody caught (exit code 1, after the same orderly closing). */
export function gracefulShutdown(log: Log, options: { readonly patience?: number } = {}): Shutdown {
  const closers: { name: string; close: () => Promise<unknown> }[] = []
  const aborter = new AbortController()
  const exit = exitCode()
  let code = 0
  let closing: Promise<void> | undefined

  const begin = (reason: string): Promise<void> => {
    closing ??= closeAll(reason)
    return closing
  }
  const closeAll = async (reason: string) => {
    log.info({ reason }, '正在停止 | stopping')
    aborter.abort()
    const patience = setTimeout(() => {
      log.error('停止超时，强制退出 | not stopped in time, leaving')
      process.exit(1)
    }, options.patience ?? 30_000)
    for (const { name, close } of closers.reverse()) {
      try {
        await close()
      } catch (error) {
        code = 1
        log.error({ err: error, part: name }, '未能正常关闭 | did not close cleanly')
      }
    }
    clearTimeout(patience)
    for (const name of SIGNALS) process.off(name, onSignal)
    process.off('uncaughtException', onBug)
    process.off('unhandledRejection', onBug)
    exit.resolve(code)
  }
  const onSignal = (name: NodeJS.Signals) => {
    if (closing) process.exit(1)
    void begin(name)
  }
  const onBug = (error: unknown) => {
    code = 1
    log.error({ err: error }, '未捕获的错误 | uncaught error')
    void begin('uncaught error')
  }
  for (const name of SIGNALS) process.on(name, onSignal)
  process.on('uncaughtException', onBug)
  process.on('unhandledRejection', onBug)

  return { add: (name, close) => closers.push({ name, close }), signal: aborter.signal, begin, done: exit.promise }
}

function exitCode() {
  let resolve: (code: number) => void = () => {}
  const promise = new Promise<number>(done => {
    resolve = done
  })
  return { promise, resolve }
}
