// renderPdf(): gives a sheet to the printing thread and takes the file back. The thread starts with the first print and ends
// when nobody has printed for a while: with its fonts it weighs about 90 MB.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Page } from '@yingzao/formats/pdf'
import { refuse } from '@yingzao/kernel/refuse'
import { v7 as newId } from 'uuid'
import type { Ending, FromThread, Portion, SentSheet, ToThread } from './thread-message.ts'

/** Milliseconds without work after which the thread ends. */
const idle = 60_000
/** Prints under way at once; more than that wait nowhere but are told to come again. */
const most = 200

interface Waiting {
  readonly take: (message: FromThread) => void
  readonly fail: (error: Error) => void
}
let thread: Worker | null = null
let rest: NodeJS.Timeout | null = null
const waiting = new Map<string, Waiting>()

const limits = { resourceLimits: { maxOldGenerationSizeMb: 768 } }

/** Run from the sources (tests, tsx) the thread must learn to read TypeScript first. */
function startThread(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./thread.js', import.meta.url), limits)
  const tsx = pathToFileURL(
    createRequire(import.meta.url)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href
  const thread = new URL('./thread.ts', import.meta.url).href
  const text = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(thread)}) })`
  return new Worker(text, { ...limits, eval: true })
}

function threadOf(): Worker {
  if (rest) clearTimeout(rest)
  rest = null
  if (thread) return thread
  const started = startThread()
  started.on('message', (message: FromThread) => waiting.get(message.id)?.take(message))
  const ended = (error: Error) => {
    if (thread === started) thread = null
    for (const each of waiting.values()) each.fail(error)
    waiting.clear()
  }
  started.on('error', ended)
  started.on('exit', code => {
    if (thread === started) ended(new Error(`the printing thread ended with ${code}`))
  })
  // A print under way is held by its request, not by the thread.
  started.unref()
  thread = started
  return started
}

function restSoon(): void {
  if (waiting.size > 0 || rest) return
  rest = setTimeout(() => {
    const done = thread
    thread = null
    rest = null
    void done?.terminate()
  }, idle)
  rest.unref()
}

export interface RenderOptions {
  /** Rows of the table whose rows `follow`. */
  readonly rows?: AsyncIterable<Portion>
  /** Asked when they have been read. */
  readonly ending?: () => Ending
  readonly signal?: AbortSignal
  readonly onPage?: (count: number) => void
}

/** Refuses `print.busy` when too many print at once; throws the signal's reason when it is aborted. */
export function renderPdf(
  sheet: SentSheet,
  options: RenderOptions = {},
): Promise<{ readonly pdf: Uint8Array; readonly pages: number }> {
  return ask('print', sheet, options, message =>
    message.is === 'done' ? { pdf: message.pdf, pages: message.pages } : undefined,
  )
}

/** The pages as data, for a preview. */
export const renderPages = (sheet: SentSheet): Promise<readonly Page[]> =>
  ask('pages', sheet, {}, message => (message.is === 'pages' ? message.pages : undefined))

async function ask<T>(
  what: 'print' | 'pages',
  sheet: SentSheet,
  { rows, ending, signal, onPage }: RenderOptions,
  answerOf: (message: FromThread) => T | undefined,
): Promise<T> {
  if (waiting.size >= most) throw refuse('print.busy')
  signal?.throwIfAborted()
  const id = newId()
  const worker = threadOf()
  const tell = (message: ToThread) => worker.postMessage(message)
  const source = rows?.[Symbol.asyncIterator]()
  try {
    return await new Promise<T>((resolve, reject) => {
      const follow = async () => {
        try {
          const next = await source?.next()
          if (!next || next.done) tell({ do: 'end', id, ...ending?.() })
          else tell({ do: 'rows', id, rows: next.value })
        } catch (error) {
          reject(error)
        }
      }
      waiting.set(id, {
        fail: reject,
        take(message) {
          const answer = answerOf(message)
          if (answer !== undefined) resolve(answer)
          else if (message.is === 'failed') reject(new Error(message.message))
          else if (message.is === 'page') onPage?.(message.count)
          else void follow()
        },
      })
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      tell({ do: what, id, sheet })
    })
  } catch (error) {
    tell({ do: 'give_up', id })
    throw error
  } finally {
    waiting.delete(id)
    await source?.return?.()
    restSoon()
  }
}
