// The arithmetic of the audit chain: pure functions over change rows, the same in the sealer and in the offline check.
//
//   leaf(field)  = SHA-256( HMAC-SHA-256(salt, field) · canonical([before, after]) )
//   digest(row)  = SHA-256( canonical({ id, at, by, from, entity, record, version, op, action, cause, request, leaves }) )
//   hash(n)      = SHA-256( hash(n−1) · "n change-id digest" )          hash(0) = 32 zero bytes
//   checkpoint   = Ed25519( "yingzao checkpoint tenant n hash at" )
//
// The salt makes a digest useless for guessing what it was made of. Erasing a person's value keeps its leaf and drops the
// salt (the other fields keep the keys derived from it), so every digest and hash stays as it was.
import { createHash, createHmac, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { Json } from '@yingzao/kernel/entity'
import { canonical } from '../records/draft.ts'

/** A change row as it is exported and sealed. */
export interface ChangeRow {
  readonly id: string
  readonly at: string
  readonly by: string | null
  readonly from: string
  readonly entity: string
  readonly record: string
  readonly version: number
  readonly op: string
  readonly action: string | null
  readonly cause: string | null
  readonly request: string | null
  readonly diff: Readonly<Record<string, readonly [Json, Json]>>
}

/** What is left of the salt after an erasure, in hex: the key of each field that is still there, the leaf of each erased one. */
export interface Opened {
  readonly keys: Readonly<Record<string, string>>
  readonly leaves: Readonly<Record<string, string>>
}

export const genesis: Buffer = Buffer.alloc(32)
const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

export const fieldKey = (salt: Buffer, field: string): Buffer => createHmac('sha256', salt).update(field).digest()
export const leafOf = (key: Buffer, value: Json): Buffer => sha256(key, canonical(value))

/** Hex leaves of every field; null for what no honest erasure leaves behind. */
export function leavesOf(row: ChangeRow, salt: Buffer | null, opened: Opened | null): Record<string, string> | null {
  const leaves: Record<string, string> = {}
  for (const [field, value] of Object.entries(row.diff)) {
    const kept = opened?.keys[field]
    const key = salt ? fieldKey(salt, field) : kept === undefined ? null : Buffer.from(kept, 'hex')
    const leaf = key ? leafOf(key, value).toString('hex') : opened?.leaves[field]
    // What was erased holds nothing, and stays so.
    if (leaf === undefined || (!key && value.some(each => each !== null))) return null
    leaves[field] = leaf
  }
  return leaves
}

export function digestOf(row: ChangeRow, leaves: Readonly<Record<string, string>>): Buffer {
  const { diff: _, ...rest } = row
  return sha256(canonical({ ...rest, leaves }))
}

export const hashOf = (previous: Buffer, number: number, change: string, digest: Buffer): Buffer =>
  sha256(previous, `${number} ${change} ${digest.toString('hex')}`)

export interface Checkpoint {
  readonly number: number
  readonly hash: string
  readonly at: string
}
const checkpointText = (tenant: string, { number, hash, at }: Checkpoint): Buffer =>
  Buffer.from(`yingzao checkpoint ${tenant} ${number} ${hash} ${at}`)

export interface SealKey {
  readonly private: KeyObject
  /** SPKI in base64, as exports carry it. */
  readonly public: string
}

const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** The installation's signing key from 32 secret bytes (RFC 8410: an Ed25519 private key is its seed). */
export function sealKey(seed: Buffer): SealKey {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })
  return { private: key, public: createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64') }
}

export const signCheckpoint = (key: SealKey, tenant: string, checkpoint: Checkpoint): string =>
  sign(null, checkpointText(tenant, checkpoint), key.private).toString('base64')

export function isSigned(publicKey: string, tenant: string, checkpoint: Checkpoint, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return verify(null, checkpointText(tenant, checkpoint), key, Buffer.from(signature, 'base64'))
  } catch {
    return false
  }
}

/** Short name of a public key, for people to compare: first 16 bytes of its SHA-256. */
export const fingerprintOf = (publicKey: string): string =>
  sha256(Buffer.from(publicKey, 'base64')).subarray(0, 16).toString('hex')
