// The zip container of a workbook: its parts as streams, with one budget of inflated bytes for all of them.
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { type ReadLimits, Refused } from '../limit.ts'

export interface Package {
  /** Undefined when there is no such part. Names are compared without case and leading slash. */
  part(name: string): AsyncGenerator<Uint8Array> | undefined
  names(): readonly string[]
  close(): void
}

const maxEntries = 20_000
const key = (name: string): string => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()

/** Opens a workbook; throws `Refused` for what is no zip, is encrypted, or inflates beyond the limit. */
export async function openPackage(bytes: Uint8Array, limits: ReadLimits, signal?: AbortSignal): Promise<Package> {
  if (bytes.length > limits.bytes) throw new Refused('format.too_large', { limit: limits.bytes })
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const encrypted = whole.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    throw new Refused(encrypted ? 'xlsx.encrypted' : 'xlsx.old_format')
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Refused('xlsx.not_a_workbook')
  const zip = await broken(() => fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  const entries = new Map<string, Entry>()
  await broken(async () => {
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= maxEntries) throw new Refused('format.too_many', { what: 'parts', limit: maxEntries })
      entries.set(key(entry.fileName), entry)
    }
  })
  const budget = { left: limits.inflatedBytes }
  return {
    part(name) {
      const entry = entries.get(key(name))
      return entry && inflate(zip, entry, budget, limits, signal)
    },
    names: () => [...entries.keys()],
    close: () => zip.close(),
  }
}

async function* inflate(
  zip: ZipFile,
  entry: Entry,
  budget: { left: number },
  limits: ReadLimits,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new Refused('xlsx.encrypted')
  const stream = await broken(() => zip.openReadStreamPromise(entry))
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) continue
      if (signal?.aborted) throw new Refused('format.cancelled')
      budget.left -= chunk.length
      if (budget.left < 0) throw new Refused('format.inflates_too_much', { limit: limits.inflatedBytes })
      yield chunk
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('xlsx.damaged', { detail: detailOf(error) })
  } finally {
    stream.destroy()
  }
}

const detailOf = (error: unknown): string => (error instanceof Error ? error.message.slice(0, 200) : '')

async function broken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('xlsx.damaged', { detail: detailOf(error) })
  }
}
