// Checking paper without a server: a printed code, or the PDF itself, against an audit export. The chain of the export proves the
// row of the print; the row's digests prove what was printed.
import { type AuditReport, type VerifyOptions, verifyAudit } from '@yingzao/kernel/change/verify'
import { bytesDigest, markIn, printAction, readCode } from './code.ts'

export type Verdict =
  /** Printed by this system, and the record has not changed since, as far as the export goes. */
  | 'genuine'
  /** Printed by this system; the record changed later. */
  | 'superseded'
  /** The code is genuine, the file is not the one that was printed. */
  | 'altered'
  /** No print of this export has this code or this file. */
  | 'unknown'
  /** The export itself is not as it was sealed: it proves nothing. */
  | 'untrusted'

export interface OfflineReport {
  readonly verdict: Verdict
  readonly audit: AuditReport
  readonly print: {
    readonly number: number
    readonly change: string
    readonly at: string
    readonly entity: string
    readonly record: string
    readonly version: number
    readonly copy: number
  } | null
  /** Changes of the record after that, by the export. */
  readonly later: number
}

/** What is checked: a code as typed, or the bytes of a file that was printed. */
export type Evidence = { readonly code: string } | { readonly file: Uint8Array }

/** The code that a PDF of ours carries among its properties. */
export function codeInPdf(file: Uint8Array): string | null {
  const text = Buffer.from(file.buffer, file.byteOffset, file.byteLength).toString('latin1')
  return /\((YZ1-[0-9A-Z-]{10,80})\)/.exec(text)?.[1] ?? null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** One pass over the lines of the export, in bounded memory. */
export async function verifyPrint(
  evidence: Evidence,
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions = {},
): Promise<OfflineReport> {
  const file = 'file' in evidence ? bytesDigest(evidence.file) : null
  const text = 'file' in evidence ? codeInPdf(evidence.file) : evidence.code
  const code = text === null ? null : readCode(text)
  let print: OfflineReport['print'] = null
  let same = false
  let later = 0

  function look(line: string): void {
    if (print) {
      if (line.includes(print.record) && isLater(parsed(line), print)) later += 1
      return
    }
    if (!line.includes(`"${printAction}"`)) return
    const sealed = parsed(line)
    const change = isObject(sealed) ? sealed.change : null
    if (!isObject(sealed) || !isObject(change)) return
    const mark = markIn(change.diff)
    const { id, at, entity, record, version } = change
    if (!mark || typeof sealed.number !== 'number' || typeof version !== 'number') return
    if (typeof id !== 'string' || typeof at !== 'string' || typeof entity !== 'string' || typeof record !== 'string')
      return
    const byFile = file !== null && mark.file === file
    const byCode = code !== null && code.change === id && mark.sheet.startsWith(code.digest)
    if (!byFile && !byCode) return
    same = file === null || byFile
    print = { number: sealed.number, change: id, at, entity, record, version, copy: mark.copy }
  }
  async function* looking() {
    for await (const line of lines) {
      look(line)
      yield line
    }
  }
  const audit = await verifyAudit(looking(), options)
  const verdict = !audit.ok
    ? 'untrusted'
    : !print
      ? 'unknown'
      : !same
        ? 'altered'
        : later > 0
          ? 'superseded'
          : 'genuine'
  return { verdict, audit, print, later }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Another version of the record, or its end; printing it again is no change of it. */
function isLater(line: unknown, print: NonNullable<OfflineReport['print']>): boolean {
  const change = isObject(line) ? line.change : null
  if (!isObject(change) || change.record !== print.record || change.entity !== print.entity) return false
  return change.op === 'delete' || (typeof change.version === 'number' && change.version > print.version)
}
