// How long `npm start` takes until it answers, on an empty and on a used home, and what it holds in memory when idle.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

type Report = (name: string, median: number, more: { target: number; unit?: string }) => void

const repository = join(dirname(fileURLToPath(import.meta.url)), '..')
const ROUNDS = 3

export default async function bench(report: Report): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yingzao-start-'))
  chmodSync(folder, 0o711)
  try {
    await stop((await start(join(folder, 'build'))).child) // builds what is not built
    const first: number[] = []
    const later: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const home = join(folder, String(round))
      for (const times of [first, later]) {
        const { child, milliseconds } = await start(home)
        times.push(milliseconds)
        if (round === ROUNDS - 1 && times === later) await idleMemory(child, home, report)
        await stop(child)
      }
    }
    report('start: first, an empty home', median(first), { target: 5000 })
    report('start: cold, a used home', median(later), { target: 5000 })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function start(home: string): Promise<{ child: ChildProcess; milliseconds: number }> {
  const from = performance.now()
  const env = { ...process.env, YINGZAO_HOME: home, YINGZAO_PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: '' }
  const child = spawn(process.execPath, ['tools/launch.mjs', 'serve'], {
    cwd: repository,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let output = ''
  child.stderr?.on('data', text => {
    output += text
  })
  for (;;) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
    if (
      url &&
      (await fetch(`${url}/readyz`).then(
        answer => answer.ok,
        () => false,
      ))
    )
      break
    if (child.exitCode !== null) throw new Error(`the server did not start: ${output}`)
    await sleep(10)
  }
  return { child, milliseconds: performance.now() - from }
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise(done => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
}

/** Linux only: elsewhere nobody tells the share of each process in common memory. */
async function idleMemory(child: ChildProcess, home: string, report: Report): Promise<void> {
  if (process.platform !== 'linux') return
  await sleep(10_000)
  const node = proportional(String(child.pid))
  const database = readdirSync('/proc').filter(
    pid => /^\d+$/.test(pid) && workingFolder(pid) === join(home, 'database'),
  )
  report('idle: Node', node, { target: 200, unit: 'MB' })
  report('idle: with the database', node + database.reduce((sum, pid) => sum + proportional(pid), 0), {
    target: 350,
    unit: 'MB',
  })
}

function workingFolder(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}

const proportional = (pid: string) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) / 1024

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
