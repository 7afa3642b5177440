// A compiled formula's text as a fragment of a larger statement.
import { type RawBuilder, sql } from 'kysely'

/** Text with `$1` and `\0 0 \0` marks → a fragment with the values in place. */
export function spliced(text: string, values: readonly unknown[], parts: readonly unknown[] = []): RawBuilder<unknown> {
  const pieces = text.split(/\$(\d+)|\0(\d+)\0/)
  const strings: string[] = []
  const inserted: unknown[] = []
  for (let at = 0; at < pieces.length; at += 3) {
    strings.push(pieces[at] ?? '')
    const [placeholder, part] = [pieces[at + 1], pieces[at + 2]]
    if (placeholder !== undefined) inserted.push(values[Number(placeholder) - 1])
    else if (part !== undefined) inserted.push(parts[Number(part)])
  }
  return sql(Object.assign(strings, { raw: strings }), ...inserted)
}
