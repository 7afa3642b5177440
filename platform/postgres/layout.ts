// Where the embedded database keeps its programs, data, socket and log below YINGZAO_HOME.
import { createHash } from 'node:crypto'
import { chmodSync, chownSync, lstatSync, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { startRefusal } from '../runtime/refusal.ts'
import { give, type Identity, isReachableByAll } from './identity.ts'

export type Layout = {
  /** YINGZAO_HOME itself: passwords stay here, with us. */
  readonly home: string
  /** Parent of everything the database process touches. */
  readonly root: string
  readonly data: string
  /** Holds the UNIX socket; short, because a socket path has at most 103 bytes. */
  readonly run: string
  readonly log: string
  readonly passwords: string
}

const SOCKET_PATH_LIMIT = 103

/** Names the folders and makes those that must exist before the database does. */
export function prepareLayout(homeFolder: string, identity: Identity | undefined): Layout {
  const home = resolve(homeFolder)
  makeFolder(home, 0o700)
  if (identity) admit(home, identity)
  const root = identity && !isReachableByAll(dirname(home)) ? join('/var/lib/yingzao', shortHash(home)) : home
  if (root !== home) {
    makeFolder('/var/lib/yingzao', 0o711)
    makeFolder(root, 0o711)
    linkOnce(root, join(home, 'database-elsewhere'))
  }
  const run = socketFolder(root, identity)
  const log = join(root, 'log')
  makeFolder(log, 0o700)
  return {
    home,
    root,
    data: join(root, 'database'),
    run,
    log: join(log, 'postgres.log'),
    passwords: join(home, 'database-passwords.json'),
  }
}

/** Lets the database's group, and nobody else, walk through the home to its own folders. */
function admit(home: string, { gid }: Identity): void {
  const { uid, mode } = statSync(home)
  if ((mode & 0o001) !== 0) return
  chownSync(home, uid, gid)
  chmodSync(home, (mode & 0o700) | 0o010)
}

function socketFolder(root: string, identity: Identity | undefined): string {
  const inside = join(root, 'run')
  const fits = Buffer.byteLength(join(inside, '.s.PGSQL.5432')) <= SOCKET_PATH_LIMIT
  const owner = identity?.uid ?? process.getuid?.()
  const folder = fits ? inside : join(tmpdir(), `yingzao-${owner ?? 0}-${shortHash(root)}`)
  makeFolder(folder, 0o700)
  const found = lstatSync(folder)
  // A folder of a known name in /tmp may have been laid there by somebody else: then it is a trap, not ours.
  const ours = found.isDirectory() && (owner === undefined || found.uid === owner || found.uid === process.getuid?.())
  if (!ours) {
    throw startRefusal('postgres.socket_folder', {
      zh: `目录 ${folder} 属于其他用户，请删除它，或把 YINGZAO_HOME 设为更短的路径`,
      en: `${folder} belongs to another user: remove it, or set YINGZAO_HOME to a shorter path`,
    })
  }
  if (process.platform !== 'win32') chmodSync(folder, 0o700)
  give(folder, identity)
  return folder
}

function makeFolder(path: string, mode: number): void {
  try {
    mkdirSync(path, { recursive: true, mode })
  } catch (cause) {
    throw startRefusal('postgres.home_not_writable', {
      zh: `无法创建目录 ${path}（${String(cause)}），请换一个 YINGZAO_HOME 或修正其所有者`,
      en: `cannot create ${path}: choose another YINGZAO_HOME or correct its owner`,
    })
  }
}

function linkOnce(target: string, path: string): void {
  try {
    symlinkSync(target, path)
  } catch {
    // already there
  }
}

const shortHash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)
