// Sets of rows, as data: which rows of an entity somebody may reach. United, intersected and compared before they become SQL.

/** One condition on a row. */
export type Atom =
  | { readonly is: 'in'; readonly column: string; readonly ids: readonly string[] }
  /** The row's project (or other place) belongs to one of the ids. */
  | {
      readonly is: 'through'
      readonly column: string
      readonly entity: string
      readonly inner: string
      readonly ids: readonly string[]
    }
  /** An expiring right to this one record; `field`: by what the grant says of it. Null: whatever it says. */
  | { readonly is: 'delegated'; readonly user: string; readonly fn: string; readonly field: DelegatedField | null }

export interface DelegatedField {
  /** The field and its group: the first that the grant names decides. */
  readonly names: readonly string[]
  /** Where it names neither. */
  readonly otherwise: 'read' | 'hidden'
}

/** All of its atoms hold. */
export type Branch = readonly Atom[]
/** `all`, or the rows of any branch; no branch = no row. */
export type Rows = 'all' | readonly Branch[]

export const none: Rows = []
export const isNone = (rows: Rows): boolean => rows !== 'all' && rows.length === 0
export const among = (column: string, ids: readonly string[]): Rows =>
  ids.length === 0 ? none : [[{ is: 'in', column, ids }]]

/** The rows of any of them; conditions on the same column become one, so that equal sets look equal. */
export function unite(sets: readonly Rows[]): Rows {
  const lists = new Map<string, { atom: Extract<Atom, { ids: readonly string[] }>; ids: Set<string> }>()
  const others = new Map<string, Branch>()
  for (const set of sets) {
    if (set === 'all') return 'all'
    for (const branch of set) {
      const [atom, second] = branch
      if (!atom) return 'all'
      if (second === undefined && atom.is !== 'delegated') {
        const key = atom.is === 'in' ? atom.column : `${atom.column}>${atom.entity}.${atom.inner}`
        const list = lists.get(key) ?? { atom, ids: new Set() }
        for (const id of atom.ids) list.ids.add(id)
        lists.set(key, list)
      } else others.set(JSON.stringify(branch), branch)
    }
  }
  const merged = [...lists]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { atom, ids }]) => [{ ...atom, ids: [...ids].sort() }])
  const covered = new Map(
    merged.flatMap(([atom]) => (atom?.is === 'in' ? [[atom.column, new Set(atom.ids)] as const] : [])),
  )
  // A branch that narrows rows which are reached anyway adds nothing.
  const rest = [...others]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, branch]) => branch)
    .filter(branch => !branch.some(atom => atom.is === 'in' && atom.ids.every(id => covered.get(atom.column)?.has(id))))
  return [...merged, ...rest]
}

/** The rows of both. */
export function intersect(a: Rows, b: Rows): Rows {
  if (a === 'all') return b
  if (b === 'all') return a
  return unite(a.flatMap(left => b.map(right => both(left, right))))
}

function both(left: Branch, right: Branch): Rows {
  const atoms: Atom[] = [...left]
  for (const atom of right) {
    const at = atoms.findIndex(each => each.is === 'in' && atom.is === 'in' && each.column === atom.column)
    const same = atoms[at]
    if (same?.is === 'in' && atom.is === 'in') {
      const ids = same.ids.filter(id => atom.ids.includes(id))
      if (ids.length === 0) return none
      atoms[at] = { ...same, ids }
    } else if (!atoms.some(each => JSON.stringify(each) === JSON.stringify(atom))) atoms.push(atom)
  }
  return [atoms]
}

/** Equal keys = equal sets (two different keys may still be equal sets; whoever asks must then assume the worse). */
export const keyOf = (rows: Rows): string => JSON.stringify(rows)
