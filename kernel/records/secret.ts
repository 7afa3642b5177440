// Fields of kind secret: AES-256-GCM at rest, an HMAC beside it so that an exact value can still be found.
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { refuse } from '../refuse.ts'

export interface SecretKeys {
  /** 32 bytes. */
  readonly encryption: Buffer
  /** 32 bytes, another key: who can search must not be able to decrypt. */
  readonly blindIndex: Buffer
}

const keysOrRefuse = (keys: SecretKeys | undefined): SecretKeys => {
  if (!keys) throw refuse('secret.no_key')
  return keys
}

/** Nonce (12) ‖ tag (16) ‖ ciphertext; bound to its field, so that a value cannot be moved to another column. */
export function encryptSecret(value: string, context: string, keys: SecretKeys | undefined): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keysOrRefuse(keys).encryption, nonce)
  cipher.setAAD(Buffer.from(context))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Throws when the stored bytes were altered or the key is another one. */
export function decryptSecret(stored: Buffer, context: string, keys: SecretKeys | undefined): string {
  const decipher = createDecipheriv('aes-256-gcm', keysOrRefuse(keys).encryption, stored.subarray(0, 12))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(stored.subarray(12, 28))
  return Buffer.concat([decipher.update(stored.subarray(28)), decipher.final()]).toString('utf8')
}

/** Spaces and small letters do not make another ID number. */
export const blindIndex = (value: string, context: string, keys: SecretKeys | undefined): Buffer =>
  createHmac('sha256', keysOrRefuse(keys).blindIndex)
    .update(`${context}\n${value.replaceAll(/\s/g, '').toUpperCase()}`)
    .digest()
