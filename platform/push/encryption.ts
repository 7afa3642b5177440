// What a push service carries it cannot read: a message encrypted for one browser, RFC 8291 (aes128gcm of RFC 8188).
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'

/** Of a browser's subscription, base64url: its P-256 public point (65 bytes) and its authentication secret (16 bytes). */
export interface BrowserKeys {
  readonly p256dh: string
  readonly auth: string
}

/** Bytes that each message may hold; push services take 4096 of the encrypted body, 103 of which are ours. */
export const mostBytes = 3072
const recordSize = 4096

/** Null: these are no keys of a browser (a point that lies on the curve, sixteen bytes). */
export function readBrowserKeys({
  p256dh,
  auth,
}: BrowserKeys): { readonly point: Buffer; readonly auth: Buffer } | null {
  const [point, secret] = [fromBase64url(p256dh), fromBase64url(auth)]
  if (point?.length !== 65 || point[0] !== 4 || secret?.length !== 16) return null
  try {
    const trial = createECDH('prime256v1')
    trial.generateKeys()
    trial.computeSecret(point)
    return { point, auth: secret }
  } catch {
    return null
  }
}

/** The body of a push of `text` (at most `mostBytes` of UTF-8). Throws on keys that are none. `fresh` is for published examples only. */
export function encryptFor(
  keys: BrowserKeys,
  text: string,
  fresh: { readonly privateKey?: Buffer; readonly salt?: Buffer } = {},
): Buffer {
  const browser = readBrowserKeys(keys)
  const plain = Buffer.from(text)
  if (!browser || plain.length > mostBytes) throw new Error('no keys of a browser, or a message too long for them')
  const ours = createECDH('prime256v1')
  if (fresh.privateKey) ours.setPrivateKey(fresh.privateKey)
  else ours.generateKeys()
  const salt = fresh.salt ?? randomBytes(16)
  // §3.3–3.4: the shared secret, bound to both public keys by the authentication secret.
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), browser.point, ours.getPublicKey()])
  const key = derive(ours.computeSecret(browser.point), browser.auth, info, 32)
  const cipher = createCipheriv(
    'aes-128-gcm',
    derive(key, salt, 'Content-Encoding: aes128gcm\0', 16),
    derive(key, salt, 'Content-Encoding: nonce\0', 12),
  )
  // RFC 8188 §2.1: salt, record size, key id; a single record ends with 0x02.
  const head = Buffer.alloc(21)
  salt.copy(head)
  head.writeUInt32BE(recordSize, 16)
  head[20] = 65
  return Buffer.concat([
    head,
    ours.getPublicKey(),
    cipher.update(Buffer.concat([plain, Buffer.of(2)])),
    cipher.final(),
    cipher.getAuthTag(),
  ])
}

const derive = (key: Buffer, salt: Buffer, info: string | Buffer, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, info, length))

const fromBase64url = (text: string): Buffer | null =>
  /^[\w-]{1,200}={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : null
