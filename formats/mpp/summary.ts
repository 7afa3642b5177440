// Texts of the OLE property sets ([MS-OLEPS]) that Windows shows of any document: title, author, company.
import iconv from 'iconv-lite'
import { u16, u32, wideText } from './bytes.ts'

const codePageId = 1
const ansiText = 0x1e
const wideTextType = 0x1f
const wideCodePage = 1200
const utf8CodePage = 65001
const most = 1000

/** Texts of the first section of a property set by number; empty when the stream is none. */
export function readSummary(data: Uint8Array | undefined): ReadonlyMap<number, string> {
  const texts = new Map<number, string>()
  if (!data || data.length < 48 || u16(data, 0) !== 0xfffe) return texts
  const section = u32(data, 44)
  const count = Math.min(u32(data, section + 4), most)
  const offsets = new Map<number, number>()
  for (let i = 0; i < count; i++) offsets.set(u32(data, section + 8 + i * 8), section + u32(data, section + 12 + i * 8))
  const pageAt = offsets.get(codePageId)
  const page = pageAt === undefined ? 1252 : u16(data, pageAt + 4)
  const label = page === utf8CodePage ? 'utf-8' : page === wideCodePage ? 'utf-16le' : `cp${page}`
  const encoding = iconv.encodingExists(label) ? label : 'windows-1252'
  for (const [id, at] of offsets) {
    if (at + 8 > data.length) continue
    const size = u32(data, at + 4)
    const type = u32(data, at)
    if (type === wideTextType) texts.set(id, wideText(data, at + 8, Math.min(size, data.length) * 2))
    else if (type === ansiText && at + 8 + size <= data.length) {
      const bytes = data.subarray(at + 8, at + 8 + size)
      texts.set(id, iconv.decode(Buffer.from(bytes), encoding).replace(/\0[\s\S]*$/, ''))
    }
  }
  return texts
}
