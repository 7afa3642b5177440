// The one door for files of electronic invoices: XML, OFD, PDF with its XML inside, or an archive of them.
import { defaultLimits, type FormatError, type ReadLimits, type ReadOptions, Refused } from '../limit.ts'
import { asciiHead, chunksOf, gather } from '../text.ts'
import { openPackage, type Package } from '../xlsx/package.ts'
import type { EInvoice } from './invoice.ts'
import { embeddedXml } from './pdf.ts'
import { invoiceOf, isInvoice } from './read-xml.ts'
import { readTree } from './tree.ts'

export type EInvoiceReading = { readonly name: string } & (
  | { readonly ok: true; readonly invoice: EInvoice }
  | { readonly ok: false; readonly error: FormatError }
)

/** What no invoice exceeds by far. */
export const invoiceLimits: ReadLimits = {
  ...defaultLimits,
  ...{ bytes: 30 * 1024 * 1024, inflatedBytes: 120 * 1024 * 1024, records: 40_000, depth: 40, fieldLength: 2_000_000 },
}
/** Files of one archive. */
const mostFiles = 500

/**
 * Reads what a file holds: one invoice, or each of an archive. Of an archive that holds the same invoice as XML beside OFD or
 * PDF (as the tax bureau delivers it) the XML is read.
 *
 * @returns a reading for each, refused with `e_invoice.*`, `xml.*` or `format.*`; nothing is thrown
 */
export async function readInvoiceFile(
  bytes: Uint8Array,
  name: string,
  options: ReadOptions = {},
): Promise<EInvoiceReading[]> {
  const limits = { ...invoiceLimits, ...options.limits }
  if (bytes.length > limits.bytes) return [refused(name, new Refused('format.too_large', { limit: limits.bytes }))]
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b)) return [await one(name, () => readOne(bytes, limits))]
  try {
    const pack = await openPackage(bytes, limits, options.signal)
    try {
      if (pack.names().includes('ofd.xml')) return [await one(name, () => readOfd(pack, limits))]
      return await readArchive(pack, limits, name)
    } finally {
      pack.close()
    }
  } catch (error) {
    return [refused(name, error)]
  }
}

async function one(name: string, read: () => Promise<EInvoice>): Promise<EInvoiceReading> {
  try {
    return { name, ok: true, invoice: await read() }
  } catch (error) {
    return refused(name, error)
  }
}

function refused(name: string, error: unknown): EInvoiceReading {
  if (!(error instanceof Refused)) throw error
  const { code, values } = error.refusal
  // The container is opened by the reader of workbooks, which speaks of workbooks.
  const own: Readonly<Record<string, string>> = {
    'xlsx.encrypted': 'e_invoice.encrypted',
    'xlsx.damaged': 'e_invoice.damaged',
    'xlsx.not_a_workbook': 'e_invoice.damaged',
    'format.too_deep': 'e_invoice.damaged',
    'format.field_too_long': 'e_invoice.damaged',
  }
  return { name, ok: false, error: { code: own[code] ?? code, values } }
}

async function readOne(bytes: Uint8Array, limits: ReadLimits): Promise<EInvoice> {
  if (bytes.length === 0) throw new Refused('e_invoice.empty')
  const head = asciiHead(bytes, 1024)
  if (head.includes('%PDF-')) {
    const found = []
    for (const xml of embeddedXml(bytes, limits.bytes)) {
      const root = await readTree(chunksOf(xml), limits).catch(() => null)
      if (root && isInvoice(root)) found.push(root)
    }
    const [root] = found
    if (!root) throw new Refused('e_invoice.pdf')
    return invoiceOf(root)
  }
  if (/^(\u00ff\u00d8\u00ff|\u0089PNG|GIF8|BM|RIFF)/.test(head)) throw new Refused('e_invoice.picture')
  if (!/^[\s\u00ef\u00bb\u00bf\u00fe\u00ff]*</.test(head)) throw new Refused('e_invoice.unknown', { root: '' })
  return invoiceOf(await readTree(chunksOf(bytes), limits))
}

/** Its attachments first (Attachs/original_invoice.xml), then any part that is the XML of an invoice. */
async function readOfd(pack: Package, limits: ReadLimits): Promise<EInvoice> {
  const parts = pack
    .names()
    .filter(name => name.endsWith('.xml'))
    .sort((a, b) => Number(b.includes('attach')) - Number(a.includes('attach')))
  for (const name of parts.slice(0, mostFiles)) {
    const part = pack.part(name)
    const root = part && (await readTree(part, limits).catch(() => null))
    if (root && isInvoice(root)) return invoiceOf(root)
  }
  throw new Refused('e_invoice.ofd')
}

async function readOfdFile(bytes: Uint8Array, limits: ReadLimits): Promise<EInvoice> {
  const pack = await openPackage(bytes, limits)
  try {
    return await readOfd(pack, limits)
  } finally {
    pack.close()
  }
}

async function readArchive(pack: Package, limits: ReadLimits, archive: string): Promise<EInvoiceReading[]> {
  const stem = (name: string) => name.replace(/\.[^./]*$/, '')
  const files = pack.names().filter(name => /\.(xml|ofd|pdf)$/.test(name) && !name.startsWith('__macosx/'))
  if (files.length === 0) throw new Refused('e_invoice.archive_empty')
  if (files.length > mostFiles) throw new Refused('format.too_many', { what: 'parts', limit: mostFiles })
  const withXml = new Set(files.filter(name => name.endsWith('.xml')).map(stem))
  const found: EInvoiceReading[] = []
  for (const name of files) {
    if (!name.endsWith('.xml') && withXml.has(stem(name))) continue
    const shown = `${archive} › ${name}`
    const part = pack.part(name)
    if (!part) continue
    const bytes = await gather(part, limits.bytes).catch((error: unknown) => error)
    if (!(bytes instanceof Uint8Array)) found.push(refused(shown, bytes))
    else found.push(await one(shown, () => (bytes[0] === 0x50 ? readOfdFile(bytes, limits) : readOne(bytes, limits))))
  }
  return found
}
