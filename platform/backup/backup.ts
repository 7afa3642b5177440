// `yingzao backup FILE`: the whole installation in one file, consistent, while everybody keeps working.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, opendir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Connection, connect, errorCode } from '../postgres/connection.ts'
import { type ArchiveWriter, writeArchive } from './archive.ts'
import { statementsOf, tablesOf } from './catalog.ts'
import {
  backupRefusal,
  FILES_PREFIX,
  FORMAT,
  MANIFEST,
  type Manifest,
  manifestText,
  type Part,
  SCHEMA_PART,
  SECRET_PART,
  type TableEntry,
} from './manifest.ts'
import { checksumOf, copyOut, prepareSession, tableName } from './session.ts'

export type Installation = {
  readonly connection: Connection
  /** YINGZAO_HOME: holds `files/` (attachments) and `secret.key`. */
  readonly home: string
  /** Version of the running program. */
  readonly version: string
}

export type Summary = {
  readonly file: string
  readonly version: string
  readonly createdAt: string
  readonly postgres: number
  readonly tables: number
  readonly rows: number
  readonly files: number
  readonly fileBytes: number
}

export type Progress = (line: string) => void

/**
 * Writes database, attachments and the installation's key into `file` (mode 0600: it holds everything).
 * Reads one snapshot, so it is consistent; blocks nobody but changes of the database's structure.
 * Throws a refusal when the file exists or the database holds objects it cannot carry; then nothing is left behind.
 */
export async function writeBackup(file: string, from: Installation, say: Progress = () => {}): Promise<Summary> {
  if (existsSync(file)) {
    throw backupRefusal('exists', {
      zh: `文件 ${file} 已存在，请换一个名字`,
      en: `${file} exists already: choose another name`,
    })
  }
  const client = await connect(from.connection)
  try {
    await prepareSession(client)
    await client.query('begin isolation level repeatable read, read only')
    let manifest: Manifest | undefined
    await writeArchive(file, async archive => {
      manifest = await fill(archive, client, from, say)
    })
    if (!manifest) throw new Error('the archive was not filled')
    return summaryOf(file, manifest)
  } finally {
    await client.end().catch(() => {})
  }
}

export function summaryOf(file: string, { version, createdAt, postgres, tables, files }: Manifest): Summary {
  const rows = tables.reduce((sum, table) => sum + Number(table.rows), 0)
  return { file, version, createdAt, postgres, tables: tables.length, rows, files: files.count, fileBytes: files.bytes }
}

async function fill(archive: ArchiveWriter, client: pg.Client, from: Installation, say: Progress): Promise<Manifest> {
  const shapes = await tablesOf(client)
  for (let i = 0; i < shapes.length; i += 500) {
    const names = shapes.slice(i, i + 500).map(tableName)
    await client.query(`lock table ${names.join(', ')} in access share mode`) // their definitions stay as they are
  }
  const statements = await statementsOf(client)
  const parts: Part[] = [await archive.add(SCHEMA_PART, JSON.stringify(statements))]
  const tables: TableEntry[] = []
  for (const shape of shapes) {
    const part = `database/data/${String(tables.length + 1).padStart(5, '0')}.copy`
    parts.push(await archive.add(part, client.query(copyTo(copyOut(shape)))))
    const sum = await checksumOf(client, shape)
    tables.push({ ...shape, part, ...sum })
    say(`${shape.schema}.${shape.name} ${sum.rows}`)
  }
  const { rows } = await client.query(`select current_setting('server_version_num')::int / 10000 as major`)
  const files = await addFiles(archive, join(from.home, 'files'))
  say(`files ${files.count}`)
  const secret = join(from.home, 'secret.key')
  if (existsSync(secret)) parts.push(await archive.add(SECRET_PART, await readFile(secret, 'utf8')))
  const manifest: Manifest = {
    format: FORMAT,
    version: from.version,
    createdAt: new Date().toISOString(),
    postgres: Number(rows[0]?.major),
    parts,
    tables,
    files,
  }
  await archive.add(MANIFEST, manifestText(manifest))
  return manifest
}

/** Attachments are immutable and named by their content: all that the snapshot mentions are there already. */
async function addFiles(archive: ArchiveWriter, folder: string): Promise<Manifest['files']> {
  const digest = createHash('sha256')
  let count = 0
  let bytes = 0
  for await (const path of attachments(folder)) {
    const file = await openUnlessGone(path)
    if (!file) continue
    const name = relative(folder, path).split(sep).join('/')
    const part = await archive.add(FILES_PREFIX + name, file.createReadStream(), { stored: true })
    digest.update(fileLine({ ...part, name }))
    count += 1
    bytes += part.bytes
  }
  return { count, bytes, sha256: digest.digest('hex') }
}

/** A file that nothing uses any more may be cleaned away while we walk. */
async function openUnlessGone(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** One line of the attachments' digest. */
export const fileLine = ({ name, bytes, sha256 }: Part) => `${name}\0${bytes}\0${sha256}\n`

/** Uploads under way lie in this folder; they are nobody's yet. */
const UPLOADS = 'incoming'

/** Paths of all attachments below `files/`; nothing when the folder does not exist. */
export async function* attachments(folder: string, top = true): AsyncGenerator<string> {
  try {
    for await (const entry of await opendir(folder)) {
      const path = join(folder, entry.name)
      if (top && entry.name === UPLOADS) continue
      if (entry.isDirectory()) yield* attachments(path, false)
      else if (entry.isFile() && !entry.name.startsWith('.')) yield path
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}
