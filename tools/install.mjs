// Makes node_modules match package-lock.json, so that a fresh clone needs no step before `npm run demo` or `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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
export function install() {
  if (isInstalled()) return
  say('正在安装依赖，首次约需一分钟', 'installing packages, about a minute the first time')
  const { status } = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root })
  if (status === 0) return
  say(
    'npm ci 失败：请检查网络或 npm 镜像设置后重试',
    'npm ci failed: check the network or the npm mirror, then try again',
  )
  process.exit(1)
}

/** Runs npm with our Node; its output goes to stderr. */
export function npm(args, options) {
  const script = process.env.npm_execpath
  const [program, ...first] = script?.endsWith('.js') ? [process.execPath, script] : ['npm']
  const shell = program === 'npm' && process.platform === 'win32'
  return spawnSync(program, [...first, ...args], { stdio: ['ignore', 2, 2], shell, ...options })
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

/** Two commands at once in one clone: the second waits until the first has installed and built. */
export async function oneAtATime(work) {
  const lock = join(root, '.yingzao', 'setup.lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; !claim(lock); await sleep(200)) {
    if (holderIsDead(lock)) rmSync(lock, { force: true })
    else if (!told) say('另一个命令正在准备，请稍候', 'another command is preparing, waiting for it')
    told = true
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function claim(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function holderIsDead(lock) {
  try {
    const holder = Number(readFileSync(lock, 'utf8'))
    if (holder > 0) process.kill(holder, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** One line for the person at the terminal, in both languages. */
export function say(zh, en) {
  console.error(`${zh} | ${en}`)
}
