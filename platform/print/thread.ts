// The thread that lays out and writes PDF, so that nobody's request waits for somebody else's print. Started by render.ts.
import { parentPort } from 'node:worker_threads'
import { pagesOf, type Sheet, writePdf } from '@yingzao/formats/pdf'
import type { Ending, FromThread, Portion, SentSheet, ToThread } from './thread-message.ts'

interface Running {
  readonly portions: Portion[]
  ended: Ending | null
  givenUp: boolean
  wake: () => void
}
const givenUp = new Error('given up')

const running = new Map<string, Running>()
const say = (message: FromThread, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer)
/** Longest stretch without looking whether somebody gave up, in milliseconds. */
const stretch = 40

parentPort?.on('message', (message: ToThread) => {
  if (message.do === 'print' || message.do === 'pages') return void begin(message.id, message.sheet, message.do)
  const job = running.get(message.id)
  if (!job) return
  if (message.do === 'rows') job.portions.push(message.rows)
  if (message.do === 'end') job.ended = message
  if (message.do === 'give_up') job.givenUp = true
  job.wake()
})

async function begin(id: string, sent: SentSheet, what: 'print' | 'pages'): Promise<void> {
  const job: Running = { portions: [], ended: null, givenUp: false, wake: () => {} }
  running.set(id, job)
  try {
    const sheet = received(id, sent, job)
    if (what === 'pages') return say({ id, is: 'pages', pages: await pagesOf(sheet) })
    let since = performance.now()
    const pause = () => {
      if (job.givenUp) throw givenUp
      if (performance.now() - since < stretch) return null
      return new Promise<void>(resolve =>
        setImmediate(() => {
          since = performance.now()
          resolve()
        }),
      )
    }
    const { pdf, pages } = await writePdf(sheet, { pause, onPage: count => say({ id, is: 'page', count }) })
    const copy = new Uint8Array(pdf)
    say({ id, is: 'done', pdf: copy, pages }, [copy.buffer])
  } catch (error) {
    if (error !== givenUp)
      say({ id, is: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  } finally {
    running.delete(id)
  }
}

/** Where rows were left out they come one portion after the other, each asked for. */
const received = (id: string, { blocks, foot, ...sheet }: SentSheet, job: Running): Sheet => ({
  ...sheet,
  foot: () => job.ended?.foot ?? foot,
  blocks: blocks.map(block =>
    block.is !== 'table'
      ? block
      : block.rows === 'follow'
        ? { ...block, rows: rowsOf(id, job), totals: () => job.ended?.totals }
        : { ...block, rows: block.rows },
  ),
})

async function* rowsOf(id: string, job: Running): AsyncGenerator<Portion> {
  for (;;) {
    const next = job.portions.shift()
    if (next) {
      yield next
      continue
    }
    if (job.ended || job.givenUp) return
    say({ id, is: 'more' })
    if (job.portions.length === 0 && !job.ended && !job.givenUp)
      await new Promise<void>(resolve => {
        job.wake = resolve
      })
  }
}
