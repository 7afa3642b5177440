// The configuration: every environment variable Yingzao reads, declared once with its default, check and meaning.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LOG_LEVELS } from './log.ts'
import { isStartRefusal, startRefusal } from './refusal.ts'

type Text = { readonly zh: string; readonly en: string }

type Setting<Value> = {
  readonly variable: string
  /** What the table of the documentation shows. */
  readonly shownDefault: string
  readonly meaning: Text
  /** The value of a variable's text (undefined: unset or empty); throws `wrong(…)`. */
  readonly read: (text: string | undefined) => Value
}

const setting = <Value>(
  variable: string,
  shownDefault: string,
  meaning: Text,
  read: (text: string | undefined) => Value,
): Setting<Value> => ({ variable, shownDefault, meaning, read })

const wrong = (zh: string, en: string) => startRefusal('config.wrong', { zh, en })
const file = (text: string | undefined) => (text === undefined ? undefined : resolve(text))

export const SETTINGS = {
  home: setting(
    'YINGZAO_HOME',
    '.yingzao/data',
    { zh: '数据目录：数据库、附件、密钥', en: 'data folder: database, files, keys' },
    text => resolve(text ?? join(installationRoot, '.yingzao', 'data')),
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    'embedded',
    { zh: '外部 PostgreSQL 15–18；不设则用内置数据库', en: 'external PostgreSQL 15–18; embedded when unset' },
    text => {
      if (text === undefined || /^postgres(ql)?:\/\//.test(text)) return text
      throw wrong('应以 postgresql:// 开头', 'must begin with postgresql://')
    },
  ),
  querySeconds: setting(
    'YINGZAO_QUERY_SECONDS',
    '30',
    {
      zh: '单条数据库语句最长秒数，超过即停止并提示缩小范围；0 为不限',
      en: 'seconds a database statement may take before it is stopped with advice to narrow it; 0 = no limit',
    },
    text => {
      const seconds = Number(text ?? 30)
      if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400) return seconds
      throw wrong('应为 0–86400 的整数', 'must be a whole number from 0 to 86400')
    },
  ),
  host: setting(
    'YINGZAO_HOST',
    '127.0.0.1',
    { zh: '监听地址', en: 'address to listen on' },
    text => text ?? '127.0.0.1',
  ),
  port: setting('YINGZAO_PORT', '8787', { zh: '端口', en: 'port' }, text => {
    const port = Number(text ?? 8787)
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
    throw wrong('应为 0–65535 的整数', 'must be a whole number from 0 to 65535')
  }),
  tlsCert: setting(
    'YINGZAO_TLS_CERT',
    '–',
    { zh: 'TLS 证书链（PEM 文件）；对外地址需要', en: 'TLS certificate chain (PEM file); needed for a public address' },
    file,
  ),
  tlsKey: setting(
    'YINGZAO_TLS_KEY',
    '–',
    { zh: 'TLS 私钥（PEM 文件，权限 0600）', en: 'TLS private key (PEM file, mode 0600)' },
    file,
  ),
  trustProxy: setting(
    'YINGZAO_TRUST_PROXY',
    '–',
    {
      zh: '前面有终结 TLS 的代理时设为 1，或列出代理的地址（逗号分隔的 IP/CIDR）',
      en: '1 when a TLS-terminating proxy stands in front, or the proxies by address (IP/CIDR, commas between)',
    },
    text => {
      if (text === undefined || text === '0' || text === 'false') return false
      if (text === '1' || text === 'true') return true
      if (/^[\da-f.:/, ]+$/i.test(text)) return text
      throw wrong('应为 1、0 或 IP/CIDR 列表', 'must be 1, 0 or a list of IP/CIDR')
    },
  ),
  secret: setting(
    'YINGZAO_SECRET',
    'generated',
    {
      zh: '会话与签名的主密钥，至少 32 个随机字符，各节点相同；不设则生成在 YINGZAO_HOME/secret.key',
      en: 'master key of sessions and signatures, ≥ 32 random characters, the same on every node; generated in YINGZAO_HOME/secret.key when unset',
    },
    text => {
      if (text === undefined || (text.length >= 32 && new Set(text).size >= 10)) return text
      throw wrong(
        '太弱：请用至少 32 个随机字符，例如 openssl rand -base64 32 的输出',
        'is too weak: use 32 random characters or more, such as the output of openssl rand -base64 32',
      )
    },
  ),
  publicUrl: setting(
    'YINGZAO_PUBLIC_URL',
    '–',
    {
      zh: '用户访问本系统的地址，例如 https://yingzao.example.cn；邮件中的链接与打印件二维码用它',
      en: 'address at which people reach this system, such as https://yingzao.example.cn; links in letters and codes on paper use it',
    },
    text => {
      if (text === undefined) return undefined
      if (/^https?:\/\/[^\s/?#]+\/?$/.test(text) && URL.canParse(text)) return text.replace(/\/$/, '')
      throw wrong('应为 https://主机名[:端口]，不带路径', 'must be https://host[:port] without a path')
    },
  ),
  smtpUrl: setting(
    'YINGZAO_SMTP_URL',
    '–',
    {
      zh: '发送消息邮件的服务器，例如 smtps://用户:口令@smtp.example.cn:465；不设则只有站内消息',
      en: 'mail server for messages, such as smtps://user:password@smtp.example.cn:465; messages stay inside when unset',
    },
    text => {
      if (text === undefined || (/^smtps?:\/\//.test(text) && URL.canParse(text))) return text
      throw wrong('应以 smtp:// 或 smtps:// 开头', 'must begin with smtp:// or smtps://')
    },
  ),
  mailFrom: setting(
    'YINGZAO_MAIL_FROM',
    'yingzao@localhost',
    {
      zh: '邮件的发件人，例如 营造 <yingzao@example.cn>',
      en: 'sender of letters, such as Yingzao <yingzao@example.cn>',
    },
    text => {
      if (text === undefined || /^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(text)) return text ?? 'yingzao@localhost'
      throw wrong('应为邮箱地址，可带名称', 'must be a mail address, with a name if you like')
    },
  ),
  push: setting(
    'YINGZAO_PUSH',
    'on',
    {
      zh: '浏览器推送；off 时不提供，服务器不会连接浏览器厂商的推送服务',
      en: 'push to browsers; off: it is not offered, and the server never connects to browsers’ push services',
    },
    text => {
      if (text === undefined || text === 'on' || text === 'off') return text !== 'off'
      throw wrong('应为 on 或 off', 'must be on or off')
    },
  ),
  demoPassword: setting(
    'YINGZAO_DEMO_PASSWORD',
    'generated',
    { zh: '演示账号的口令，至少 8 个字符', en: 'password of the demo accounts, at least 8 characters' },
    text => {
      if (text === undefined || text.length >= 8) return text
      throw wrong('至少 8 个字符', 'must have at least 8 characters')
    },
  ),
  logLevel: setting('LOG_LEVEL', 'info', { zh: '日志级别 fatal … trace', en: 'fatal … trace' }, text => {
    const level = LOG_LEVELS.find(known => known === (text ?? 'info'))
    if (level) return level
    throw wrong(`应为 ${LOG_LEVELS.join('、')} 之一`, `must be one of ${LOG_LEVELS.join(', ')}`)
  }),
}

export type Config = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads and checks all settings. Throws one StartRefusal that lists every wrong variable. */
export function readConfig(environment: Environment = process.env): Config {
  const value = <Value>({ variable, read }: Setting<Value>): Value => read(environment[variable]?.trim() || undefined)
  const problems = Object.values(SETTINGS).flatMap(declared => {
    try {
      value<unknown>(declared)
      return []
    } catch (error) {
      if (!isStartRefusal(error)) throw error
      return [{ variable: declared.variable, zh: error.zh, en: error.en }]
    }
  })
  if (problems.length > 0) {
    throw startRefusal('config.wrong', {
      zh: problems.map(problem => `${problem.variable} ${problem.zh}`).join('\n'),
      en: problems.map(problem => `${problem.variable} ${problem.en}`).join('\n'),
    })
  }
  return {
    home: value(SETTINGS.home),
    databaseUrl: value(SETTINGS.databaseUrl),
    querySeconds: value(SETTINGS.querySeconds),
    host: value(SETTINGS.host),
    port: value(SETTINGS.port),
    tlsCert: value(SETTINGS.tlsCert),
    tlsKey: value(SETTINGS.tlsKey),
    trustProxy: value(SETTINGS.trustProxy),
    secret: value(SETTINGS.secret),
    publicUrl: value(SETTINGS.publicUrl),
    smtpUrl: value(SETTINGS.smtpUrl),
    mailFrom: value(SETTINGS.mailFrom),
    push: value(SETTINGS.push),
    demoPassword: value(SETTINGS.demoPassword),
    logLevel: value(SETTINGS.logLevel),
  }
}

/** Variables that look like ours and are not: a typo would silently leave the default in force. */
export function unknownSettings(environment: Environment = process.env): string[] {
  const known = new Set(Object.values(SETTINGS).map(({ variable }) => variable))
  return Object.keys(environment).filter(
    name => name.startsWith('YINGZAO_') && !name.startsWith('YINGZAO_TEST_') && !known.has(name),
  )
}

/** The settings as a Markdown table, for the documentation. */
export function settingsTable(language: 'zh' | 'en'): string {
  const head = language === 'zh' ? '| 变量 | 默认值 | 含义 |' : '| name | default | meaning |'
  const rows = Object.values(SETTINGS).map(
    ({ variable, shownDefault, meaning }) => `| \`${variable}\` | ${shownDefault} | ${meaning[language]} |`,
  )
  return [head, '|---|---|---|', ...rows].join('\n')
}

/** The folder that holds `bin/yingzao.mjs`: above `platform/` in the sources, above `dist/` in the build. */
export const installationRoot = findRoot(dirname(fileURLToPath(import.meta.url)))

/** The version of this program. */
export function programVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(installationRoot, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '0.0.0'
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'bin', 'yingzao.mjs'))) return folder
  const parent = dirname(folder)
  return parent === folder ? process.cwd() : findRoot(parent)
}
