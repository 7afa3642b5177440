// The folder of one test run, gone afterwards: in memory where the machine has plenty.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../postgres/process.ts'

const PREFIX = 'yingzao-test-'
const MEMORY = '/dev/shm'
/** More than a run has ever held at once; a container's usual 64 MB are not enough. */
const ROOM = 4 * 1024 ** 3

/**
 * Makes the folder. A database is 2,300 files: copying one takes 50 ms in memory and up to 3 s on a disk, and a run copies
 * hundreds. `lasting` keeps to the disk: for what is measured or must survive.
 */
export function scratchFolder({ lasting = false } = {}): string {
  const memory = hasMemoryDisk()
  for (const folder of new Set([tmpdir(), ...(memory ? [MEMORY] : [])])) removeAbandoned(folder)
  const folder = mkdtempSync(join(memory && !lasting ? MEMORY : tmpdir(), `${PREFIX}${process.pid}-`))
  // It is the run's TMPDIR. Root's database and some of its tests run as others, who want a temporary folder, too.
  if (process.getuid?.() === 0) chmodSync(folder, 0o1777)
  return folder
}

/** Programs of the database are copied there, too: it must not be mounted `noexec`. */
function hasMemoryDisk(): boolean {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    const options = mounts.map(line => line.split(' ')).find(([, at, type]) => at === MEMORY && type === 'tmpfs')?.[3]
    const { bavail, bsize } = statfsSync(MEMORY)
    return (
      options?.split(',').includes('rw') === true &&
      !options.includes('noexec') &&
      bavail * bsize > ROOM &&
      freemem() > ROOM
    )
  } catch {
    return false
  }
}

/** Folders of test runs that were killed. */
function removeAbandoned(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true })
  }
}
