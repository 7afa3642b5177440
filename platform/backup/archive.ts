// The backup file: a zip written and read as a stream, every entry digested on its way.
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import yauzl from 'yauzl'
import { ZipFile } from 'yazl'
import { errorCode } from '../postgres/connection.ts'
import { backupRefusal, broken, FILES_PREFIX, type Part } from './manifest.ts'

export type ArchiveWriter = {
  /** Adds one entry and waits until its source is read to the end. `stored`: already compressed, keep as it is. */
  add(name: string, source: Readable | string, options?: { readonly stored?: boolean }): Promise<Part>
}

/**
 * Writes an archive: `fill` adds the entries. The file appears under its name when it is complete and on the disk;
 * on any error nothing is left. Refuses to overwrite.
 */
export async function writeArchive(path: string, fill: (archive: ArchiveWriter) => Promise<void>): Promise<void> {
  const partial = `${path}.partial`
  const zip = new ZipFile()
  const aborter = new AbortController()
  const file = createWriteStream(partial, { flags: 'w', mode: 0o600 })
  const output = pipeline(zip.outputStream, file, { signal: aborter.signal })
  const writing = output.then(() => new Promise<never>(() => {})) // never ends first, but fails first (disk full)
  writing.catch(() => {})
  try {
    await Promise.race([fill({ add: (name, source, options) => addEntry(zip, name, source, options) }), writing])
    zip.end()
    await output
    await syncFile(partial)
    await rename(partial, path)
  } catch (error) {
    aborter.abort()
    await output.catch(() => {})
    await rm(partial, { force: true })
    throw error
  }
}

async function addEntry(zip: ZipFile, name: string, source: Readable | string, { stored = false } = {}): Promise<Part> {
  const { stream, part } = meter()
  const reading = pipeline(typeof source === 'string' ? Readable.from([Buffer.from(source)]) : source, stream)
  zip.addReadStream(stream, name, { compress: !stored, mode: 0o100600, forceZip64Format: true })
  await reading
  return part(name)
}

/** Passes bytes on, counting and hashing them; with a limit, refuses the first byte too many (a zip bomb). */
function meter(limit = Number.POSITIVE_INFINITY) {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > limit) return done(broken('more bytes than declared'))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, part: (name: string): Part => ({ name, bytes, sha256: hash.digest('hex') }) }
}

export type ArchiveReader = {
  /** Everything but the attachments. */
  readonly names: readonly string[]
  /** Reads an entry of at most `limit` bytes into `target` and returns what went through. */
  pass(name: string, limit: number, target: (stream: Readable) => Promise<void>): Promise<Part>
  /** A small entry as text. */
  text(name: string, limit: number): Promise<{ readonly text: string; readonly part: Part }>
  /** Attachments in the order of the archive, one at a time; `target` gets the path below `files/`. */
  eachFile(target: (path: string, stream: Readable) => Promise<void>, seen: (part: Part) => void): Promise<void>
  close(): void
}

/** Data entries are one a table; more than this is not a backup of ours. */
const MOST_ENTRIES = 200_000

/** Opens a backup for reading. Throws a refusal when it is no archive, or was cut off. */
export async function openArchive(path: string): Promise<ArchiveReader> {
  const zip = await openZip(path)
  const entries = new Map<string, yauzl.Entry>()
  await eachEntry(zip, async entry => {
    if (entry.fileName.startsWith(FILES_PREFIX)) return
    if (entries.has(entry.fileName) || entries.size > MOST_ENTRIES) throw broken(entry.fileName)
    entries.set(entry.fileName, entry)
  })
  const pass: ArchiveReader['pass'] = async (name, limit, target) => {
    const entry = entries.get(name)
    if (!entry) throw broken(`${name} is missing`)
    return through(zip, entry, limit, target)
  }
  return {
    names: [...entries.keys()],
    pass,
    async text(name, limit) {
      const chunks: Buffer[] = []
      const part = await pass(name, limit, async stream => {
        for await (const chunk of stream) chunks.push(chunk)
      })
      return { text: Buffer.concat(chunks).toString('utf8'), part }
    },
    async eachFile(target, seen) {
      const again = await openZip(path)
      try {
        await eachEntry(again, async entry => {
          if (!entry.fileName.startsWith(FILES_PREFIX)) return
          const name = entry.fileName.slice(FILES_PREFIX.length)
          const part = await through(again, entry, entry.uncompressedSize, stream => target(name, stream))
          seen({ ...part, name })
        })
      } finally {
        again.close()
      }
    },
    close: () => zip.close(),
  }
}

async function through(
  zip: yauzl.ZipFile,
  entry: yauzl.Entry,
  limit: number,
  target: (stream: Readable) => Promise<void>,
): Promise<Part> {
  const { stream, part } = meter(limit)
  try {
    const source = await openEntry(zip, entry)
    await Promise.all([pipeline(source, stream), target(stream)])
  } catch (error) {
    // zlib's own errors, and yauzl's about sizes (which have no code), mean bytes that we did not write.
    const code = errorCode(error) ?? ''
    const lost = error instanceof Error && error.message.startsWith('Connection terminated')
    throw code.startsWith('Z_') || (code === '' && !lost) ? broken(entry.fileName) : error
  }
  return part(entry.fileName)
}

const openZip = (path: string) =>
  new Promise<yauzl.ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, strictFileNames: true }, (error, zip) => {
      if (zip) return resolve(zip)
      const missing = error && 'code' in error && error.code === 'ENOENT'
      const text = { zh: `没有文件 ${path}`, en: `no such file: ${path}` }
      reject(missing ? backupRefusal('no_file', text) : broken('not a whole zip archive'))
    })
  })

const openEntry = (zip: yauzl.ZipFile, entry: yauzl.Entry) =>
  new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (stream ? resolve(stream) : reject(error)))
  })

function eachEntry(zip: yauzl.ZipFile, visit: (entry: yauzl.Entry) => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('error', () => reject(broken('directory of the archive')))
    zip.on('end', resolve)
    zip.on('entry', (entry: yauzl.Entry) => {
      visit(entry).then(() => zip.readEntry(), reject)
    })
    zip.readEntry()
  })
}

/** A rename is only safe after the bytes are on the disk. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync()
  await file.close()
}
