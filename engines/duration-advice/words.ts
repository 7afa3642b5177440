// The words by which two names are alike: pairs of Chinese letters, and English words without their endings.

/** Small words that stand in any name. */
const EMPTY = new Set(['the', 'of', 'and', 'for', 'to', 'in', 'on', 'at', 'a', 'an', 'by', 'with', 'no'])
const LONGEST = 500

/**
 * Each word once, in the order of the name. Numbers are left out ("3 层混凝土" is work like "7 层混凝土"); of a run of
 * Chinese letters the pairs, of a single one the letter.
 */
export function wordsOf(name: string): string[] {
  const found = new Set<string>()
  for (const [run] of name
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .matchAll(/\p{Script=Han}+|[a-z]+/gu)) {
    if (/^[a-z]/.test(run)) {
      const word = stem(run)
      if (word.length > 1 && !EMPTY.has(word)) found.add(word)
    } else if (run.length === 1) found.add(run)
    else for (let i = 0; i + 1 < run.length; i++) found.add(run.slice(i, i + 2))
  }
  return [...found]
}

/** "testing", "tested", "tests" → "test": light, so that no two words of different meaning fall together. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3)
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1)
  return word
}
