// Seeded random numbers that can be drawn again: a stream is named by a seed, a name and a block, never by what came before it.
//
// Each stream is a xoroshiro64** generator (Blackman and Vigna 2018) whose two words of state are hashed from its name. A
// simulation that adds a task, or that is cut over several workers, therefore draws the same numbers for every other task.

/** A stream's identity: two well-mixed 32-bit words. */
export interface StreamName {
  readonly high: number
  readonly low: number
}

/** Final mixing of MurmurHash3: every bit of the input reaches every bit of the output. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hashText(text: string, start: number): number {
  let h = start
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h)
}

/** Names a stream. `seed` may be any number; its integer part up to 2⁵³ counts. */
export function streamName(seed: number, name: string): StreamName {
  const whole = Number.isFinite(seed) ? Math.trunc(seed) : 0
  const low = mix(whole % 0x100000000)
  const high = mix(Math.floor(whole / 0x100000000) + 0x632be5ab)
  return { high: mix(hashText(name, 0x811c9dc5 ^ high) ^ low), low: mix(hashText(name, 0x9e3779b9 ^ low) + high) }
}

/** The name of one block of a stream: block b of a stream is independent of its other blocks. */
export function blockOf(name: StreamName, block: number): StreamName {
  const step = mix(Math.imul(block + 1, 0x9e3779b1))
  return { high: mix(name.high + step), low: mix(name.low ^ Math.imul(step, 0x85157af5)) }
}

/**
 * Fills `out[offset … offset + count)` with uniform numbers strictly between 0 and 1 (multiples of 2⁻³² plus half a step).
 * The same name gives the same numbers; a longer fill begins with the shorter one.
 */
export function fillUniform(name: StreamName, out: Float64Array, offset: number, count: number): void {
  let a = name.high | 0
  let b = name.low | 0
  if ((a | b) === 0) a = 0x1a2b3c4d
  for (let k = offset; k < offset + count; k++) {
    const product = Math.imul(a, 0x9e3779bb)
    const result = Math.imul((product << 5) | (product >>> 27), 5)
    b ^= a
    a = ((a << 26) | (a >>> 6)) ^ b ^ (b << 9)
    b = (b << 13) | (b >>> 19)
    out[k] = ((result >>> 0) + 0.5) * 2.3283064365386963e-10
  }
}

/** One uniform number at a time, for code that is not hot. */
export function uniformSource(name: StreamName): () => number {
  const buffer = new Float64Array(256)
  let at = buffer.length
  let block = 0
  return () => {
    if (at === buffer.length) {
      fillUniform(blockOf(name, block++), buffer, 0, buffer.length)
      at = 0
    }
    return buffer[at++]!
  }
}

/** A source by seed and name: `source(7, 'bootstrap')` yields the same numbers everywhere, always. */
export const source = (seed: number, name: string): (() => number) => uniformSource(streamName(seed, name))
