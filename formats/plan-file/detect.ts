// Recognises what kind of plan file some bytes are, by content first and by name only where content says nothing.
import { asciiHead, encodingByMark } from '../text.ts'

/** Formats that are read. */
export type PlanFormat = 'mspdi' | 'mpp' | 'mpx' | 'xer' | 'pmxml'

/** Programs' files that are recognised, not read; the interface words the way out from the code. */
export type OtherFormat =
  | 'planner'
  | 'ganttproject'
  | 'fasttrack'
  | 'projectlibre'
  | 'spreadsheet'
  | 'zip'
  | 'pdf'
  | 'ole'
  | 'xml'
  | 'empty'
  | 'unknown'

export type Detected =
  | { readable: true; format: PlanFormat }
  | {
      readable: false
      format: OtherFormat
      /** `plan_file.<format>` */
      code: `plan_file.${OtherFormat}`
      values: Readonly<Record<string, string | number>>
    }

const other = (format: OtherFormat, values: Readonly<Record<string, string | number>> = {}): Detected => ({
  readable: false,
  format,
  code: `plan_file.${format}`,
  values,
})

const starts = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte)

const contains = (bytes: Uint8Array, ascii: string, wide = false): boolean => {
  const pattern = wide ? Buffer.from(ascii, 'utf16le') : Buffer.from(ascii, 'latin1')
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(pattern)
}

/** Streams of other programs' documents; what has none of them may be a plan, which its reader finds out. */
const otherDocuments = ['WordDocument', 'PowerPoint Document', 'VisioDocument', '__properties_version1.0']

function ofOle(bytes: Uint8Array, name: string): Detected {
  if (/\.mp[pt]$/i.test(name)) return { readable: true, format: 'mpp' }
  if (contains(bytes, 'Workbook', true)) return other('spreadsheet', { kind: 'xls' })
  if (otherDocuments.some(stream => contains(bytes, stream, true))) return other('ole')
  return { readable: true, format: 'mpp' }
}

function ofZip(bytes: Uint8Array): Detected {
  if (contains(bytes, 'xl/') || contains(bytes, '[Content_Types].xml')) return other('spreadsheet', { kind: 'xlsx' })
  return other('zip')
}

function ofXml(head: string): Detected {
  const root = /<(?!\?|!)([\w.:-]+)([^>]*)/.exec(head.replace(/<!--[\s\S]*?(-->|$)/g, ''))
  const name = root?.[1]?.replace(/^.*:/, '') ?? ''
  const attributes = root?.[2] ?? ''
  if (name === 'Project' && !/xmlns(:\w+)?\s*=\s*["'](?!http:\/\/schemas\.microsoft\.com\/project)/.test(attributes))
    return { readable: true, format: 'mspdi' }
  // Other namespaces may stand beside Project's own.
  if (name === 'Project' && attributes.includes('http://schemas.microsoft.com/project'))
    return { readable: true, format: 'mspdi' }
  if (name === 'APIBusinessObjects') return { readable: true, format: 'pmxml' }
  if (name === 'project' && /mrproject-version/.test(attributes)) return other('planner')
  if (name === 'project' && /view-date|gantt-divider|webLink/.test(attributes)) return other('ganttproject')
  return other('xml', { root: name.slice(0, 80) })
}

/**
 * @param bytes the file, or its beginning (64 kB are enough)
 * @param name file name, used only for a hint
 */
export function detectPlanFile(bytes: Uint8Array, name = ''): Detected {
  if (bytes.length === 0) return other('empty')
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return ofOle(bytes, name)
  if (starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06)) return ofZip(bytes)
  if (starts(bytes, 0x1c, 0, 0, 0, 0x8b, 0, 0, 0)) return other('fasttrack')
  if (starts(bytes, 0xac, 0xed, 0x00, 0x05)) return other('projectlibre')
  if (starts(bytes, 0x25, 0x50, 0x44, 0x46)) return other('pdf')
  const mark = encodingByMark(bytes)
  const head = asciiHead(bytes.subarray(mark === 'utf-8' && bytes[0] === 0xef ? 3 : 0), 65536)
    .replace(/^(\xff\xfe|\xfe\xff)/, '')
    .trimStart()
  if (head === '') return other('empty')
  if (head.startsWith('<')) return ofXml(head)
  if (/^ERMHDR\b/.test(head)) return { readable: true, format: 'xer' }
  if (/^MPX[,;\t]/.test(head)) return { readable: true, format: 'mpx' }
  const extension = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase()
  return other('unknown', extension === undefined ? {} : { extension })
}
