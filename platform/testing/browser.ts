// A real Chromium for journeys: CHROME_PATH, an installed one, or the one that comes from npm.
import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type Browser, chromium, type LaunchOptions, type Page } from 'playwright-core'

const run = promisify(execFile)
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Nothing of the browser itself may reach the network, and containers have a small /dev/shm and run as root. */
const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
]

/**
 * Starts a headless Chromium. Journeys share one per file and open a context per person:
 * `const page = await (await browser.newContext({ locale: 'zh-CN' })).newPage()`.
 */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [...FLAGS, ...rootOnly, ...(options.args ?? [])]
  const path = await browserPath()
  return chromium.launch({ ...options, ...(path ? { executablePath: path } : { channel: 'chrome' }), args })
}

/**
 * A journey must hold on a slow, loaded machine. `YINGZAO_TEST_SLOW=8` makes the page eight times slower and each answer
 * of the server 400 ms late, so that what stands in between is seen.
 */
export async function slowedDown(page: Page): Promise<void> {
  const rate = Number(process.env.YINGZAO_TEST_SLOW ?? 1)
  if (!(rate > 1)) return
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate })
  await devtools.send('Network.enable')
  const late = { offline: false, latency: 400, downloadThroughput: -1, uploadThroughput: -1 }
  await devtools.send('Network.emulateNetworkConditions', late)
}

/** The program to start; undefined: let Playwright find the Chrome of this macOS or Windows. */
export async function browserPath(): Promise<string | undefined> {
  const named = process.env.CHROME_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROME_PATH=${named}: no such file`)
  }
  const installed = INSTALLED.find(path => existsSync(path))
  if (installed) return installed
  if (process.platform !== 'linux') return undefined
  if (process.arch === 'x64') return unpackedChromium()
  throw new Error('no Chromium: install the package "chromium" or set CHROME_PATH')
}

/** @sparticuz/chromium is packed; unpacking writes fixed names into TMPDIR, so it gets a folder that then appears whole. */
async function unpackedChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const version = packageVersion(dirname(entry))
  const folder = join(
    process.env.YINGZAO_TEST_LASTING ?? tmpdir(),
    `yingzao-chromium-${version}-${process.getuid?.() ?? 0}`,
  )
  const program = join(folder, 'chromium')
  if (existsSync(program)) return program
  const fresh = `${folder}.new-${process.pid}`
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  try {
    const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)}); await (chromium.default ?? chromium).executablePath()`
    await run(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TMPDIR: fresh } })
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (!existsSync(program)) throw error
  }
  return program
}

function packageVersion(folder: string): string {
  const manifest = join(folder, 'package.json')
  if (existsSync(manifest)) {
    const { name, version }: { name?: string; version?: string } = JSON.parse(readFileSync(manifest, 'utf8'))
    if (name === '@sparticuz/chromium' && version) return version
  }
  const parent = dirname(folder)
  return parent === folder ? 'unknown' : packageVersion(parent)
}
