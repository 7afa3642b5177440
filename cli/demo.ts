// `yingzao demo [--lan] [--lang zh|en]`: the running system with the demo enterprise, loaded on the first run.
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beginOf } from '@yingzao/demo/diary'
import { type DemoAccount, loadDemo } from '@yingzao/demo/load'
import { list } from '@yingzao/kernel/server'
import { setPassword } from '@yingzao/platform/auth/credential'
import { randomPassword } from '@yingzao/platform/auth/password'
import { isSetUp, setUp } from '@yingzao/platform/auth/setup'
import { systemContext } from '@yingzao/platform/http/context'
import { type MovedClock, movedClock } from '@yingzao/platform/runtime/clock'
import { type Config, installationRoot, readConfig } from '@yingzao/platform/runtime/config'
import { lanAddresses, lanCertificate, terminalQr } from '@yingzao/platform/runtime/lan'
import { createLog } from '@yingzao/platform/runtime/log'
import { writePrivate } from '@yingzao/platform/runtime/secret'
import { gracefulShutdown } from '@yingzao/platform/runtime/shutdown'
import { type RunningServer, startServer } from '@yingzao/server/app'
import { defineCommand, type Terminal, usageError } from './command.ts'

const origin = { address: '127.0.0.1', device: 'demo' }

export const command = defineCommand({
  summary: { zh: '启动演示企业', en: 'start with the demo enterprise' },
  usage: ['demo [--lan] [--lang zh|en]'],
  async run(args, terminal) {
    const { lan, lang } = readArgs(args)
    const config = demoConfig(lan)
    const log = createLog(process.env.LOG_LEVEL ? config.logLevel : 'warn')
    const shutdown = gracefulShutdown(log)
    const addresses = lan ? lanAddresses() : []
    terminal.say('正在启动数据库与服务 | starting the database and the server')
    const tls = lan ? await lanCertificate(config.home, addresses) : undefined
    const [clock, end] = [movedClock(), new Date()]
    const begin = () => clock.moveTo(beginOf(end))
    const server = await startServer(config, {
      ...{ log, lang, demo: true, clock: { ...clock, onFresh: begin } },
      ...(tls ? { tls } : {}),
    })
    shutdown.add('server', server.close)
    const known = await isSetUp(server.host)
    if (!known) begin()
    const accounts = known
      ? await remembered(server, config)
      : await firstRun(server, config, lang, terminal, { clock, end })
    clock.letGo()
    terminal.say(await welcome(server.url, accounts, addresses[0]))
    const exit = await shutdown.done
    return { document: { stopped: true }, text: () => '已停止 | stopped', exit }
  },
})

function readArgs(args: readonly string[]): { lan: boolean; lang: 'zh' | 'en' } {
  const at = args.indexOf('--lang')
  const given = at < 0 ? undefined : args[at + 1]
  const rest = args.filter((word, index) => word !== '--lan' && index !== at && (at < 0 || index !== at + 1))
  if (rest.length > 0 || (at >= 0 && given !== 'zh' && given !== 'en'))
    throw usageError({ zh: '用法：demo [--lan] [--lang zh|en]', en: 'usage: demo [--lan] [--lang zh|en]' })
  const system = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || ''
  return {
    lan: args.includes('--lan'),
    lang: given === 'en' || (given === undefined && /^en/i.test(system)) ? 'en' : 'zh',
  }
}

/** The demo keeps its data apart from a production installation in the same folder. */
function demoConfig(lan: boolean): Config {
  const config = readConfig()
  return {
    ...config,
    home: process.env.YINGZAO_HOME ? config.home : join(installationRoot, '.yingzao', 'demo'),
    ...(lan ? { host: '0.0.0.0' } : {}),
  }
}

interface Accounts {
  readonly password: string
  readonly accounts: readonly DemoAccount[]
}
const accountsFile = (config: Config) => join(config.home, 'demo-accounts.json')

/** Null once the demo has given way to a real company: its people are no longer there. */
async function remembered(server: RunningServer, config: Config): Promise<Accounts | null> {
  const file = accountsFile(config)
  if (!existsSync(file)) return null
  const known: Accounts = JSON.parse(readFileSync(file, 'utf8'))
  const logins = known.accounts.map(account => account.login)
  const found = await list(systemContext(server.host, 'demo'), 'user', { filter: { login: { in: logins } }, limit: 50 })
  if (found.items.length === logins.length) return known
  rmSync(file)
  return null
}

async function firstRun(
  server: RunningServer,
  config: Config,
  lang: 'zh' | 'en',
  terminal: Terminal,
  time: { readonly clock: MovedClock; readonly end: Date },
): Promise<Accounts> {
  const { host, url } = server
  const password = config.demoPassword ?? randomPassword()
  terminal.say('首次运行，正在装入演示企业 | first run, loading the demo enterprise')
  const administrator = { login: 'admin', name: lang === 'zh' ? '系统管理员' : 'Administrator', password }
  const company = { name: lang === 'zh' ? '恒筑集团' : 'Hengzhu Group' }
  const admin = await setUp(host, { company, administrator, lang }, origin)
  // Passwords are of today, as whoever reads them off the terminal is.
  const relaxed = {
    ...host,
    now: () => time.end,
    policy: { ...host.policy, password: { ...host.policy.password, length: 8, classes: 1, history: 0 } },
  }
  await setPassword(relaxed, admin, password, false)
  const accounts = await loadDemo({
    ...{ lang, host, url, admin, ...time },
    setPassword: user => setPassword(relaxed, user, password, false),
    say: (done, [zh, en]) =>
      terminal.say(`  ${String(Math.round(done * 100)).padStart(3)} %  ${zh === en ? zh : `${zh} | ${en}`}`),
  })
  const all = { password, accounts: [{ login: 'admin', name: administrator.name, post: '' }, ...accounts] }
  writePrivate(accountsFile(config), JSON.stringify(all, null, 2))
  chmodSync(accountsFile(config), 0o600)
  return all
}

async function welcome(url: string, known: Accounts | null, address: string | undefined): Promise<string> {
  const reachable = address ? url.replace(/^(https?:\/\/)[^:/]+/, `$1${address}`) : url
  const lines = ['', `  营造 Yingzao  ${reachable}`, '']
  if (known) {
    lines.push(`  演示账号（口令都是 ${known.password}）| demo accounts, all with the password ${known.password}`)
    for (const { login, name, post } of known.accounts)
      lines.push(`    ${login.padEnd(10)} ${name}${post ? `  ${post}` : ''}`)
  }
  lines.push('', '  Ctrl+C 停止 | stop', '')
  if (address) lines.push(await terminalQr(reachable))
  return lines.join('\n')
}
