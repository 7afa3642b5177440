// XML files embedded in a PDF: its streams are looked through one by one, each unpacked within a bound.
import { inflateSync } from 'node:zlib'

const most = 400

/** Embedded XML texts, as bytes. A PDF that is encrypted or damaged simply has none that is found. */
export function embeddedXml(bytes: Uint8Array, largest: number): Uint8Array[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const found: Uint8Array[] = []
  let at = 0
  for (let count = 0; count < most; count++) {
    const start = data.indexOf('stream', at)
    if (start < 0) break
    const end = data.indexOf('endstream', start)
    if (end < 0) break
    at = end + 9
    const head = data.subarray(Math.max(0, start - 400), start).toString('latin1')
    const dictionary = head.slice(head.lastIndexOf(' obj'))
    if (!/\/EmbeddedFile|\/Subtype\s*\/(text|application)#2[fF]xml/.test(dictionary)) continue
    let from = start + 6
    if (data[from] === 0x0d) from++
    if (data[from] === 0x0a) from++
    const content = unpacked(data.subarray(from, end), dictionary.includes('/FlateDecode'), largest)
    if (content && /^\s*(\ufeff|\u00ef\u00bb\u00bf)?\s*</.test(content.subarray(0, 64).toString('latin1')))
      found.push(content)
  }
  return found
}

function unpacked(data: Buffer, deflated: boolean, largest: number): Buffer | null {
  if (!deflated) return data.length <= largest ? data : null
  try {
    return inflateSync(data, { maxOutputLength: largest })
  } catch {
    return null
  }
}
