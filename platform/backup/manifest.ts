// What a backup file says about itself: its version, each part's digest, each table's rows and checksum.
import { startRefusal } from '../runtime/refusal.ts'

export type Part = { readonly name: string; readonly bytes: number; readonly sha256: string }

export type TableEntry = {
  readonly schema: string
  readonly name: string
  readonly columns: readonly string[]
  /** Name of the part that holds its rows in COPY text format. */
  readonly part: string
  /** Decimal digits, as PostgreSQL counts and sums them. */
  readonly rows: string
  readonly checksum: string
}

export type Manifest = {
  readonly format: typeof FORMAT
  /** Version of Yingzao that wrote it. */
  readonly version: string
  readonly createdAt: string
  readonly postgres: number
  readonly parts: readonly Part[]
  readonly tables: readonly TableEntry[]
  /** Attachments; the digest is over one line `path NUL bytes NUL sha256` a file, in the order of the archive. */
  readonly files: { readonly count: number; readonly bytes: number; readonly sha256: string }
}

export const FORMAT = 1
export const MANIFEST = 'manifest.json'
export const SCHEMA_PART = 'database/schema.json'
export const SECRET_PART = 'secret.key'
export const FILES_PREFIX = 'files/'

export const backupRefusal = (reason: string, text: { zh: string; en: string }) =>
  startRefusal(`backup.${reason}`, text)

export const broken = (what: string) =>
  backupRefusal('broken', {
    zh: `备份文件不完整或被改动（${what}），请换一份备份`,
    en: `the backup file is incomplete or was altered (${what}): use another backup`,
  })

/** Reads a manifest from foreign bytes; throws a refusal when it is not one this version can restore. */
export function parseManifest(text: string, runningVersion: string): Manifest {
  const value = record(parseJson(text))
  if (value.product !== 'yingzao') throw broken('manifest')
  if (value.format !== FORMAT || isNewer(string(value.version), runningVersion)) {
    throw backupRefusal('version', {
      zh: `该备份由营造 ${String(value.version)} 写成，当前版本 ${runningVersion} 不能恢复，请安装 ${String(value.version)} 或更新版本`,
      en: `this backup was written by Yingzao ${String(value.version)}; ${runningVersion} cannot restore it: install that version or a later one`,
    })
  }
  const files = record(value.files)
  return {
    format: FORMAT,
    version: string(value.version),
    createdAt: string(value.createdAt),
    postgres: number(value.postgres),
    parts: list(value.parts).map(part => {
      const { name, bytes, sha256 } = record(part)
      return { name: string(name), bytes: number(bytes), sha256: string(sha256) }
    }),
    tables: list(value.tables).map(table => {
      const { schema, name, columns, part, rows, checksum } = record(table)
      return {
        schema: string(schema),
        name: string(name),
        columns: list(columns).map(string),
        part: string(part),
        rows: string(rows),
        checksum: string(checksum),
      }
    }),
    files: { count: number(files.count), bytes: number(files.bytes), sha256: string(files.sha256) },
  }
}

export const manifestText = (manifest: Manifest) => JSON.stringify({ product: 'yingzao', ...manifest }, null, 1)

/** Compares `major.minor.patch`; what follows a hyphen does not count. */
function isNewer(version: string, than: string): boolean {
  const parts = (text: string) => text.split('-')[0]?.split('.').map(Number) ?? []
  const [a, b] = [parts(version), parts(than)]
  const at = [0, 1, 2].find(i => (a[i] ?? 0) !== (b[i] ?? 0))
  return at !== undefined && (a[at] ?? 0) > (b[at] ?? 0)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw broken('JSON')
  }
}

export function record(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken('manifest')
  return { ...value }
}

export function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw broken('manifest')
  return value
}

export function string(value: unknown): string {
  if (typeof value !== 'string') throw broken('manifest')
  return value
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw broken('manifest')
  return value
}
