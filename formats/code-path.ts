// Hierarchical codes as one text: `A.B.C`. A dot may also stand inside one code ("P.C. footings"), so the listed values decide.

/**
 * Where the last code of a path begins its own text.
 *
 * @param listed every value of the field, where its source lists them: a dot divides only behind a listed value;
 *   without a list every dot divides
 * @returns the enclosing path, undefined at the top, and the path's own last code
 */
export function splitPath(path: string, listed: ReadonlySet<string> | undefined): { parent?: string; own: string } {
  for (let cut = path.lastIndexOf('.'); cut > 0; cut = path.lastIndexOf('.', cut - 1)) {
    const parent = path.slice(0, cut)
    if (!listed || listed.has(parent)) return { parent, own: path.slice(cut + 1) }
  }
  return { own: path }
}

/** The set `splitPath` wants, undefined when the field lists no values. */
export const listedValues = (values: readonly { value: string }[] | undefined): ReadonlySet<string> | undefined =>
  values && new Set(values.map(v => v.value))
