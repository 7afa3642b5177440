// Reads JSON bodies: depth-limited, without prototype keys and NUL characters, in linear time.
import { refuse } from '@yingzao/kernel/refuse'

export const DEEPEST = 40

/** Parses a body. Refuses `http.bad_json`, `http.json_deep`, `http.nul`. */
export function parseJson(text: string): unknown {
  demandShallow(text)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refuse('http.bad_json', { reason: error instanceof Error ? error.message.slice(0, 200) : '' })
  }
  // Rare letters in the text decide whether the value needs a walk at all.
  if (text.includes('__proto__') || text.includes('constructor') || text.includes('\\u')) demandHarmless(value)
  return value
}

function demandShallow(text: string): void {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === 0x22) {
      // To the closing quote; an escaped sign is skipped.
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++
    } else if (sign === 0x5b || sign === 0x7b) {
      if (++depth > DEEPEST) throw refuse('http.json_deep', { depth: DEEPEST })
    } else if (sign === 0x5d || sign === 0x7d) depth--
  }
}

function demandHarmless(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000')) throw refuse('http.nul')
  } else if (Array.isArray(value)) {
    for (const each of value) demandHarmless(each)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      if (key === '__proto__' || key === 'constructor' || key.includes('\u0000'))
        throw refuse('http.bad_json', { reason: `key ${JSON.stringify(key)}` })
      demandHarmless(each)
    }
  }
}
