// What a file really is: by its first bytes, not by what the sender says.
import { refuse } from '@yingzao/kernel/refuse'
import { fileTypeFromBuffer } from 'file-type'

/** Formats inside a ZIP or OLE container that the first bytes do not tell apart: here the name's ending decides. */
const inside: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  mpp: 'application/vnd.ms-project',
}
const containers = new Set(['application/zip', 'application/x-cfb'])
const texts: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/plain',
  md: 'text/markdown',
  json: 'application/json',
  xer: 'text/plain',
  log: 'text/plain',
}

/** Pictures that are shown in the page and made small; SVG is not among them, it can run scripts. */
export const pictures: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
])

/** The type to store. Refuses `file.not_image` when a picture was claimed and the bytes are none. */
export async function sniff(head: Buffer, name: string, claimed: string): Promise<string> {
  const ending = /\.(\w{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = (await fileTypeFromBuffer(head).catch(() => undefined))?.mime
  const saysPicture = claimed.startsWith('image/') || /^(jpe?g|png|webp|gif|avif|bmp|tiff?|heic)$/.test(ending)
  if (saysPicture && !found?.startsWith('image/') && ending !== 'svg') throw refuse('file.not_image', { name })
  if (found !== undefined) return containers.has(found) ? (inside[ending] ?? found) : found
  return texts[ending] ?? 'application/octet-stream'
}
