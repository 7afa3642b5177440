// What the server refuses before it listens, and what it makes for itself on the first start.
import { X509Certificate } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig, SETTINGS, settingsTable, unknownSettings } from './config.ts'
import { lanAddresses, lanCertificate, terminalQr } from './lan.ts'
import { requestId } from './log.ts'
import { createMetrics } from './metrics.ts'
import { checkSafeStart } from './safe-start.ts'
import { installationKeys } from './secret.ts'

const folder = mkdtempSync(join(tmpdir(), 'yingzao-start-'))
afterAll(() => rmSync(folder, { recursive: true }))

const listening = (environment: Record<string, string>) => checkSafeStart(readConfig(environment))

async function certificate(addresses: string[] = []) {
  const home = mkdtempSync(join(folder, 'home-'))
  const tls = await lanCertificate(home, addresses)
  return {
    ...tls,
    home,
    env: { YINGZAO_TLS_CERT: join(home, 'lan-cert.pem'), YINGZAO_TLS_KEY: join(home, 'lan-key.pem') },
  }
}

describe('configuration', () => {
  test('without any variable the server is private: loopback, embedded database', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8787, databaseUrl: undefined, trustProxy: false })
  })

  test('every wrong variable is named at once, in both languages', () => {
    const wrong = {
      YINGZAO_PORT: '80a',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://x',
      YINGZAO_TRUST_PROXY: 'yes please',
    }
    expect(() => readConfig(wrong)).toThrowError(expect.objectContaining({ code: 'config.wrong' }))
    try {
      readConfig(wrong)
    } catch (error) {
      for (const name of Object.keys(wrong)) expect(String(error)).toContain(name)
      expect(String(error)).toMatch(/整数[\s\S]*whole number/)
    }
  })

  test('an empty variable is an unset one, and a misspelt one is found', () => {
    expect(readConfig({ YINGZAO_PORT: ' ' }).port).toBe(8787)
    expect(unknownSettings({ YINGZAO_PROT: '1', YINGZAO_PORT: '1', YINGZAO_TEST_X: '1' })).toEqual(['YINGZAO_PROT'])
  })

  test('the documentation table has a row for each setting', () => {
    for (const language of ['zh', 'en'] as const) {
      expect(settingsTable(language).split('\n')).toHaveLength(Object.keys(SETTINGS).length + 2)
    }
  })

  test.each(['changeme', 'x'.repeat(64), 'secret'])('the master key %j is too weak', secret => {
    expect(() => readConfig({ YINGZAO_SECRET: secret })).toThrowError(/YINGZAO_SECRET/)
  })
})

describe('unsafe starts', () => {
  test.each(['0.0.0.0', '::', '192.168.1.5', 'example.com'])('%s without TLS or a declared proxy is refused', host => {
    expect(() => listening({ YINGZAO_HOST: host })).toThrowError(
      expect.objectContaining({ code: 'start.public_without_tls' }),
    )
    expect(listening({ YINGZAO_HOST: host, YINGZAO_TRUST_PROXY: '1' })).toBeUndefined()
  })

  test.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('%s needs no TLS', host => {
    expect(listening({ YINGZAO_HOST: host })).toBeUndefined()
  })

  test('a public address with a certificate and its key is fine', async () => {
    const { env, cert } = await certificate()
    expect(listening({ YINGZAO_HOST: '0.0.0.0', ...env })?.cert).toBe(cert)
  })

  test('a key that others can read is refused', async () => {
    const { env } = await certificate()
    chmodSync(env.YINGZAO_TLS_KEY, 0o640)
    expect(() => listening(env)).toThrowError(expect.objectContaining({ code: 'start.key_readable' }))
  })

  test('certificate and key of different pairs, half a pair, a missing file and rubbish are told apart', async () => {
    const [one, two] = [await certificate(), await certificate()]
    const code = (environment: Record<string, string>) => {
      try {
        listening(environment)
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error
      }
      return 'started'
    }
    expect(code({ ...one.env, YINGZAO_TLS_KEY: two.env.YINGZAO_TLS_KEY })).toBe('start.tls_mismatch')
    expect(code({ YINGZAO_TLS_CERT: one.env.YINGZAO_TLS_CERT })).toBe('start.tls_half')
    expect(code({ ...one.env, YINGZAO_TLS_CERT: '/nowhere.pem' })).toBe('start.file_unreadable')
    const rubbish = join(folder, 'rubbish.pem')
    writeFileSync(rubbish, 'rubbish')
    expect(code({ ...one.env, YINGZAO_TLS_CERT: rubbish })).toBe('start.tls_unreadable')
  })
})

describe('keys of the installation', () => {
  test('are made once, only ours to read, and differ by purpose', () => {
    const home = mkdtempSync(join(folder, 'home-'))
    const keys = installationKeys({ home, secret: undefined })
    expect(statSync(join(home, 'secret.key')).mode & 0o777).toBe(0o600)
    expect(keys.derive('session')).toHaveLength(32)
    expect(keys.derive('session')).not.toEqual(keys.derive('seal'))
    expect(installationKeys({ home, secret: undefined }).derive('session')).toEqual(keys.derive('session'))
    const other = mkdtempSync(join(folder, 'home-'))
    expect(installationKeys({ home: other, secret: undefined }).derive('session')).not.toEqual(keys.derive('session'))
  })

  test('readable by others: refused', () => {
    const home = mkdtempSync(join(folder, 'home-'))
    installationKeys({ home, secret: undefined })
    chmodSync(join(home, 'secret.key'), 0o604)
    expect(() => installationKeys({ home, secret: undefined })).toThrowError(/chmod 600/)
  })
})

describe('on the local network', () => {
  test('a phone that trusts the certificate reaches the machine by its address', async () => {
    const { cert, key } = await certificate(['192.168.7.20'])
    const server = createServer({ cert, key }, (_, answer) => answer.end('ok'))
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, ca: cert }, answer => resolve(answer.statusCode))
        .on('error', reject)
        .end()
    })
    server.close()
    expect(status).toBe(200)
    expect(new X509Certificate(cert).checkIP('192.168.7.20')).toBe('192.168.7.20')
  })

  test('the certificate stays until an address is missing in it', async () => {
    const { cert, home } = await certificate(['192.168.7.20'])
    expect((await lanCertificate(home, ['192.168.7.20'])).cert).toBe(cert)
    expect((await lanCertificate(home, ['192.168.7.21'])).cert).not.toBe(cert)
    expect(readFileSync(join(home, 'lan-cert.pem'), 'utf8')).not.toBe(cert)
  })

  test('private addresses of real cards come before bridges and public ones', () => {
    const card = (address: string, internal = false) => [
      { address, internal, family: 'IPv4' as const, netmask: '', mac: '', cidr: null },
    ]
    const found = {
      lo: card('127.0.0.1', true),
      docker0: card('172.17.0.1'),
      eth1: card('8.8.4.4'),
      wlan0: card('192.168.1.9'),
    }
    expect(lanAddresses(found)).toEqual(['192.168.1.9', '8.8.4.4', '172.17.0.1'])
  })

  test('the QR code fits a terminal', async () => {
    const lines = (await terminalQr('https://192.168.1.9:8787/')).trimEnd().split('\n')
    expect(lines.length).toBeLessThan(25)
  })
})

describe('requests and metrics', () => {
  test('a caller may name its request, but cannot write into the log', () => {
    expect(requestId('checkout-42-abc')).toBe('checkout-42-abc')
    expect(requestId('x\n{"level":50}')).toMatch(/^[\da-f-]{36}$/)
    expect(requestId(undefined)).not.toBe(requestId(undefined))
  })

  test('the registry answers in the Prometheus format', async () => {
    expect(await createMetrics('9.9.9').metrics()).toMatch(/yingzao_info\{version="9\.9\.9",node="v\d+/)
  })
})
