// Formula injection: a text that a spreadsheet would evaluate gets an apostrophe before it, and loses it when read back.

/** `=1+1`, `+…`, `-…`, `@…`, tab, CR, and the full-width signs that East Asian editions evaluate too. */
const dangerous = /^'*[=+\-@\t\r＝＋－＠]/

/** Safe to open in any spreadsheet. Reversible: texts that already begin with apostrophes get one more. */
export const guardText = (text: string): string => (dangerous.test(text) ? `'${text}` : text)

/** The text as it was before `guardText`. */
export const unguardText = (text: string): string =>
  text.startsWith("'") && dangerous.test(text.slice(1)) ? text.slice(1) : text
