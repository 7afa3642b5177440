// What a list shows: the address over the saved view over the declared view over a sensible start.
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EntityMeta, FieldMeta, Json, Query } from '@yingzao/kernel/entity'
import type { SavedView } from '@yingzao/platform/client'
import { useViews } from '@yingzao/platform/client/react'
import { useCallback, useMemo, useState } from 'react'
import { useMeta } from '../data/meta.ts'
import { allFields, anyField } from '../field/system.ts'
import { type Look, looksOf, spans } from '../view/look.ts'
import type { Filters, ListSearch } from './list-search.ts'
import { readListSearch } from './list-search.ts'

export interface ColumnState {
  readonly name: string
  readonly width?: number
}
export interface ListState {
  readonly columns: readonly ColumnState[]
  readonly q: string
  readonly filter: Filters
  readonly sort: readonly string[]
  readonly group: string | null
  readonly where: string | null
  readonly bin: boolean
  readonly look: Look
  /** The date the calendar goes by; its month, null for the present one. */
  readonly dates: string | null
  readonly month: string | null
}

/** Kinds that do not fit a cell well enough to be shown unasked. */
const wide = new Set(['lines', 'json', 'long_text', 'file', 'multi_ref', 'secret'])

/** Columns of a list nobody has declared: name first, then what is short, at most eight. */
function startColumns(entity: EntityMeta): readonly string[] {
  const short = allFields(entity).filter(field => !field.quiet && !wide.has(field.kind))
  const front = short.filter(field => field.name === 'number' || field.kind === 'serial' || field.name === entity.title)
  return [...front, ...short.filter(field => !front.includes(field))].slice(0, 8).map(field => field.name)
}

const declaredTable = (entity: EntityMeta) => Object.values(entity.views ?? {}).find(view => view.kind === 'table')

/** Of a group: the company stands right behind what names the row (the title, else the first column), not where nobody looks. */
function companyEarly(entity: EntityMeta, columns: readonly string[]): readonly string[] {
  const company = entity.place?.company
  if (company === undefined || company === entity.title || !anyField(entity, company)) return columns
  const rest = columns.filter(name => name !== company)
  const at = Math.max(0, rest.indexOf(entity.title)) + 1
  return [...rest.slice(0, at), company, ...rest.slice(at)]
}

function startState(entity: EntityMeta, group: boolean): Omit<ListState, 'bin' | 'q' | 'month'> {
  const view = declaredTable(entity)
  const columns = (view?.columns ?? startColumns(entity)).filter(name => anyField(entity, name))
  return {
    columns: (group ? companyEarly(entity, columns) : columns).map(name => ({ name })),
    filter: {},
    sort: view?.sort ?? [],
    group: view?.group ?? null,
    where: view?.where ?? null,
    look: 'table',
    dates: spans(entity)[0]?.from.name ?? null,
  }
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readColumns(value: Json | undefined): readonly ColumnState[] | null {
  if (!Array.isArray(value)) return null
  return value.flatMap(each =>
    isObject(each) && typeof each.name === 'string'
      ? [{ name: each.name, ...(typeof each.width === 'number' ? { width: each.width } : {}) }]
      : [],
  )
}

/** A saved view as far as it still fits the entity. */
function readSaved(entity: EntityMeta, view: SavedView | undefined): Partial<ListState> {
  if (!view || !isObject(view.state)) return {}
  const { filter, sort, group, q, look, dates } = readListSearch({ ...view.state })
  const columns = readColumns(view.state.columns)?.filter(column => anyField(entity, column.name))
  return {
    ...(columns?.length ? { columns } : {}),
    ...(filter ? { filter } : {}),
    ...(sort ? { sort } : {}),
    ...(q ? { q } : {}),
    ...(look ? { look } : {}),
    ...(dates ? { dates } : {}),
    group: group ?? null,
  }
}

/** An address may ask for a look that this entity, or what its reader may see of it, does not give. */
const lookAt = (entity: EntityMeta, look: Look): Look => (looksOf(entity).includes(look) ? look : 'table')

const layoutKey = (entity: string, view: string | undefined) => `yingzao.columns.${entity}.${view ?? ''}`
function keptColumns(key: string): readonly ColumnState[] | null {
  const text = localStorage.getItem(key)
  if (!text) return null
  try {
    return readColumns(JSON.parse(text))
  } catch {
    return null
  }
}

export interface ListControl {
  readonly state: ListState
  readonly views: readonly SavedView[]
  readonly view: SavedView | undefined
  /** Differs from the view it started from. */
  readonly changed: boolean
  set(change: Partial<Pick<ListState, 'q' | 'filter' | 'sort' | 'group' | 'bin' | 'look' | 'dates' | 'month'>>): void
  setColumns(columns: readonly ColumnState[]): void
  openView(id: string | null): void
}

export function useListState(entity: EntityMeta): ListControl {
  const search = useSearch({ from: '/$module/$name' })
  const navigate = useNavigate()
  const { data: views = [] } = useViews(entity.name)
  const view = views.find(each => each.id === search.view)
  const key = layoutKey(entity.name, search.view)
  const [layout, setLayout] = useState<{ key: string; columns: readonly ColumnState[] | null }>(() => ({
    key,
    columns: keptColumns(key),
  }))
  if (layout.key !== key) setLayout({ key, columns: keptColumns(key) })

  const { group } = useMeta().me
  const base = useMemo(
    () => ({ ...startState(entity, group), q: '', bin: false, month: null, ...readSaved(entity, view) }),
    [entity, view, group],
  )
  const state = useMemo<ListState>(() => {
    const kept = layout.columns?.filter(column => anyField(entity, column.name))
    return {
      ...base,
      columns: kept?.length ? kept : base.columns,
      ...(search.q === undefined ? {} : { q: search.q }),
      ...(search.filter === undefined ? {} : { filter: search.filter }),
      ...(search.sort === undefined ? {} : { sort: search.sort }),
      ...(search.group === undefined ? {} : { group: search.group || null }),
      ...(search.dates === undefined ? {} : { dates: search.dates }),
      month: search.month ?? null,
      look: lookAt(entity, search.look ?? base.look),
      bin: search.bin === true,
    }
  }, [base, layout, search, entity])

  const go = useCallback(
    (next: ListSearch) =>
      void navigate({
        to: '/$module/$name',
        params: { module: entity.module, name: entity.name },
        search: next,
        replace: true,
      }),
    [navigate, entity],
  )
  const setColumns = useCallback(
    (columns: readonly ColumnState[]) => {
      localStorage.setItem(key, JSON.stringify(columns))
      setLayout({ key, columns })
    },
    [key],
  )
  return {
    state,
    views,
    view,
    changed:
      layout.columns !== null ||
      search.look !== undefined ||
      search.dates !== undefined ||
      search.filter !== undefined ||
      search.sort !== undefined ||
      search.group !== undefined,
    set: change => {
      const { bin, group, dates, month, ...rest } = change
      const { bin: wasBin, ...before } = search
      const stays = bin ?? wasBin
      go({
        ...before,
        ...rest,
        ...(group === undefined ? {} : { group: group ?? '' }),
        ...(dates ? { dates } : {}),
        ...(month ? { month } : {}),
        ...(stays ? { bin: true } : {}),
      })
    },
    setColumns,
    openView: id => {
      if (id === null) {
        localStorage.removeItem(layoutKey(entity.name, undefined))
        setLayout({ key: layoutKey(entity.name, undefined), columns: null })
      }
      go(id === null ? {} : { view: id })
    },
  }
}

/** The question to the server. Lines and long texts are asked only when a column shows them. */
export function queryOf(entity: EntityMeta, state: ListState): Query {
  const shown = state.columns.map(column => column.name)
  // On a board the group is its lanes: cards keep the list's own order.
  const group = state.look === 'table' ? state.group : null
  const sort = group ? [group, ...state.sort.filter(each => each.replace('-', '') !== group)] : state.sort
  // An address may name fields its reader does not have: they are left out, not asked for.
  const known = (name: string) => anyField(entity, name.replace(/^-/, '')) !== undefined
  const filter = Object.fromEntries(Object.entries(state.filter).filter(([name]) => known(name)))
  const fields = new Set([...shown, entity.title, ...(group ? [group] : [])])
  return {
    fields: [...fields].filter(name => anyField(entity, name)),
    ...(sort.some(known) ? { sort: sort.filter(known) } : {}),
    ...(Object.keys(filter).length ? { filter } : {}),
    ...(state.q.trim() ? { search: state.q.trim() } : {}),
    ...(state.where ? { where: state.where } : {}),
    ...(state.bin ? { deleted: true } : {}),
    limit: 100,
    count: true,
  }
}

/** Figures whose sum means something; unit prices and ratios do not add up. */
export const addsUp = (field: FieldMeta) =>
  field.right !== 'masked' &&
  ((field.kind === 'money' && !/(_rate|_price)$/.test(field.name)) ||
    (field.kind === 'number' && /(_qty|_days|_hours)$/.test(field.name)) ||
    (field.kind === 'duration' && !field.formula))
