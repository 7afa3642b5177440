// Bytes of a foreign file as text: byte-order marks, declared encodings, and guesses for files that declare nothing.

import iconv from 'iconv-lite'
import { Refused } from './limit.ts'

export type Encoding = string

export type ByteSource = Uint8Array | AsyncIterable<Uint8Array>

/** Any source as chunks; a whole file is cut up, so that a reader can pause and be cancelled between chunks. */
export async function* chunksOf(source: ByteSource, size = 1 << 18): AsyncGenerator<Uint8Array> {
  if (source instanceof Uint8Array) {
    for (let at = 0; at < source.length; at += size) yield source.subarray(at, at + size)
  } else yield* source
}

const latin1 = new TextDecoder('latin1')

/** The first bytes as characters 0–255, zero bytes dropped: enough to look for ASCII words in any encoding. */
export function asciiHead(bytes: Uint8Array, length = 4096): string {
  return latin1.decode(bytes.subarray(0, length)).replaceAll('\0', '')
}

/** Encoding by byte-order mark, or by the zero bytes of unmarked UTF-16; undefined when neither shows. */
export function encodingByMark(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  if (a !== undefined && a !== 0 && b === 0 && c !== 0 && d === 0) return 'utf-16le'
  if (a === 0 && b !== 0 && b !== undefined && c === 0 && d !== 0) return 'utf-16be'
  return undefined
}

/** True when that label can be decoded. */
export const knownEncoding = (label: string): boolean => iconv.encodingExists(label)

/** Cuts nothing in two: bytes of a character that goes on in the next chunk are kept back. */
export interface ChunkDecoder {
  write(chunk: Uint8Array): string
  end(): string
}

/** Undecodable bytes become U+FFFD. */
export function chunkDecoder(encoding: Encoding): ChunkDecoder {
  if (/^utf-?(8|16-?(le|be)?)$/i.test(encoding)) {
    const decoder = new TextDecoder(encoding)
    return { write: chunk => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() }
  }
  // Not TextDecoder: several Node versions decode windows-1252 as Latin-1 and lose its dashes, quotes and the euro sign.
  const decoder = iconv.getDecoder(encoding)
  return {
    write: chunk => decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
    end: () => decoder.end() ?? '',
  }
}

/** A whole text at once. */
export function decode(bytes: Uint8Array, encoding: Encoding): string {
  const decoder = chunkDecoder(encoding)
  return decoder.write(bytes) + decoder.end()
}

/** Encoding of an XML file: mark, then declaration, then UTF-8 (XML 1.0 §4.3.3). */
export function encodingOfXml(head: Uint8Array): { encoding: Encoding; declared?: string } {
  const marked = encodingByMark(head)
  if (marked) return { encoding: marked }
  const declared = /^\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(asciiHead(head, 400))?.[1]
  // A file that says UTF-16 but shows no zero bytes was re-encoded without its declaration: it is UTF-8 or ASCII.
  if (declared === undefined || /^(utf-?16|ucs-?2|iso-10646)/i.test(declared)) return { encoding: 'utf-8' }
  return { encoding: declared, declared }
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/**
 * Encoding of text that declares none: mark, valid UTF-8, then EUC-KR or GB18030 when its double bytes are those of
 * Korean or of everyday Chinese, Shift JIS when they are kana and kanji, Windows-1251 when the high bytes form Cyrillic words, else Windows-1252 (which accepts every byte).
 *
 * @param sample the file or its first megabyte; a UTF-8 sequence cut at its end is allowed for.
 */
export function guessEncoding(sample: Uint8Array): Encoding {
  const marked = encodingByMark(sample)
  if (marked) return marked
  let end = sample.length
  while (end > 0 && end > sample.length - 4 && (sample[end - 1] ?? 0) >= 0x80) end--
  if (isUtf8(sample.subarray(0, end)) || isUtf8(sample)) return 'utf-8'
  let pairs = 0
  let beyondHangul = 0
  let broken = 0
  let letters = 0
  let lower = 0
  let high = 0
  let run = 0
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0
    if (byte < 0x80) {
      if (run >= 3) letters += run
      run = 0
      continue
    }
    high++
    if (byte >= 0xe0) lower++
    run = byte >= 0xc0 || byte === 0xa8 || byte === 0xb8 ? run + 1 : 0
  }
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0
    if (byte < 0x80) continue
    const next = sample[i + 1] ?? 0
    // GB 2312 rows 1–87: punctuation, letters and the 6,763 everyday characters.
    if (byte >= 0xa1 && byte <= 0xf7 && next >= 0xa1 && next <= 0xfe) pairs++
    else broken++
    if (byte > 0xc8) beyondHangul++
    i++
  }
  if (pairs > 0 && broken <= pairs / 20) {
    // Hangul is rows B0–C8; Chinese of any length reaches beyond, where the syllables from sh to z are.
    return pairs >= 10 && beyondHangul === 0 ? 'euc-kr' : 'gb18030'
  }
  if (isShiftJis(sample)) return 'shift_jis'
  // Russian is words of mostly small letters (E0–FF); Western text has single accents between ASCII letters.
  return letters > high * 0.6 && lower > letters * 0.6 ? 'windows-1251' : 'windows-1252'
}

/** Pairs of Japanese text: nearly all begin with 81–9F, bytes that Western and Cyrillic text hardly uses. */
function isShiftJis(sample: Uint8Array): boolean {
  let kana = 0
  let other = 0
  let broken = 0
  for (let i = 0; i < sample.length; i++) {
    const byte = sample[i] ?? 0
    if (byte < 0x80 || (byte >= 0xa1 && byte <= 0xdf)) continue
    const next = sample[++i] ?? 0
    if (next < 0x40 || next === 0x7f || next > 0xfc) broken++
    else if (byte <= 0x9f) kana++
    else other++
  }
  return kana >= 10 && kana > other * 2 && broken <= kana / 50
}

/** Text pieces of byte chunks. */
export async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = chunkDecoder(encoding)
  for await (const chunk of chunks) yield decoder.write(chunk)
  const rest = decoder.end()
  if (rest !== '') yield rest
}

/** Everything of a stream in one array; throws `Refused` beyond `limit` bytes. */
export async function gather(chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of chunks) {
    length += part.length
    if (length > limit) throw new Refused('format.too_large', { limit })
    parts.push(part)
  }
  return Buffer.concat(parts, length)
}
