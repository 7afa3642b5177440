// 单位查重: names that probably mean the same company, however they were typed. Pure.

export interface Alike {
  readonly a: number
  readonly b: number
  /** 0–1; 1 = the same but for legal forms, brackets, spaces and width. */
  readonly likeness: number
}

/** Legal forms and fillers that do not tell two companies apart. */
const FILLERS =
  /(股份有限公司|有限责任公司|有限公司|责任公司|分公司|公司|集团|\b(?:co|ltd|inc|llc|corp|company|limited)\b)/g
/** Beyond this a name is alike; below, two companies of one city and trade would already be. */
export const LEAST_LIKENESS = 0.8

/** Width, case, brackets, spaces and legal forms taken away. A name of nothing else stays as it is. */
export function coreOf(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase()
  const core = plain.replaceAll(FILLERS, ' ').replaceAll(/[\s()[\]{}<>《》【】（）·.,，、。\-_'"“”&]/gu, '')
  return core === '' ? plain.replaceAll(/\s/g, '') : core
}

/** A name of hundreds of letters is told by its beginning. */
const LONGEST = 60

/** Neighbouring letters, by which candidates are found. */
const pairsOf = (letters: readonly string[]): ReadonlySet<string> =>
  new Set(letters.length < 2 ? letters : letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`))

const lettersOf = (name: string): readonly string[] => [...coreOf(name)].slice(0, LONGEST)

/** How much of both is a common run of letters in order, gaps allowed: 恒信混凝土 is all of 恒信商品混凝土 but two letters. */
export const likeness = (a: string, b: string): number => shared(lettersOf(a), lettersOf(b))

function shared(left: readonly string[], right: readonly string[]): number {
  if (left.length + right.length === 0) return 1
  let before = new Array<number>(right.length + 1).fill(0)
  for (const letter of left) {
    const row = [0]
    for (const [at, other] of right.entries())
      row.push(letter === other ? (before[at] ?? 0) + 1 : Math.max(before[at + 1] ?? 0, row[at] ?? 0))
    before = row
  }
  return (2 * (before.at(-1) ?? 0)) / (left.length + right.length)
}

/**
 * Pairs of names that are alike, the most alike first. Only names that share a rare pair of letters are compared, so that a
 * register of tens of thousands takes no square of comparisons.
 *
 * @param only compare this name with the others instead of all with all
 */
export function alikeNames(names: readonly string[], only: number | null = null, most = 500): Alike[] {
  const letters = names.map(lettersOf)
  const owners = new Map<string, number[]>()
  for (const [index, each] of letters.entries())
    for (const pair of pairsOf(each)) owners.set(pair, [...(owners.get(pair) ?? []), index].slice(0, COMMON + 1))
  const found: Alike[] = []
  const compared = new Set<number>()
  const compare = (a: number, b: number) => {
    if (a === b || (only !== null && a !== only && b !== only)) return
    const [low, high] = a < b ? [a, b] : [b, a]
    const key = low * names.length + high
    if (compared.has(key)) return
    compared.add(key)
    const value = shared(letters[low] ?? [], letters[high] ?? [])
    if (value >= LEAST_LIKENESS) found.push({ a: low, b: high, likeness: value })
  }
  const same = new Map<string, number>()
  for (const [index, each] of letters.entries()) {
    const core = each.join('')
    const first = same.get(core)
    if (first === undefined) same.set(core, index)
    else compare(first, index)
  }
  if (only === null) {
    for (const list of owners.values())
      if (list.length <= COMMON) for (const [at, a] of list.entries()) for (const b of list.slice(at + 1)) compare(a, b)
  } else for (let other = 0; other < names.length; other++) compare(only, other)
  return found.sort((x, y) => y.likeness - x.likeness || x.a - y.a || x.b - y.b).slice(0, most)
}
/** A pair of letters in more names than this (a city, a trade) tells nothing. */
const COMMON = 30
