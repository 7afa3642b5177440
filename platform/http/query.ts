// Queries as they arrive: checked for shape here; names, rights and types are the record store's matter.
import type { AggregateQuery, Filter, Json, Query } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { demandKeys, isObject, optionalText, wrongInput } from './reply.ts'

type Body = Readonly<Record<string, Json>>

const QUERY_KEYS = ['where', 'filter', 'sort', 'search', 'fields', 'limit', 'after', 'count', 'deleted']

/** POST /{entity}/query. */
export function queryOf(body: Body): Query {
  demandKeys(body, QUERY_KEYS)
  const limit = body.limit
  if (limit !== undefined && (typeof limit !== 'number' || !Number.isInteger(limit) || limit < 1 || limit > 500))
    throw wrongInput('limit', 'must be a whole number from 1 to 500')
  return {
    ...selectionOf(body),
    ...some('sort', textsOf(body, 'sort', 8)),
    ...some('fields', textsOf(body, 'fields', 200)),
    ...some('limit', typeof limit === 'number' ? limit : undefined),
    ...some('after', optionalText(body, 'after', 4000)),
    ...some('count', flagOf(body, 'count')),
    ...some('deleted', flagOf(body, 'deleted')),
  }
}

/** What lists, aggregates and exports have in common. */
function selectionOf(body: Body): Pick<Query, 'where' | 'filter' | 'search'> {
  const filter = body.filter
  if (filter !== undefined && !isObject(filter)) throw wrongInput('filter', 'must be an object of fields')
  return {
    ...some('where', optionalText(body, 'where', 10_000)),
    ...some('search', optionalText(body, 'search', 500)),
    ...some('filter', filter === undefined ? undefined : filtersOf(filter)),
  }
}

const FILTER_KEYS = ['eq', 'ne', 'in', 'lt', 'le', 'gt', 'ge', 'contains', 'empty']

function filtersOf(filter: Body): Readonly<Record<string, Filter>> {
  return Object.fromEntries(
    Object.entries(filter).map(([field, conditions]) => {
      const path = `filter.${field}`
      if (!isObject(conditions)) throw wrongInput(path, `must be an object such as { "eq": … }`)
      demandKeys(conditions, FILTER_KEYS)
      if (conditions.in !== undefined && !(Array.isArray(conditions.in) && conditions.in.length <= 1000))
        throw wrongInput(`${path}.in`, 'must be a list of at most 1000 values')
      const empty = flagOf(conditions, 'empty')
      const contains = optionalText(conditions, 'contains', 500)
      const { empty: _, contains: __, in: among, ...rest } = conditions
      return [
        field,
        {
          ...rest,
          ...some('in', Array.isArray(among) ? among : undefined),
          ...some('empty', empty),
          ...some('contains', contains),
        },
      ]
    }),
  )
}

/** GET /{entity}: the same query in the address; lists by comma, the filter as JSON. */
export function queryOfAddress(query: unknown): Query {
  const given = isObject(query) ? query : {}
  const body: Record<string, Json> = {}
  for (const [key, value] of Object.entries(given)) {
    if (typeof value !== 'string') throw wrongInput(key.slice(0, 80), 'is given twice')
    if (key === 'sort' || key === 'fields') body[key] = value.split(',').filter(Boolean)
    else if (key === 'limit') body[key] = Number(value)
    else if (key === 'count' || key === 'deleted') body[key] = value === '' || value === 'true' || value === '1'
    else if (key === 'filter') body[key] = jsonOf(value)
    else body[key] = value
  }
  return queryOf(body)
}

function jsonOf(text: string): Json {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch (error) {
    throw refuse('http.bad_json', { reason: error instanceof Error ? error.message.slice(0, 200) : '' })
  }
}

const FUNCTIONS = ['count', 'sum', 'min', 'max', 'avg'] as const

/** POST /{entity}/aggregate. */
export function aggregateOf(body: Body): AggregateQuery {
  demandKeys(body, ['where', 'filter', 'search', 'by', 'measures', 'seen'])
  const { measures } = body
  if (!Array.isArray(measures) || measures.length === 0 || measures.length > 20)
    throw wrongInput('measures', 'must be a list of 1 to 20 measures')
  return {
    ...selectionOf(body),
    ...some('by', textsOf(body, 'by', 5)),
    ...(body.seen === true ? { seen: true } : {}),
    measures: measures.map((measure, index) => {
      const path = `measures.${index}`
      if (!isObject(measure)) throw wrongInput(path, 'must be an object { "fn": …, "field": … }')
      demandKeys(measure, ['fn', 'field'])
      const fn = FUNCTIONS.find(each => each === measure.fn)
      if (!fn) throw wrongInput(`${path}.fn`, `must be one of ${FUNCTIONS.join(', ')}`)
      return { fn, ...some('field', optionalText(measure, 'field', 100)) }
    }),
  }
}

/** What an export takes over from the list: everything but pages. */
export function exportOf(body: Body): Query {
  demandKeys(body, ['where', 'filter', 'search', 'sort', 'fields'])
  return queryOf(body)
}

function textsOf(body: Body, path: string, most: number): readonly string[] | undefined {
  const value = body[path]
  if (value === undefined) return undefined
  if (!Array.isArray(value) || value.length > most) throw wrongInput(path, `must be a list of at most ${most} texts`)
  return value.map(each => {
    if (typeof each !== 'string' || each.length > 200) throw wrongInput(path, 'must hold texts')
    return each
  })
}

function flagOf(body: Body, path: string): boolean | undefined {
  const value = body[path]
  if (value !== undefined && typeof value !== 'boolean') throw wrongInput(path, 'must be true or false')
  return value
}

const some = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]: V })
