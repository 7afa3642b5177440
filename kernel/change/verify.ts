// verify(): checks an audit export line by line, in bounded memory, and names the first row that is not as it was sealed.
import { type ChangeRow, digestOf, fingerprintOf, genesis, hashOf, isSigned, leavesOf, type Opened } from './chain.ts'

export type Damage =
  /** The row is not what was sealed. */
  | 'altered'
  /** A sealed row is gone. */
  | 'missing'
  /** A row that was never sealed, or stands there twice. */
  | 'inserted'
  /** Rows stand in another order than they were sealed in. */
  | 'reordered'
  /** The chain was computed anew: it is not the one that was signed. */
  | 'forged'
  /** The file ends before its end, or is not an audit export. */
  | 'unreadable'

export interface Finding {
  readonly damage: Damage
  /** Line of the file, from 1. */
  readonly line: number
  readonly number: number | null
  readonly change: string | null
  readonly entity: string | null
  readonly record: string | null
}
export interface AuditReport {
  readonly ok: boolean
  readonly tenant: string | null
  /** Of the key that signed: compare it with the one the administrator wrote down. */
  readonly key: string | null
  readonly changes: number
  readonly checkpoints: number
  /** Values erased for privacy; the chain proves that nothing else changed. */
  readonly erased: number
  readonly from: string | null
  readonly until: string | null
  readonly first: Finding | null
}

type Line = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Line => typeof value === 'object' && value !== null && !Array.isArray(value)
const isHex = (value: unknown, bytes: number): value is string =>
  typeof value === 'string' && value.length === bytes * 2 && /^[0-9a-f]*$/.test(value)
const isCheckpoint = (value: unknown): value is { number: number; hash: string; at: string } =>
  isObject(value) && typeof value.number === 'number' && isHex(value.hash, 32) && typeof value.at === 'string'
const isOpened = (value: unknown): value is Opened =>
  isObject(value) &&
  [value.keys, value.leaves].every(each => isObject(each) && Object.values(each).every(hex => isHex(hex, 32)))
const isChange = (value: unknown): value is ChangeRow =>
  isObject(value) &&
  typeof value.id === 'string' &&
  typeof value.entity === 'string' &&
  typeof value.record === 'string' &&
  typeof value.at === 'string' &&
  isObject(value.diff)

export interface VerifyOptions {
  /** Fingerprint that the signing key must have; without it the export's own key is believed and reported. */
  readonly key?: string
}

/** After the first damage it reads on only to tell a missing row from rows in another order. */
export async function verifyAudit(
  lines: AsyncIterable<string> | Iterable<string>,
  options: VerifyOptions = {},
): Promise<AuditReport> {
  let tenant: string | null = null
  let key: string | null = null
  let number = 0
  let hash: Buffer = genesis
  let [changes, checkpoints, erased, at] = [0, 0, 0, 0]
  let [from, until]: [string | null, string | null] = [null, null]
  let ended = false
  const state: { first: Finding | null; gap: number | null } = { first: null, gap: null }

  const found = (damage: Damage, row?: ChangeRow | null, of: number | null = null): Finding => ({
    damage,
    line: at,
    number: of,
    change: row?.id ?? null,
    entity: row?.entity ?? null,
    record: row?.record ?? null,
  })

  function checkSeal(line: Line): Finding | null {
    const { number: given, digest, hash: sealed, salt, opened = null, change } = line
    if (typeof given !== 'number' || !isHex(digest, 32) || !isHex(sealed, 32)) return found('unreadable')
    const row = isChange(change) ? change : null
    if (given <= number) return found('inserted', row, given)
    if (given > number + 1) {
      state.gap = number + 1
      return found('missing', null, number + 1)
    }
    if (change === null) return found('missing', null, given)
    if (!row || !(salt === null || isHex(salt, 16)) || !(opened === null || isOpened(opened)))
      return found('altered', row, given)
    const leaves = leavesOf(row, salt === null ? null : Buffer.from(salt, 'hex'), opened)
    if (!leaves || digestOf(row, leaves).toString('hex') !== digest) return found('altered', row, given)
    const next = hashOf(hash, given, row.id, Buffer.from(digest, 'hex'))
    // The row fits its own seal, but the seal does not follow the one before: it was put here from somewhere else.
    if (next.toString('hex') !== sealed) return found('inserted', row, given)
    number = given
    hash = next
    changes += 1
    erased += Object.keys(opened?.leaves ?? {}).length
    from ??= row.at
    until = row.at
    return null
  }

  function checkSigned(checkpoint: unknown, publicKey: unknown, signature: unknown): Finding | null {
    if (!isCheckpoint(checkpoint) || typeof publicKey !== 'string' || typeof signature !== 'string')
      return found('unreadable')
    if (checkpoint.number !== number) return found(checkpoint.number > number ? 'missing' : 'inserted', null, number)
    const honest = publicKey === key && isSigned(publicKey, tenant ?? '', checkpoint, signature)
    if (!honest || checkpoint.hash !== hash.toString('hex')) return found('forged', null, number)
    checkpoints += 1
    return null
  }

  function check(text: string): Finding | null {
    let line: unknown
    try {
      line = JSON.parse(text)
    } catch {
      return found('unreadable')
    }
    if (!isObject(line) || ended) return found(ended ? 'inserted' : 'unreadable')
    if (tenant === null) {
      if (line.audit !== 1 || typeof line.tenant !== 'string' || typeof line.key !== 'string')
        return found('unreadable')
      tenant = line.tenant
      key = line.key
      return options.key !== undefined && fingerprintOf(key) !== options.key ? found('forged') : null
    }
    if ('checkpoint' in line) return checkSigned(line.checkpoint, line.key, line.signature)
    if ('stray' in line) return found('inserted', isChange(line.stray) ? line.stray : null)
    if ('end' in line) {
      ended = true
      return checkSigned(line.end, key, line.signature)
    }
    return checkSeal(line)
  }

  for await (const text of lines) {
    at += 1
    if (text === '') continue
    if (state.gap === null) state.first = check(text)
    else if (state.first && isLater(text, state.gap)) state.first = { ...state.first, damage: 'reordered' }
    if (state.first && (state.gap === null || state.first.damage === 'reordered')) break
  }
  at += 1
  const first = state.first ?? (ended ? null : found('unreadable'))
  return {
    ok: first === null,
    tenant,
    key: key === null ? null : fingerprintOf(key),
    changes,
    checkpoints: Math.max(0, checkpoints - (ended ? 1 : 0)),
    erased,
    from,
    until,
    first,
  }
}

/** Does the row that seemed to be missing stand further below? */
function isLater(text: string, number: number): boolean {
  if (!text.includes(`"number":${number},`)) return false
  try {
    const line: unknown = JSON.parse(text)
    return isObject(line) && line.number === number && 'change' in line
  } catch {
    return false
  }
}
