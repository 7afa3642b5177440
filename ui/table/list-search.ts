// The list's state in the address: what is filtered, sorted and grouped can be sent to a colleague as a link.
import type { Filter, Json } from '@yingzao/kernel/entity'
import { LOOKS, type Look } from '../view/look.ts'

export type Filters = Readonly<Record<string, Filter>>
export interface ListSearch {
  /** Id of a saved view. */
  readonly view?: string
  readonly q?: string
  readonly filter?: Filters
  readonly sort?: readonly string[]
  readonly group?: string
  readonly bin?: true
  /** A board or a calendar instead of the table. */
  readonly look?: Look
  /** The date a calendar goes by, and its month. */
  readonly dates?: string
  readonly month?: string
}

const operators = ['eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge', 'contains', 'empty'] as const
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isJson = (value: unknown): value is Json =>
  value === null ||
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every(isJson)) ||
  (isObject(value) && Object.values(value).every(isJson))

function readFilter(value: unknown): Filter | null {
  if (!isObject(value)) return null
  const kept = Object.entries(value).filter(([name, given]) => operators.some(each => each === name) && isJson(given))
  if (kept.length === 0) return null
  const { contains, empty, in: among, ...rest } = Object.fromEntries(kept)
  return {
    ...(isObject(rest) ? rest : {}),
    ...(typeof contains === 'string' ? { contains } : {}),
    ...(typeof empty === 'boolean' ? { empty } : {}),
    ...(Array.isArray(among) ? { in: among.filter(isJson) } : {}),
  }
}

/** Reads what an address says; anything malformed is left out rather than refused. */
export function readListSearch(search: Record<string, unknown>): ListSearch {
  const { view, q, sort, group, bin, look, dates, month } = search
  const known = LOOKS.find(each => each === look)
  const filter: Record<string, Filter> = {}
  if (isObject(search.filter))
    for (const [name, value] of Object.entries(search.filter)) {
      const read = readFilter(value)
      if (read) filter[name] = read
    }
  return {
    ...(typeof view === 'string' ? { view } : {}),
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(isObject(search.filter) ? { filter } : {}),
    ...(Array.isArray(sort) ? { sort: sort.filter((each): each is string => typeof each === 'string') } : {}),
    ...(typeof group === 'string' ? { group } : {}),
    ...(bin === true ? { bin } : {}),
    ...(known ? { look: known } : {}),
    ...(typeof dates === 'string' ? { dates } : {}),
    ...(typeof month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(month) ? { month } : {}),
  }
}
