// The code on a printed form: which row of the history stands for this print, and what was printed. Short enough for a small QR
// code and to be typed from paper; Crockford's base 32, which has no look-alikes.
import { createHash } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { isId } from '@yingzao/kernel/entity'
import { canonical } from '@yingzao/kernel/records/draft'

/** Bytes of the digest that the code carries: 80 bits, beyond what anybody could try. */
const carried = 10
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const head = 'YZ1'
const length = Math.ceil(((16 + carried) * 8) / 5)

export interface PrintCode {
  /** Id of the change row. */
  readonly change: string
  /** First bytes of the digest of what was printed, in hex. */
  readonly digest: string
}

/** SHA-256 of everything on the sheet, in hex. */
export const sheetDigest = (sheet: Json): string => createHash('sha256').update(canonical(sheet)).digest('hex')
export const bytesDigest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** `YZ1` and 42 letters in groups of six. */
export function codeOf(change: string, digest: string): string {
  const bytes = Buffer.from(change.replaceAll('-', '') + digest.slice(0, carried * 2), 'hex')
  let bits = 0n
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte)
  bits <<= BigInt(length * 5 - bytes.length * 8)
  let text = ''
  for (let i = 0; i < length; i++) {
    text = `${letters[Number(bits & 31n)]}${text}`
    bits >>= 5n
  }
  return `${head}-${(text.match(/.{6}/g) ?? []).join('-')}`
}

/** As scanned or typed: small letters, spaces, O for 0 and I or L for 1 are understood. Null: this is no such code. */
export function readCode(text: string): PrintCode | null {
  if (text.length > 200) return null
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  if (!plain.startsWith(head)) return null
  const body = plain.slice(head.length)
  if (body.length !== length) return null
  let bits = 0n
  for (const letter of body) {
    const value = letters.indexOf(letter)
    if (value < 0) return null
    bits = (bits << 5n) | BigInt(value)
  }
  const over = BigInt(length * 5 - (16 + carried) * 8)
  if ((bits & ((1n << over) - 1n)) !== 0n) return null
  const hex = (bits >> over).toString(16).padStart((16 + carried) * 2, '0')
  const change = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return isId(change) ? { change, digest: hex.slice(32) } : null
}

/** What the history keeps of a print, as the difference of the field `_print`, which no entity has. */
export interface PrintMark {
  /** Digests in hex: of everything on the sheet, and of the file. */
  readonly sheet: string
  readonly file: string
  /** The how many-th print of the record it was, from 1. */
  readonly copy: number
}
export const markField = '_print'
export const printAction = 'print'

/** The mark in a row of the history; null where it is none. */
export function markIn(diff: unknown): PrintMark | null {
  if (typeof diff !== 'object' || diff === null || !(markField in diff)) return null
  const sides: unknown = diff[markField]
  const mark: unknown = Array.isArray(sides) ? sides[1] : null
  if (typeof mark !== 'object' || mark === null) return null
  if (!('sheet' in mark) || !('file' in mark) || !('copy' in mark)) return null
  const { sheet, file, copy } = mark
  return typeof sheet === 'string' && typeof file === 'string' && typeof copy === 'number'
    ? { sheet, file, copy }
    : null
}
