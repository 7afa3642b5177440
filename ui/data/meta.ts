// The meta as screens use it: known before any of them shows, and the small questions they ask of it.
import type { EntityMeta, FieldMeta, Meta, Page } from '@yingzao/kernel/entity'
import { createContext, useContext } from 'react'

const MetaContext = createContext<Meta | null>(null)
export const MetaProvider = MetaContext

/** The meta; the frame has loaded it before anything that calls this is shown. */
export function useMeta(): Meta {
  const meta = useContext(MetaContext)
  if (!meta) throw new Error('useMeta outside the frame')
  return meta
}

export const entityOf = (meta: Meta, name: string): EntityMeta | undefined =>
  meta.entities.find(entity => entity.name === name)

export const fieldOf = (entity: EntityMeta, name: string): FieldMeta | undefined =>
  entity.fields.find(field => field.name === name)

/** What a field points at: `user` and `org_unit` are entities too. */
export const targetOf = (field: FieldMeta): string | null =>
  field.kind === 'ref' || field.kind === 'multi_ref'
    ? field.to
    : field.kind === 'user' || field.kind === 'org_unit'
      ? field.kind
      : null

/** The record's name where it is shown: its title field, else its number. Of a reference the name of what it points at. */
export const titleOf = (
  entity: EntityMeta,
  record: Readonly<Record<string, unknown>>,
  refs: Page['refs'] = {},
): string => {
  const title = record[entity.title]
  const field = fieldOf(entity, entity.title)
  const target = field ? targetOf(field) : null
  if (typeof title === 'string' && title !== '') return target === null ? title : (refs[target]?.[title] ?? '—')
  const number = record.number
  return typeof number === 'string' && number !== '' ? number : '—'
}
