// `--lan`: a phone on the same network reaches this machine over HTTPS; the certificate names its addresses.
import { X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { toString as qr } from 'qrcode'
import { generate } from 'selfsigned'
import type { Tls } from './safe-start.ts'
import { refuseReadableByOthers, writePrivate } from './secret.ts'

const VALID_DAYS = 397 // Apple refuses longer ones
const RENEW_DAYS = 30
const DAY = 86_400_000
/** Bridges of containers and virtual machines: a phone cannot reach them. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vbox|lxc|cni|flannel|utun|tun|tap|zt|wg)/i

/** IPv4 addresses of this machine that others in the local network can reach, the likeliest first. */
export function lanAddresses(interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !address.startsWith('169.254.'))
      .map(({ address }) => ({ address, rank: (VIRTUAL.test(name) ? 2 : 0) + (isPrivate(address) ? 0 : 1) })),
  )
  return [...new Set(found.sort((a, b) => a.rank - b.rank).map(({ address }) => address))]
}

/** RFC 1918. */
const isPrivate = (address: string) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address)

/** This installation's self-signed certificate; made anew when an address is missing in it or it ends soon. */
export async function lanCertificate(home: string, addresses: readonly string[]): Promise<Tls> {
  const certFile = join(home, 'lan-cert.pem')
  const keyFile = join(home, 'lan-key.pem')
  if (existsSync(certFile) && existsSync(keyFile)) {
    refuseReadableByOthers(keyFile)
    const tls = { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    if (stillServes(tls.cert, addresses)) return tls
  }
  const tls = await selfSigned(addresses)
  for (const [path, text] of [
    [certFile, tls.cert],
    [keyFile, tls.key],
  ] as const) {
    writePrivate(`${path}.new`, text)
    renameSync(`${path}.new`, path)
  }
  return tls
}

function stillServes(cert: string, addresses: readonly string[]): boolean {
  const certificate = new X509Certificate(cert)
  const lasts = Date.parse(certificate.validTo) - Date.now() > RENEW_DAYS * DAY
  return lasts && addresses.every(address => certificate.checkIP(address) !== undefined)
}

async function selfSigned(addresses: readonly string[]): Promise<Tls> {
  const names = ['localhost', hostname(), `${hostname().replace(/\.local$/, '')}.local`]
  const altNames = [
    ...[...new Set(names)].map(value => ({ type: 2 as const, value })),
    ...['127.0.0.1', ...addresses].map(ip => ({ type: 7 as const, ip })),
  ]
  const pems = await generate([{ name: 'commonName', value: 'Yingzao' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - DAY),
    notAfterDate: new Date(Date.now() + (VALID_DAYS - 1) * DAY),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { cert: pems.cert, key: pems.private }
}

/** The address as a QR code of half-height characters, for a terminal. */
export const terminalQr = (url: string): Promise<string> => qr(url, { type: 'terminal', small: true })
