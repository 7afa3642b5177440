// `yingzao restore FILE`: a backup into an empty installation, all of it or nothing, every row and file checked.
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { connect, errorCode } from '../postgres/connection.ts'
import { writePrivate } from '../runtime/secret.ts'
import { type ArchiveReader, openArchive, syncFile } from './archive.ts'
import { attachments, fileLine, type Installation, type Progress, type Summary, summaryOf } from './backup.ts'
import { foreignObjects, PHASES, parseStatements } from './catalog.ts'
import {
  backupRefusal,
  broken,
  MANIFEST,
  type Manifest,
  type Part,
  parseManifest,
  SCHEMA_PART,
  SECRET_PART,
  type TableEntry,
} from './manifest.ts'
import { checksumOf, copyIn, prepareSession } from './session.ts'

type Digests = ReadonlyMap<string, Part>

const LARGEST_TEXT = 256 * 2 ** 20
/** In `files/` while a restore is not committed: such a folder is ours to remove. */
const UNFINISHED = '.restoring'

/**
 * Restores `file` into an installation without tables and attachments. One transaction: after any error, or kill -9,
 * the target is as empty as before. Compares every part's digest, every table's rows and checksum, every attachment.
 * Throws a refusal: not empty, written by a later version, incomplete, altered.
 */
export async function restoreBackup(file: string, into: Installation, say: Progress = () => {}): Promise<Summary> {
  const archive = await openArchive(file)
  try {
    const { text } = await archive.text(MANIFEST, LARGEST_TEXT)
    const manifest = parseManifest(text, into.version)
    checkParts(archive, manifest)
    const client = await connect(into.connection)
    try {
      await prepareSession(client)
      await client.query('begin')
      await refuseUnlessEmpty(client, into)
      const undo = await restoreAll(client, archive, manifest, into, say)
      await client.query('commit').catch(undo)
      await rm(join(into.home, 'files', UNFINISHED), { force: true })
      await client.query('analyze')
    } finally {
      await client.end().catch(() => {})
    }
    return summaryOf(file, manifest)
  } finally {
    archive.close()
  }
}

/** Exactly the declared parts, and each named by one table at most. */
function checkParts(archive: ArchiveReader, { parts, tables }: Manifest): void {
  const declared = new Set([MANIFEST, ...parts.map(({ name }) => name)])
  const stray = archive.names.find(name => !declared.has(name))
  if (stray !== undefined || declared.size !== parts.length + 1) throw broken(stray ?? 'parts')
  if (new Set(tables.map(({ part }) => part)).size !== tables.length) throw broken('tables')
}

async function refuseUnlessEmpty(client: pg.Client, { home }: Installation): Promise<void> {
  const found = await foreignObjects(client)
  if (found.length === 0) await removeUnfinished(home)
  const file = await attachments(join(home, 'files')).next()
  if (found.length === 0 && file.done) return
  const what = [...found, ...(file.done ? [] : [file.value])].join(', ')
  throw backupRefusal('not_empty', {
    zh: `目标不是空的（${what}）。请换一个新的 YINGZAO_HOME，或在 DATABASE_URL 中使用新建的空数据库`,
    en: `the target is not empty (${what}): use a new YINGZAO_HOME, or a new empty database in DATABASE_URL`,
  })
}

/** Attachments and key of a restore that was killed before its commit; only called when the database is empty. */
async function removeUnfinished(home: string): Promise<void> {
  await rm(join(home, 'files.restoring'), { recursive: true, force: true })
  if (existsSync(join(home, 'files', UNFINISHED))) await rm(join(home, 'files'), { recursive: true, force: true })
}

/** Everything up to the commit. Returns how to take back what lies outside the database, and fails with the cause. */
async function restoreAll(
  client: pg.Client,
  archive: ArchiveReader,
  manifest: Manifest,
  into: Installation,
  say: Progress,
): Promise<(cause: unknown) => Promise<never>> {
  const undo = async (cause: unknown): Promise<never> => {
    await client.query('rollback').catch(() => {})
    // When the connection broke during the commit nobody knows how it ended: then the next start or restore decides.
    if ((await foreignObjects(client).catch(() => ['unknown'])).length === 0) await removeUnfinished(into.home)
    throw cause
  }
  try {
    const digests = new Map(manifest.parts.map(part => [part.name, part]))
    await restoreDatabase(client, archive, manifest, digests, say)
    await restoreFiles(archive, manifest, into)
    await restoreSecret(archive, digests, into)
    return undo
  } catch (error) {
    return undo(error)
  }
}

const check = (digests: Digests, part: Part) => {
  if (digests.get(part.name)?.sha256 !== part.sha256) throw broken(part.name)
}

async function restoreDatabase(
  client: pg.Client,
  archive: ArchiveReader,
  manifest: Manifest,
  digests: Digests,
  say: Progress,
): Promise<void> {
  const schema = await archive.text(SCHEMA_PART, LARGEST_TEXT)
  check(digests, schema.part)
  const statements = parseStatements(schema.text)
  let waiting: string[] = []
  for (const phase of PHASES) {
    waiting = await runAll(client, [...waiting, ...statements[phase]])
    if (phase !== 'define') continue
    for (const table of manifest.tables) {
      await loadTable(client, archive, table, digests)
      say(`${table.schema}.${table.name} ${table.rows}`)
    }
  }
  if (waiting[0] !== undefined) await client.query(waiting[0]) // throws what is missing
  for (const table of manifest.tables) {
    const { rows, checksum } = await checksumOf(client, table)
    if (rows !== table.rows || checksum !== table.checksum) throw broken(`${table.schema}.${table.name}`)
  }
}

async function loadTable(
  client: pg.Client,
  archive: ArchiveReader,
  table: TableEntry,
  digests: Digests,
): Promise<void> {
  const limit = digests.get(table.part)?.bytes ?? 0
  try {
    const load = (stream: Readable) => pipeline(stream, client.query(copyFrom(copyIn(table))))
    check(digests, await archive.pass(table.part, limit, load))
  } catch (error) {
    // Class 22: the bytes are no rows of this table.
    if (errorCode(error)?.startsWith('22')) throw broken(table.part)
    throw error
  }
}

/** Something that a statement mentions does not exist yet: undefined table, function, type, schema; key for GROUP BY. */
const NOT_YET = new Set(['42P01', '42883', '42704', '3F000', '42703', '42803', '42P16'])

/**
 * Runs statements whose order is only roughly right: one that mentions what does not exist yet waits for the others.
 * Returns those that still wait.
 */
async function runAll(client: pg.Client, statements: readonly string[]): Promise<string[]> {
  const waiting: string[] = []
  for (const statement of statements) {
    await client.query('savepoint statement')
    try {
      await client.query(statement)
      await client.query('release savepoint statement')
    } catch (error) {
      if (!NOT_YET.has(errorCode(error) ?? '')) throw statementFailed(statement, error)
      await client.query('rollback to savepoint statement')
      waiting.push(statement)
    }
  }
  return waiting.length > 0 && waiting.length < statements.length ? runAll(client, waiting) : waiting
}

const statementFailed = (statement: string, error: unknown) =>
  backupRefusal('statement_failed', {
    zh: `数据库拒绝了备份中的语句（${String(error)}）：${statement.slice(0, 300)}`,
    en: `the database refuses a statement of the backup; is its version older than the one the backup was made on?`,
  })

async function restoreFiles(archive: ArchiveReader, { files }: Manifest, { home }: Installation): Promise<void> {
  const target = join(home, 'files')
  const fresh = join(home, `files.restoring`)
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  await writeFile(join(fresh, UNFINISHED), '')
  const digest = createHash('sha256')
  let count = 0
  await archive.eachFile(
    async (name, stream) => {
      const path = safePath(fresh, name)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await pipeline(stream, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      await syncFile(path)
    },
    part => {
      digest.update(fileLine(part))
      count += 1
    },
  )
  if (count !== files.count || digest.digest('hex') !== files.sha256) throw broken('files')
  await rm(target, { recursive: true, force: true }) // without attachments, as refuseUnlessEmpty found
  await rename(fresh, target)
}

/** Names come from a foreign file: nothing outside the folder, nothing hidden, no other drive. */
function safePath(folder: string, name: string): string {
  const path = resolve(folder, name)
  const inside = path.startsWith(folder + sep) && !name.includes('\\') && !name.includes('\0')
  if (!inside || name.split('/').some(part => part === '' || part.startsWith('.'))) throw broken(name)
  return path
}

/** The key that sessions, secrets and seals of the restored data were made with; a former one is kept beside it. */
async function restoreSecret(archive: ArchiveReader, digests: Digests, { home }: Installation): Promise<void> {
  if (!digests.has(SECRET_PART)) return
  const { text, part } = await archive.text(SECRET_PART, 10_000)
  check(digests, part)
  const path = join(home, 'secret.key')
  if (existsSync(path) && (await readFile(path, 'utf8')) !== text) await rename(path, `${path}.before-restore`)
  writePrivate(`${path}.restoring`, text)
  await rename(`${path}.restoring`, path)
}
