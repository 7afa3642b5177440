// Files on disk below one folder: ab/cd/<sha256>. A file appears by rename after fsync: whole or not at all.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { refuse } from '@yingzao/kernel/refuse'
import { errorCode } from '../postgres/connection.ts'
import { type FileStore, HEAD } from './store.ts'

const digest = /^[0-9a-f]{64}$/

/** Opens (and makes) the folder. Leftovers of uploads that were cut off by a kill more than a day ago are removed. */
export async function diskStore(root: string): Promise<FileStore> {
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  for (const name of await readdir(incoming)) {
    const age = Date.now() - (await stat(join(incoming, name)).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs
    if (age > 86_400_000) await rm(join(incoming, name), { force: true })
  }

  /** No part of a path ever comes from a user: only our own digests pass. */
  const pathOf = (sha256: string, kind?: 'thumbnail') => {
    if (!digest.test(sha256)) throw new Error('not a SHA-256')
    return join(root, sha256.slice(0, 2), sha256.slice(2, 4), kind ? `${sha256}.${kind}` : sha256)
  }

  return {
    async receive(content, limit) {
      const draft = join(incoming, randomUUID())
      const hash = createHash('sha256')
      const head: Uint8Array[] = []
      let size = 0
      let headSize = 0
      const file = await open(draft, 'wx', 0o600)
      try {
        for await (const chunk of content) {
          size += chunk.length
          if (size > limit) throw refuse('file.too_large', { limit })
          if (headSize < HEAD) {
            head.push(chunk.subarray(0, HEAD - headSize))
            headSize += chunk.length
          }
          hash.update(chunk)
          for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
        }
        if (size === 0) throw refuse('file.empty')
        await file.sync()
        await file.close()
        const sha256 = hash.digest('hex')
        return {
          sha256,
          size,
          head: Buffer.concat(head),
          async keep() {
            const path = pathOf(sha256)
            await mkdir(dirname(path), { recursive: true, mode: 0o700 })
            await rename(draft, path)
            await syncFolder(dirname(path))
          },
          discard: () => rm(draft, { force: true }),
        }
      } catch (error) {
        await file.close().catch(() => {})
        await rm(draft, { force: true })
        throw error
      }
    },
    async read(sha256) {
      const file = await open(pathOf(sha256), 'r')
      return file.createReadStream()
    },
    async readDerived(sha256, kind) {
      try {
        const path = pathOf(sha256, kind)
        await stat(path)
        return createReadStream(path)
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return null
        throw error
      }
    },
    async writeDerived(sha256, kind, data) {
      const draft = join(incoming, randomUUID())
      await writeFile(draft, data, { mode: 0o600 })
      await rename(draft, pathOf(sha256, kind))
    },
    async remove(sha256) {
      await rm(pathOf(sha256), { force: true })
      await rm(pathOf(sha256, 'thumbnail'), { force: true })
    },
  }
}

/** The rename itself must survive a power cut; Windows cannot sync folders and does not need it. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
