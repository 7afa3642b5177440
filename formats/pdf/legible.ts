// What the font cannot draw is said in what it can: Noto Sans SC has every character of the common tables and extension A, few of
// extensions B and later, no emoji and no Hangul. Nothing vanishes and nothing is an empty box.

/** Signs of one meaning that people type for one another. */
const alike: Readonly<Record<string, string>> = {
  ...{ '✔': '✓', '✅': '✓', '☑': '✓', '✘': '×', '❌': '×', '✖': '×', '☐': '□', '⬜': '□', '❗': '！', '❓': '？' },
}
/** Joins, marks of direction and choices of a picture: they draw nothing of their own. */
const silent = /^(?:\p{Cf}|\p{Variation_Selector}|\p{Emoji_Modifier})$/u

/** Answers the same letters for whoever has a glyph for them, and for others what stands for them: `𠮷` is `[U+20BB7]`. */
export function legibleWith(has: (codePoint: number) => boolean): (letter: string) => string {
  const known = new Map<string, string>()
  const draws = (text: string) => text !== '' && [...text].every(letter => has(letter.codePointAt(0) ?? 0))
  const standsFor = (letter: string): string => {
    if (draws(letter) || /\s/.test(letter)) return letter
    if (silent.test(letter)) return ''
    const other = alike[letter] ?? letter.normalize('NFKC')
    if (draws(other)) return other
    return `[U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`
  }
  return letter => {
    const found = known.get(letter) ?? standsFor(letter)
    known.set(letter, found)
    return found
  }
}
