// Where items stand while a move is on its way to the server. Pure.
export interface Standing {
  readonly id: string
  readonly sprint: string | null
}
export interface Moving {
  readonly ids: readonly string[]
  readonly sprint: string | null
  /** In front of whom in the whole order; null = last. */
  readonly before: string | null
}

export function arranged<T extends Standing>(items: readonly T[], moving: Moving): readonly T[] {
  const going = new Set(moving.ids)
  const staying = items.filter(each => !going.has(each.id))
  const moved = moving.ids.flatMap(id => items.find(each => each.id === id) ?? [])
  const at = moving.before === null ? -1 : staying.findIndex(each => each.id === moving.before)
  const place = at < 0 ? staying.length : at
  return [
    ...staying.slice(0, place),
    ...moved.map(each => ({ ...each, sprint: moving.sprint })),
    ...staying.slice(place),
  ]
}

/** In front of whom something stands that goes to the end of a section: behind its last, in the order of all. */
export function behindSection(
  items: readonly Standing[],
  sprint: string | null,
  moved: readonly string[],
): string | null {
  const rest = items.filter(each => !moved.includes(each.id))
  const last = rest.findLastIndex(each => each.sprint === sprint)
  return last < 0 ? null : (rest[last + 1]?.id ?? null)
}

/** One place up or down within the section; null where there is none. */
export function stepped(
  items: readonly Standing[],
  id: string,
  direction: -1 | 1,
): { readonly before: string | null } | null {
  const sprint = items.find(each => each.id === id)?.sprint ?? null
  const section = items.filter(each => each.sprint === sprint)
  const at = section.findIndex(each => each.id === id)
  if (direction === -1) {
    const above = section[at - 1]
    return above ? { before: above.id } : null
  }
  if (at < 0 || at === section.length - 1) return null
  const beyond = section[at + 2]
  return { before: beyond ? beyond.id : behindSection(items, sprint, [id]) }
}
