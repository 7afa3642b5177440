// The parts of a home page in the order somebody gave them; what he never moved stands where it was declared.
export interface Part {
  readonly name: string
  /** Where it stands from the start. */
  readonly place: number
}

/** Kept names first, in their order; what came later goes before the first kept part that is declared to stand after it. */
export function arranged<P extends Part>(parts: readonly P[], order: readonly string[] | null): P[] {
  const declared = [...parts].sort((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))
  if (order === null) return declared
  const known = order.flatMap(name => declared.filter(part => part.name === name))
  for (const part of declared) {
    if (order.includes(part.name)) continue
    const next = known.findIndex(each => each.place > part.place)
    known.splice(next < 0 ? known.length : next, 0, part)
  }
  return known
}

/** One place on or back; the ends stay. */
export function moved(names: readonly string[], name: string, by: 1 | -1): string[] {
  const from = names.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= names.length) return [...names]
  const list = names.filter(each => each !== name)
  list.splice(to, 0, name)
  return list
}
