// The one door for foreign plan files: recognises, decodes, reads or refuses with a code and values.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { defaultLimits, type FormatError, type ReadLimits, type ReadOptions, Refused } from '../limit.ts'
import { type Loss, type LossLog, lossLog } from '../loss.ts'
import { mppSteps } from '../mpp/read.ts'
import { mpxEncoding, mpxSteps } from '../mpx/read.ts'
import { mspdiReader } from '../mspdi/read.ts'
import { pmxmlReader } from '../pmxml/read.ts'
import {
  type ByteSource,
  chunksOf,
  decode,
  decoded,
  type Encoding,
  encodingOfXml,
  gather,
  guessEncoding,
  knownEncoding,
} from '../text.ts'
import { xerSteps } from '../xer/read.ts'
import { detectPlanFile, type PlanFormat } from './detect.ts'

export interface PlanReadOptions extends ReadOptions {
  /** Overrides what the file declares or what would be guessed. */
  encoding?: Encoding
}

export type PlanReading =
  | { ok: true; format: PlanFormat; encoding: Encoding; plans: Plan[]; loss: Loss[] }
  | { ok: false; error: FormatError }

/**
 * Reads a plan file of any kind.
 *
 * @param source the bytes, whole or as chunks
 * @param name file name, for the message only
 * @returns the plans of the file with everything that could not be carried over, or why it was refused:
 *   `plan_file.*` (another program's file), `xml.*`, `xer.*`, `mpp.*`, `format.*` (a limit), `format.cancelled`
 */
export async function readPlanFile(source: ByteSource, name = '', options: PlanReadOptions = {}): Promise<PlanReading> {
  const limits: ReadLimits = { ...defaultLimits, ...options.limits }
  try {
    const chunks = bounded(chunksOf(source), limits, options.signal)
    const { head, rest } = await headOf(chunks, 65536)
    const detected = detectPlanFile(head, name)
    if (!detected.readable) return { ok: false, error: { code: detected.code, values: detected.values } }
    const losses = lossLog()
    if (detected.format === 'xer') {
      const bytes = await gather(rest, limits.bytes)
      const encoding = options.encoding ?? guessEncoding(bytes)
      const steps = xerSteps(decode(bytes, encoding), losses, limits)
      const plans = await paced(steps, options.signal)
      return { ok: true, format: 'xer', encoding, plans, loss: losses.list() }
    }
    if (detected.format === 'mpp') {
      const plan = await paced(mppSteps(await gather(rest, limits.bytes), losses, limits), options.signal)
      return { ok: true, format: 'mpp', encoding: 'utf-16le', plans: [plan], loss: losses.list() }
    }
    if (detected.format === 'mpx') {
      const bytes = await gather(rest, limits.bytes)
      const encoding = options.encoding ?? mpxEncoding(bytes)
      const plan = await paced(mpxSteps(decode(bytes, encoding), losses, limits), options.signal)
      return { ok: true, format: 'mpx', encoding, plans: [plan], loss: losses.list() }
    }
    const encoding = options.encoding ?? xmlEncoding(head, losses)
    const text = decoded(rest, encoding)
    const plans =
      detected.format === 'pmxml'
        ? await readPmxml(text, losses, limits, options.signal)
        : [await readMspdi(text, losses, limits)]
    return { ok: true, format: detected.format, encoding, plans, loss: losses.list() }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
}

function xmlEncoding(head: Uint8Array, losses: LossLog): Encoding {
  const { encoding } = encodingOfXml(head)
  if (knownEncoding(encoding)) return encoding
  losses.add('bytes', 'encoding', encoding)
  return 'utf-8'
}

async function readMspdi(text: AsyncIterable<string>, losses: LossLog, limits: ReadLimits): Promise<Plan> {
  const reader = mspdiReader(losses, limits)
  for await (const piece of text) reader.write(piece)
  return reader.end()
}

async function readPmxml(
  text: AsyncIterable<string>,
  losses: LossLog,
  limits: ReadLimits,
  signal: AbortSignal | undefined,
): Promise<Plan[]> {
  const reader = pmxmlReader(losses, limits)
  for await (const piece of text) reader.write(piece)
  return paced(reader.end(), signal)
}

/** Runs the steps to their end, letting other work and the signal in between. */
async function paced<T>(steps: Generator<void, T, void>, signal: AbortSignal | undefined): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await breath()
    if (signal?.aborted) throw new Refused('format.cancelled')
  }
}

const breath = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Counts bytes, looks at the signal and lets other work run between chunks. */
async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  limits: ReadLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of chunks) {
    if (signal?.aborted) throw new Refused('format.cancelled')
    length += chunk.length
    if (length > limits.bytes) throw new Refused('format.too_large', { limit: limits.bytes })
    yield chunk
    await breath()
  }
}

async function headOf(
  chunks: AsyncGenerator<Uint8Array>,
  size: number,
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const first: Uint8Array[] = []
  let length = 0
  while (length < size) {
    const { value, done } = await chunks.next()
    if (done) break
    first.push(value)
    length += value.length
  }
  const head = Buffer.concat(first)
  return {
    head,
    rest: (async function* () {
      yield head
      yield* chunks
    })(),
  }
}
