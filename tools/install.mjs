// Makes node_modules match package-lock.json, so that a fresh clone needs no step before `npm run demo` or `npm test`.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './sources.mjs'

const WANTED = [20, 19]

/** Ends the process with the way out when Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > WANTED[0] || (major === WANTED[0] && minor >= WANTED[1])) return
  console.error(`需要 Node ≥ ${WANTED.join('.')}，当前是 ${process.versions.node}。下载：https://nodejs.org`)
  console.error(`Node ≥ ${WANTED.join('.')} is needed, this is ${process.versions.node}.`)
  process.exit(1)
}

/** Installs when something is missing or the lockfile changed; ends the process when npm fails. */
export async function install() {
  if (isInstalled()) return
  say('正在安装依赖，首次约需一分钟', 'installing packages, about a minute the first time')
  const status = await npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], root)
  if (status === 0) return
  say(
    'npm ci 失败：请检查网络或 npm 镜像设置后重试',
    'npm ci failed: check the network or the npm mirror, then try again',
  )
  rmSync(lock, { force: true })
  process.exit(1)
}

/** Runs npm with our Node in a folder, its output on stderr; resolves with its exit code. */
export function npm(args, cwd) {
  const script = process.env.npm_execpath
  const [program, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm']
  const shell = program === 'npm' && process.platform === 'win32'
  return attended(spawn(program, [...first, ...args], { stdio: ['ignore', 2, 2], shell, cwd }))
}

/** Waits for a program of the preparation; while it runs, it holds the lock too, should we be killed. */
export function attended(child) {
  if (existsSync(lock)) writeFileSync(lock, `${process.pid} ${child.pid}`)
  return new Promise(resolve => {
    child.on('error', () => resolve(1))
    child.on('exit', code => resolve(code ?? 1))
  })
}

/** npm keeps what it installed in node_modules/.package-lock.json; packages for other platforms may be absent. */
function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
    const found = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')).packages
    return Object.entries(wanted).every(([path, entry]) => {
      if (!path.startsWith('node_modules/')) return true
      const there = found[path]
      return there ? there.version === entry.version && there.integrity === entry.integrity : entry.optional === true
    })
  } catch {
    return false
  }
}

const lock = join(root, '.yingzao', 'setup.lock')

/** Two commands at once in one clone: the second waits until the first has installed and built. */
export async function oneAtATime(work) {
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; !claim(); await sleep(200)) {
    if (isAbandoned()) rmSync(lock, { force: true })
    else if (!told) say('另一个命令正在准备，请稍候', 'another command is preparing, waiting for it')
    told = true
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function claim() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** Holders are the command and the npm or build it runs, which outlives a killed command. */
function isAbandoned() {
  try {
    const holders = readFileSync(lock, 'utf8').split(' ').map(Number)
    return !holders.some(isAlive)
  } catch {
    return false // just released
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One line for the person at the terminal, in both languages. */
export function say(zh, en) {
  console.error(`${zh} | ${en}`)
}
