// A browsers' push service on this machine: keeps what it is given and opens it as a browser would, by the Web Crypto API and
// RFC 8291 alone.
import { randomBytes, webcrypto } from 'node:crypto'
import { createServer } from 'node:http'

export interface Given {
  readonly path: string
  readonly body: Buffer
  readonly headers: Readonly<Record<string, unknown>>
}
export interface PushService {
  readonly origin: string
  /** What was taken. */
  readonly given: readonly Given[]
  /** Paths of what was not. */
  readonly turnedAway: readonly string[]
  /** What a path answers instead of 201. */
  readonly answers: Map<string, { readonly status: number; readonly headers?: Record<string, string> }>
  /** A browser subscribes. */
  subscribe(): Promise<{
    readonly path: string
    readonly endpoint: string
    readonly keys: { readonly p256dh: string; readonly auth: string }
    readonly open: (body: Buffer) => Promise<Record<string, unknown>>
  }>
  close(): Promise<void>
}

export async function pushService(): Promise<PushService> {
  const given: Given[] = []
  const turnedAway: string[] = []
  const answers: PushService['answers'] = new Map()
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const path = request.url ?? ''
      const { status, headers } = answers.get(path) ?? { status: 201 }
      if (status >= 300) turnedAway.push(path)
      else given.push({ path, body: Buffer.concat(parts), headers: request.headers })
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    ...{ origin, given, turnedAway, answers },
    async subscribe() {
      const pair = await webcrypto.subtle.generateKey(curve, true, ['deriveBits'])
      const point = Buffer.from(await webcrypto.subtle.exportKey('raw', pair.publicKey))
      const auth = randomBytes(16)
      const path = `/push/${randomBytes(8).toString('hex')}`
      return {
        path,
        endpoint: origin + path,
        keys: { p256dh: point.toString('base64url'), auth: auth.toString('base64url') },
        open: body => openPush(body, { privateKey: pair.privateKey, point, auth }),
      }
    },
    close: () => new Promise(done => server.close(() => done())),
  }
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }

/** RFC 8291 §3.4 and RFC 8188 §2: one record that ends with 0x02. */
async function openPush(
  body: Buffer,
  {
    privateKey,
    point,
    auth,
  }: { readonly privateKey: webcrypto.CryptoKey; readonly point: Buffer; readonly auth: Buffer },
): Promise<Record<string, unknown>> {
  const [salt, sender] = [body.subarray(0, 16), body.subarray(21, 86)]
  const theirs = await webcrypto.subtle.importKey('raw', sender, curve, false, [])
  const shared = await webcrypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, privateKey, 256)
  const both = Buffer.concat([Buffer.from('WebPush: info\0'), point, sender])
  const ikm = await hkdf(Buffer.from(shared), auth, both, 32)
  const key = await hkdf(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16)
  const iv = await hkdf(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 12)
  const aes = await webcrypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
  const plain = Buffer.from(await webcrypto.subtle.decrypt({ name: 'AES-GCM', iv }, aes, body.subarray(86)))
  if (plain.at(-1) !== 2) throw new Error('not the last record')
  return JSON.parse(plain.subarray(0, -1).toString('utf8'))
}

async function hkdf(input: Buffer, salt: Buffer, info: Buffer, bytes: number): Promise<Buffer> {
  const material = await webcrypto.subtle.importKey('raw', input, 'HKDF', false, ['deriveBits'])
  return Buffer.from(
    await webcrypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, bytes * 8),
  )
}
