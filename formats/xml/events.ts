// Feeds byte chunks to saxes and hands out local element names; for formats that are read element by element.
import { SaxesParser } from 'saxes'
import { type ReadLimits, Refused } from '../limit.ts'
import { type ChunkDecoder, chunkDecoder, encodingOfXml, knownEncoding } from '../text.ts'
import { xmlCleaner } from './clean.ts'

export interface XmlEvents {
  /** `name` without prefix; attributes as written. */
  open(name: string, attributes: Readonly<Record<string, string>>): void
  text?(text: string): void
  close?(name: string): void
}

export const localName = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** saxes gathers a text, tag or comment until it ends: a file that never ends one is refused by this count. */
export function runawayGuard(limits: ReadLimits): { event(): void; chunk(length: number): void } {
  let since = 0
  return {
    event: () => {
      since = 0
    },
    chunk: length => {
      since += length
      if (since > limits.fieldLength) throw new Refused('format.field_too_long', { limit: limits.fieldLength })
    },
  }
}

/** A saxes parser whose errors are refusals. */
export function strictParser(): SaxesParser {
  const parser = new SaxesParser()
  parser.on('error', error => {
    if (error.message.includes('undefined entity')) throw new Refused('xml.entity')
    throw new Refused('xml.malformed', { detail: error.message.slice(0, 200) })
  })
  return parser
}

const usableEncoding = (head: Uint8Array): string => {
  const { encoding } = encodingOfXml(head)
  return knownEncoding(encoding) ? encoding : 'utf-8'
}

/** Yields after every chunk, so that the caller can pass on what the events gathered. Throws `Refused`. */
export async function* parseXml(
  chunks: AsyncIterable<Uint8Array>,
  events: XmlEvents,
  limits: ReadLimits,
): AsyncGenerator<void> {
  const parser = strictParser()
  const guard = runawayGuard(limits)
  let depth = 0
  parser.on('opentag', tag => {
    guard.event()
    if (++depth > limits.depth) throw new Refused('format.too_deep', { limit: limits.depth })
    events.open(localName(tag.name), tag.attributes)
  })
  parser.on('closetag', tag => {
    guard.event()
    depth--
    events.close?.(localName(tag.name))
  })
  if (events.text) {
    const take = (text: string): void => events.text?.(text)
    parser.on('text', take)
    parser.on('cdata', take)
  }
  const clean = xmlCleaner(() => {})
  let decoder: ChunkDecoder | undefined
  for await (const chunk of chunks) {
    decoder ??= chunkDecoder(usableEncoding(chunk))
    guard.chunk(chunk.length)
    parser.write(clean(decoder.write(chunk)))
    yield
  }
  parser.write(clean(decoder?.end() ?? '', true))
  parser.close()
  if (depth > 0) throw new Refused('xml.truncated')
  yield
}

/** Runs a whole part at once. */
export async function parseWhole(
  chunks: AsyncIterable<Uint8Array>,
  events: XmlEvents,
  limits: ReadLimits,
): Promise<void> {
  for await (const _ of parseXml(chunks, events, limits));
}
