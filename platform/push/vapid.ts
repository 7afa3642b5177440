// Who sends a push: an ES256 token for the push service (VAPID, RFC 8292), by a key of the installation.
import { createECDH, createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'

export interface SenderKey {
  /** What browsers subscribe to: the public point, base64url. */
  readonly public: string
  readonly private: KeyObject
}

/** From 32 bytes that are the installation's alone: the same key on every node and after every restart. */
export function senderKey(seed: Buffer): SenderKey {
  const pair = createECDH('prime256v1')
  // One seed in 2³² is no number below the curve's order (FIPS 186-5 A.2.2): the next digest is.
  for (let scalar = seed; ; scalar = createHash('sha256').update(scalar).digest()) {
    try {
      pair.setPrivateKey(scalar)
      break
    } catch {
      // Asked again with the next one.
    }
  }
  const point = pair.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(part => part.toString('base64url'))
  // setPrivateKey() keeps leading zeros out; a JWK has all 32 bytes.
  const d = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url')
  return {
    public: point.toString('base64url'),
    private: createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' }),
  }
}

/** RFC 8292 allows a day; half of one leaves room for clocks that differ. */
const lifetime = 12 * 3600

/** The Authorization header for one push service. `contact`: https: or mailto:, for whoever runs it. */
export function authorizationOf(key: SenderKey, endpoint: URL, contact: string, now: Date): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(now.getTime() / 1000) + lifetime
  const signed = `${part({ typ: 'JWT', alg: 'ES256' })}.${part({ aud: endpoint.origin, exp, sub: contact })}`
  const signature = sign('sha256', Buffer.from(signed), { key: key.private, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${key.public}`
}
