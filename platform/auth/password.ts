// Passwords: the policy, and argon2id hashing with a cap on how many run at once.
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { refuse } from '@yingzao/kernel/refuse'
import type { AuthPolicy } from './policy.ts'
import { runs, weakWords } from './weak-words.ts'

/** OWASP's second choice: 19 MiB, 2 passes, 1 lane; about 70 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const LONGEST = 256

/** What is wrong with a password by itself: codes for messages, in order; empty when it may be used. */
export function weaknesses(
  password: string,
  policy: AuthPolicy['password'],
  personal: readonly string[] = [],
): string[] {
  const found: string[] = []
  const length = [...password].length
  if (length < policy.length) found.push('auth.password_short')
  if (length > LONGEST) found.push('auth.password_long')
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter(each => each.test(password)).length
  if (classes < policy.classes) found.push('auth.password_simple')
  if (isGuessable(password, personal)) found.push('auth.password_common')
  return found
}

function isGuessable(password: string, personal: readonly string[]): boolean {
  const lower = password.toLowerCase()
  if (personal.some(word => word.length >= (/^[ -~]*$/.test(word) ? 4 : 2) && lower.includes(word.toLowerCase())))
    return true
  if (new Set(lower).size < 5) return true
  // Half of it or more is one run along the keyboard.
  for (const run of runs) {
    for (let at = 0; at < lower.length; at++) {
      let end = at + 1
      while (end < lower.length && run.includes(lower.slice(at, end + 1))) end++
      if (end - at >= 4 && (end - at) * 2 >= lower.length) return true
    }
  }
  const cores = [lower, trimmed(lower)]
  const plain = cores.map(text =>
    text.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[$5]/g, 's').replace(/3/g, 'e'),
  )
  const spoken = plain.map(text => text.replace(/[1!]/g, 'i'))
  return [...cores, ...plain, ...spoken].some(
    text => weakWords.has(text.replace(/[^a-z]/g, '')) || weakWords.has(trimmed(text)),
  )
}

/** Without digits and signs at both ends. */
const trimmed = (text: string) => text.replace(/^[^a-z]+|[^a-z]+$/g, '')

/** Refuses a new password that breaks the policy. */
export function demandStrong(password: string, policy: AuthPolicy['password'], personal: readonly string[]): void {
  const found = weaknesses(password, policy, personal)
  if (found.length === 0) return
  const values = { length: policy.length, classes: policy.classes }
  throw refuse(
    'auth.password_weak',
    values,
    found.map(code => ({ path: 'password', code, values })),
  )
}

/** So many at once keep the event loop's threads free for files and names; the rest wait, and a crowd is sent away. */
const width = Math.max(2, Math.min(4, availableParallelism()))
const LONGEST_QUEUE = 64
let running = 0
const waiting: (() => void)[] = []

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= width) {
    if (waiting.length >= LONGEST_QUEUE) throw refuse('rate.busy')
    await new Promise<void>(resolve => waiting.push(resolve))
  }
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password, cost))

/** Compares with a hash, or, for a login nobody has, works just as long and says no. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const against = stored ?? (await decoy())
  // Longer than any password that could have been set: no need to feed megabytes to the hash.
  const right = await inTurn(() => verify(against, password.slice(0, LONGEST * 4)))
  return stored !== undefined && right
}

let decoyHash: Promise<string> | undefined
/** Made at start, so that the first unknown login does not take longer than the second. */
export const decoy = (): Promise<string> => {
  decoyHash ??= hash(randomPassword(), cost)
  return decoyHash
}

/** A password to hand over once: 16 signs without look-alikes, every class present (about 93 bits). */
export function randomPassword(): string {
  const sets = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-+=%']
  const pick = (set: string) => set.charAt(randomInt(set.length))
  const letters = [...sets.map(pick), ...Array.from({ length: 12 }, () => pick(sets.slice(0, 3).join('')))]
  for (let at = letters.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    const kept = letters[at] ?? ''
    letters[at] = letters[other] ?? ''
    letters[other] = kept
  }
  return letters.join('')
}
