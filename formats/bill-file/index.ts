// 工程量清单文件: one door for tender XML and spreadsheets of bills of quantities.
import { defaultLimits, type FormatError, type ReadOptions, Refused } from '../limit.ts'
import { asciiHead } from '../text.ts'
import { checkBill } from './check.ts'
import type { BillFile } from './model.ts'
import { readBillTable } from './read-table.ts'
import { readXml } from './read-xml.ts'

export type { FormatError } from '../limit.ts'
export { type Message, refusalMessage } from '../message.ts'
export type { BillFile, BillFileItem, BillFinding, BillFindingCode, BillGroup, PrintedTotal } from './model.ts'

export type BillReading =
  | { readonly ok: true; readonly bill: BillFile }
  | { readonly ok: false; readonly error: FormatError }

/** Fewer than a plan file: a bill is a document that people read. */
const limits = { ...defaultLimits, bytes: 64 * 1024 * 1024, inflatedBytes: 256 * 1024 * 1024 }

/**
 * Reads a bill of quantities: 招投标清单 XML, or a workbook or CSV in the manner of 表-08 to 表-13.
 * Errors as values: `bill.unknown`, `bill.no_items`, `xml.*`, `xlsx.*`, `csv.*`, `format.*` (a limit).
 */
export async function readBillFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<BillReading> {
  const most = { ...limits, ...options.limits }
  try {
    if (bytes.length > most.bytes) throw new Refused('format.too_large', { limit: most.bytes })
    const isXml = /^[^<,\t]{0,8}<[^\s<>]/.test(asciiHead(bytes, 200))
    const found = isXml ? await readXml(bytes, most) : await readBillTable(bytes, most)
    if (found.items.length === 0) throw new Refused('bill.no_items')
    return {
      ok: true,
      bill: { format: isXml ? 'xml' : 'table', items: found.items, totals: found.totals, findings: checkBill(found) },
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
}
