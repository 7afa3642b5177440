// The postmaster as a process: spawning it, knowing a live one from a leftover, ending it without losing anything.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { errorCode } from './connection.ts'
import { type Identity, spawnIdentity } from './identity.ts'
import type { Layout } from './layout.ts'

const run = promisify(execFile)

export type PidFile = { readonly pid: number; readonly port: number }

/** postmaster.pid: line 1 the process id, line 4 the port (storage/pidfile.h). */
export function readPidFile(data: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Math.abs(Number.parseInt(lines[0] ?? '', 10))
    return pid > 0 ? { pid, port: Number.parseInt(lines[3] ?? '', 10) || 0 } : undefined
  } catch {
    return undefined
  }
}

/** Does the process exist and run? A zombie that nobody reaps (PID 1 of some containers) is dead. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z'
  } catch {
    return true
  }
}

/** Is this process the postmaster of this data directory, or a stranger that got its number after a reboot? */
export async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false
  try {
    return realpathSync(readlinkSync(`/proc/${pid}/cwd`)) === realpathSync(data) // a postmaster lives in its data directory
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return process.platform === 'win32'
  }
  try {
    const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)])
    return stdout.includes(data)
  } catch {
    return false
  }
}

/**
 * A pid file whose process is gone or a stranger blocks the next start ("lock file already exists"), so it is removed.
 * PostgreSQL still refuses by its shared memory block while any backend of the former server lives.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  const found = readPidFile(data)
  if (found && !(await isPostmasterOf(found.pid, data)) && readPidFile(data)?.pid === found.pid) {
    rmSync(join(data, 'postmaster.pid'), { force: true })
  }
}

/** Starts the server in the foreground, its log going to a file that outlives us. Windows needs pg_ctl to drop rights. */
export async function spawnPostmaster(
  layout: Layout,
  binaries: Binaries,
  settings: Record<string, string>,
  identity: Identity | undefined,
): Promise<ChildProcess> {
  rotateLog(layout.log)
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const program = join(binaries.bin, 'postgres')
  const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC', SystemRoot: process.env.SystemRoot }
  const options = { ...spawnIdentity(identity), cwd: layout.data, env: environment }
  const log = openSync(layout.log, 'a', 0o600)
  try {
    if (process.platform === 'win32') {
      const quoted = flags.map(flag => `"${flag}"`).join(' ')
      const start = ['start', '-W', '-D', layout.data, '-l', `${layout.log}.server`, '-o', quoted]
      return spawn(join(binaries.bin, 'pg_ctl'), start, { ...options, stdio: ['ignore', log, log], windowsHide: true })
    }
    const command = [...(await deathSignal()), program, '-D', layout.data, ...flags]
    const [first = program, ...rest] = command
    // Its own session: Ctrl-C in the terminal must reach us, who then stop the database after the last request.
    const child = spawn(first, rest, { ...options, stdio: ['ignore', log, log], detached: true })
    child.unref()
    return child
  } finally {
    closeSync(log)
  }
}

let deathSignalPrefix: Promise<string[]> | undefined

/** On Linux the kernel itself ends the database (cleanly, INT) when we are killed; elsewhere the next start adopts it. */
export function deathSignal(): Promise<string[]> {
  deathSignalPrefix ??= run('setpriv', ['--pdeathsig', 'INT', 'true']).then(
    () => ['setpriv', '--pdeathsig', 'INT'],
    () => [],
  )
  return deathSignalPrefix
}

/** Ends the postmaster: fast shutdown, after 30 s the immediate one (recovered from the log at next start). Never KILL. */
export async function endPostmaster(data: string, binaries: Binaries): Promise<void> {
  const found = readPidFile(data)
  if (!found || !(await isPostmasterOf(found.pid, data))) return
  const signals = [
    ['SIGINT', 'fast', 30_000],
    ['SIGQUIT', 'immediate', 10_000],
  ] as const
  for (const [signal, mode, patience] of signals) {
    if (process.platform === 'win32') {
      await run(join(binaries.bin, 'pg_ctl'), ['stop', '-W', '-m', mode, '-D', data]).catch(() => {})
    } else {
      sendSignal(found.pid, signal)
    }
    for (const until = Date.now() + patience; Date.now() < until; await sleep(15)) {
      if (!isAlive(found.pid)) return
    }
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // already gone
  }
}

/** The end of the server's log, for an error message. */
export function logTail(path: string): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-12).join('\n')
  } catch {
    return ''
  }
}

function rotateLog(path: string): void {
  try {
    if (statSync(path).size > 10_000_000) renameSync(path, `${path}.1`)
  } catch {
    // no log yet
  }
}
