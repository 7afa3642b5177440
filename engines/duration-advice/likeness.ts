// How alike two pieces of work are: the weighed words of their names, then of what they belong to and who does them.
import { wordsOf } from './words.ts'

export interface Named {
  readonly name: string
  /** What it is part of: the name of its summary. */
  readonly parent: string | null
  readonly resources: readonly string[]
}

export interface Alike {
  readonly at: number
  /** 0–1. */
  readonly likeness: number
}

/** What each part of a description says at most. */
const NAME = 0.8
const PARENT = 0.12
const RESOURCE = 0.08
/** A word that stands in more names than this tells nothing apart and would only cost time. */
const COMMON = 0.4

/** Weighs rare words more (inverse document frequency) and finds, for a description, everything that shares a word of its name. */
export function likenessAmong(known: readonly Named[]): (asked: Named) => Alike[] {
  const words = known.map(each => wordsOf(each.name))
  const counts = new Map<string, number>()
  for (const list of words) for (const word of list) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weight = (word: string): number => Math.log(1 + (known.length + 1) / ((counts.get(word) ?? 0) + 1))
  const length = (list: readonly string[]): number => Math.hypot(...list.map(weight))
  const lengths = words.map(length)
  const places = new Map<string, number[]>()
  words.forEach((list, at) => {
    for (const word of list) {
      const found = places.get(word)
      if (found) found.push(at)
      else places.set(word, [at])
    }
  })
  const parents = known.map(each => new Set(each.parent === null ? [] : wordsOf(each.parent)))
  const resources = known.map(each => new Set(each.resources))
  // Once a name is common everywhere, its few words are all that there is to go by.
  const tells = (word: string) => known.length < 50 || (counts.get(word) ?? 0) <= COMMON * known.length

  return asked => {
    const own = wordsOf(asked.name)
    const telling = own.filter(tells)
    const products = new Map<number, number>()
    for (const word of telling.length > 0 ? telling : own) {
      const square = weight(word) ** 2
      for (const at of places.get(word) ?? []) products.set(at, (products.get(at) ?? 0) + square)
    }
    const size = length(own)
    const parent = asked.parent === null ? [] : wordsOf(asked.parent)
    const found: Alike[] = []
    for (const [at, product] of products) {
      const cosine = Math.min(1, product / Math.max(1e-9, size * lengths[at]!))
      // A part that one side lacks says nothing: the name then speaks for it too.
      let all = NAME
      let said = NAME * cosine
      for (const [says, share] of [
        [PARENT, shared(parent, parents[at]!)],
        [RESOURCE, shared(asked.resources, resources[at]!)],
      ] as const) {
        if (share === null) continue
        all += says
        said += says * share
      }
      found.push({ at, likeness: said / all })
    }
    return found.sort((a, b) => b.likeness - a.likeness || a.at - b.at)
  }
}

/** Share of common members (Jaccard); null when one of them has none. */
function shared(one: readonly string[], other: ReadonlySet<string>): number | null {
  if (one.length === 0 || other.size === 0) return null
  const common = one.filter(each => other.has(each)).length
  return common / (one.length + other.size - common)
}
