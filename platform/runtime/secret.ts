// The master key of an installation and the keys derived from it; files with keys are ours alone.
import { hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { startRefusal } from './refusal.ts'

export type Keys = {
  /** A 32-byte key for one purpose ("session", "seal"): the same on every node, unrelated to other purposes' keys. */
  derive(purpose: string): Buffer
}

/** The keys of this installation, from YINGZAO_SECRET or from `secret.key`, which is generated on the first start. */
export function installationKeys(config: { readonly home: string; readonly secret: string | undefined }): Keys {
  const master =
    config.secret ?? readOrCreate(join(config.home, 'secret.key'), () => randomBytes(32).toString('base64'))
  return { derive: purpose => Buffer.from(hkdfSync('sha256', master, 'yingzao', purpose, 32)) }
}

/**
 * Reads a file that only its owner may read, or writes it with a fresh value. With two starts at once the first one's
 * value counts; after a power cut the file is whole or absent. Throws a StartRefusal when others may read it.
 */
export function readOrCreate(path: string, make: () => string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const fresh = `${path}.new-${process.pid}`
    writePrivate(fresh, `${make()}\n`)
    try {
      linkSync(fresh, path)
    } catch (error) {
      if (!existsSync(path)) throw error
    } finally {
      rmSync(fresh)
    }
  }
  refuseReadableByOthers(path)
  return readFileSync(path, 'utf8').trim()
}

/** Writes a new file with mode 0600 and makes sure that it is on the disk. */
export function writePrivate(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Windows has no such mode; there the folder's access list protects the file. */
export function refuseReadableByOthers(path: string): void {
  if (process.platform === 'win32' || (statSync(path).mode & 0o077) === 0) return
  throw startRefusal('start.key_readable', {
    zh: `密钥文件 ${path} 可被其他用户读取，请执行：chmod 600 ${path}`,
    en: `the key file ${path} can be read by others: chmod 600 ${path}`,
  })
}
