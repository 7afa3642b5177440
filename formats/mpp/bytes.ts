// Little-endian values out of bytes; reading past the end gives zero or nothing, never an exception.

export const u8 = (data: Uint8Array, at: number): number => data[at] ?? 0

export const u16 = (data: Uint8Array, at: number): number => u8(data, at) | (u8(data, at + 1) << 8)

export const i16 = (data: Uint8Array, at: number): number => (u16(data, at) << 16) >> 16

export const i32 = (data: Uint8Array, at: number): number => u16(data, at) | (u16(data, at + 2) << 16)

export const u32 = (data: Uint8Array, at: number): number => i32(data, at) >>> 0

const cell = new DataView(new ArrayBuffer(8))

/** A double; 0 where the bytes are no finite number or are not all there. */
export function f64(data: Uint8Array, at: number): number {
  if (at < 0 || at + 8 > data.length) return 0
  cell.setUint32(0, u32(data, at + 4))
  cell.setUint32(4, u32(data, at))
  const value = cell.getFloat64(0)
  return Number.isFinite(value) ? value : 0
}

const utf16 = new TextDecoder('utf-16le')

/**
 * UTF-16 text from `at` up to its zero character, the end of the data, or `bytes` bytes.
 * An unpaired surrogate becomes U+FFFD.
 */
export function wideText(data: Uint8Array, at: number, bytes = Number.POSITIVE_INFINITY): string {
  const limit = Math.min(data.length - 1, at + bytes - 1)
  let end = Math.max(0, at)
  while (end < limit && (data[end] !== 0 || data[end + 1] !== 0)) end += 2
  return end > at ? utf16.decode(data.subarray(at, end)) : ''
}

/** Single bytes as Latin-1 up to a zero byte, the end of the data, or `bytes` bytes. */
export function narrowText(data: Uint8Array, at: number, bytes = Number.POSITIVE_INFINITY): string {
  const limit = Math.min(data.length, at + bytes)
  let text = ''
  for (let i = at; i < limit && data[i] !== 0; i++) text += String.fromCharCode(u8(data, i))
  return text
}

/** A GUID as `073AAF7A-ED5E-4FBE-AD97-F2CF43CEA217`; undefined when all zero or cut off. */
export function guid(data: Uint8Array | undefined, at: number): string | undefined {
  if (!data || at + 16 > data.length) return undefined
  const hex = (from: number, count: number, reverse: boolean): string => {
    let text = ''
    for (let i = 0; i < count; i++) {
      const pair = u8(data, from + i)
        .toString(16)
        .padStart(2, '0')
      text = reverse ? pair + text : text + pair
    }
    return text
  }
  const parts = [hex(at, 4, true), hex(at + 4, 2, true), hex(at + 6, 2, true), hex(at + 8, 2, false)]
  const text = [...parts, hex(at + 10, 6, false)].join('-').toUpperCase()
  return /[1-9A-F]/.test(text) ? text : undefined
}
