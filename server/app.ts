// startServer(): the whole of Yingzao on one node, from a configuration to a URL.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunningApp, startApp } from '@yingzao/platform/http/start'
import { openMailer } from '@yingzao/platform/inbox/mail'
import { openPostgres } from '@yingzao/platform/postgres/open'
import { senderKey } from '@yingzao/platform/push/vapid'
import type { MovedClock } from '@yingzao/platform/runtime/clock'
import type { Config } from '@yingzao/platform/runtime/config'
import { installationRoot } from '@yingzao/platform/runtime/config'
import { createLog, type Log } from '@yingzao/platform/runtime/log'
import { checkSafeStart, isLoopback, type Tls } from '@yingzao/platform/runtime/safe-start'
import { installationKeys } from '@yingzao/platform/runtime/secret'

export interface ServerOptions {
  /** Instead of the configured certificate: the one of the local network. */
  readonly tls?: Tls
  /** Shown by the interface; "start my company" is offered. */
  readonly demo?: boolean
  readonly log?: Log
  readonly lang?: 'zh' | 'en'
  /** The demo's: `onFresh` may move it before anything is written. */
  readonly clock?: Pick<MovedClock, 'now' | 'held'> & { readonly onFresh: () => void }
}

export interface RunningServer extends Pick<RunningApp, 'url' | 'host' | 'app'> {
  /** Of the first set-up, when others than this machine reach the server and nobody has set it up. */
  readonly setupToken: string | null
  close(): Promise<void>
}

/** Modules and web app lie beside this folder, in the sources as in `dist/`. */
const modules = fileURLToPath(new URL('../modules', import.meta.url))
const web = join(installationRoot, 'dist', 'web')

/** Opens the database, brings the schema up to date and listens. Throws a StartRefusal or RegistryError with the reason. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel)
  const tls = options.tls ?? checkSafeStart(config)
  const postgres = await openPostgres(config, log)
  const mailer = config.smtpUrl === undefined ? undefined : openMailer(config.smtpUrl, config.mailFrom)
  const keys = installationKeys(config)
  try {
    const running = await startApp({
      database: { ...postgres.connection, connectionTimeoutMillis: 10_000 },
      statementSeconds: config.querySeconds,
      modules,
      files: join(config.home, 'files'),
      web,
      host: config.host,
      port: config.port,
      tls: tls ?? null,
      trustProxy: config.trustProxy,
      keys,
      log,
      open: !isLoopback(config.host) || config.trustProxy !== false,
      product: { name: '营造 Yingzao', version: version(), demo: options.demo ?? false },
      ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
      ...(mailer
        ? {
            post: {
              mailer,
              product: '营造',
              together: 30_000,
              url: config.publicUrl ?? ownUrl(config, tls !== undefined),
            },
          }
        : {}),
      ...(config.push
        ? {
            push: {
              key: senderKey(keys.derive('web push')),
              contact: contactOf(config),
              product: '营造',
              together: 2000,
            },
          }
        : {}),
      ...(options.lang ? { lang: options.lang } : {}),
      ...(options.clock ? { now: options.clock.now, resting: options.clock.held, onFresh: options.clock.onFresh } : {}),
    })
    return {
      url: running.url,
      host: running.host,
      app: running.app,
      setupToken: running.host.setupToken,
      async close() {
        await running.close()
        mailer?.close()
        await postgres.stop()
      },
    }
  } catch (error) {
    await postgres.stop()
    throw error
  }
}

/** Push services want somebody they could turn to (RFC 8292 §2.1); Apple takes no localhost. */
const contactOf = ({ publicUrl, mailFrom }: Config): string =>
  publicUrl?.startsWith('https:') ? publicUrl : `mailto:${/[^\s<>@]+@[^\s<>@]+/.exec(mailFrom)?.[0] ?? mailFrom}`

/** Without YINGZAO_PUBLIC_URL: as this machine itself reaches it. */
const ownUrl = ({ host, port }: Config, secure: boolean): string =>
  `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(installationRoot, 'package.json'), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0'
}
