// What must hold before the server listens: nothing secret readable by others, nothing public without encryption.
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import type { Config } from './config.ts'
import { startRefusal } from './refusal.ts'
import { refuseReadableByOthers } from './secret.ts'

export type Tls = { readonly cert: string; readonly key: string }

/** Only this machine can reach it: 127.0.0.0/8, ::1, localhost. */
export const isLoopback = (host: string) =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))

/**
 * Checks where and how the server is about to listen and returns its TLS files, if any.
 * Throws a StartRefusal: a public address without TLS or a declared proxy, a key others can read, a certificate that
 * is expired or belongs to another key.
 */
export function checkSafeStart(config: Pick<Config, 'host' | 'tlsCert' | 'tlsKey' | 'trustProxy'>): Tls | undefined {
  const tls = readTls(config)
  if (!tls && !isLoopback(config.host) && config.trustProxy === false) {
    throw startRefusal('start.public_without_tls', {
      zh: `监听 ${config.host} 会让口令以明文经过网络。请设置 YINGZAO_TLS_CERT 与 YINGZAO_TLS_KEY；若前面有终结 TLS 的代理，设 YINGZAO_TRUST_PROXY=1`,
      en: `listening on ${config.host} would send passwords in clear text: set YINGZAO_TLS_CERT and YINGZAO_TLS_KEY, or YINGZAO_TRUST_PROXY=1 behind a proxy that terminates TLS`,
    })
  }
  return tls
}

function readTls({ tlsCert, tlsKey }: Pick<Config, 'tlsCert' | 'tlsKey'>): Tls | undefined {
  if (!tlsCert && !tlsKey) return undefined
  if (!tlsCert || !tlsKey) {
    throw startRefusal('start.tls_half', {
      zh: 'YINGZAO_TLS_CERT 与 YINGZAO_TLS_KEY 必须同时设置',
      en: 'YINGZAO_TLS_CERT and YINGZAO_TLS_KEY must be set together',
    })
  }
  const tls = { cert: readText(tlsCert), key: readText(tlsKey) }
  refuseReadableByOthers(tlsKey)
  checkPair(tls, tlsCert, tlsKey)
  return tls
}

function checkPair(tls: Tls, certPath: string, keyPath: string): void {
  const certificate = parse(certPath, () => new X509Certificate(tls.cert))
  const key = parse(keyPath, () => createPrivateKey(tls.key))
  if (!certificate.checkPrivateKey(key)) {
    throw startRefusal('start.tls_mismatch', {
      zh: `证书 ${certPath} 与私钥 ${keyPath} 不是一对`,
      en: `the certificate ${certPath} does not belong to the key ${keyPath}`,
    })
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    throw startRefusal('start.tls_expired', {
      zh: `证书 ${certPath} 已于 ${certificate.validTo} 过期，请更换`,
      en: `the certificate ${certPath} expired on ${certificate.validTo}: renew it`,
    })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw startRefusal('start.file_unreadable', {
      zh: `读不到文件 ${path}：${String(cause)}`,
      en: `cannot read ${path}: correct the path or its permissions`,
    })
  }
}

function parse<Parsed>(path: string, read: () => Parsed): Parsed {
  try {
    return read()
  } catch {
    throw startRefusal('start.tls_unreadable', {
      zh: `${path} 不是有效的 PEM 文件`,
      en: `${path} is not a valid PEM file`,
    })
  }
}
