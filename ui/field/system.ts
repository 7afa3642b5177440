// Fields every record has besides its own: number, state, stage, who and when. Shown and filtered like any other.
import type { EntityMeta, FieldMeta } from '@yingzao/kernel/entity'
import { stateText } from './state.ts'

const shared = { right: 'read', sortable: true } as const

const trail: readonly FieldMeta[] = [
  { ...shared, name: 'created_at', kind: 'instant', label: { zh: '创建时间', en: 'Created at' }, quiet: true },
  { ...shared, name: 'created_by', kind: 'user', label: { zh: '创建人', en: 'Created by' }, quiet: true },
  { ...shared, name: 'updated_at', kind: 'instant', label: { zh: '更新时间', en: 'Updated at' }, quiet: true },
  { ...shared, name: 'updated_by', kind: 'user', label: { zh: '更新人', en: 'Updated by' }, quiet: true },
]
const number: FieldMeta = { ...shared, name: 'number', kind: 'serial', label: { zh: '编号', en: 'Number' } }
const state: FieldMeta = {
  ...shared,
  name: 'state',
  kind: 'choice',
  label: { zh: '状态', en: 'State' },
  options: stateText,
}
const stageOf = (stages: NonNullable<EntityMeta['stages']>): FieldMeta => ({
  ...shared,
  name: 'stage',
  kind: 'choice',
  label: { zh: '阶段', en: 'Stage' },
  options: Object.fromEntries(
    Object.entries(stages).map(([name, { label, tone }]) => [name, { ...label, tone: tone ?? 'neutral' }]),
  ),
})

const known = new WeakMap<EntityMeta, readonly FieldMeta[]>()

/** Declared fields with the system's around them; one the meta already names is not repeated. */
export function allFields(entity: EntityMeta): readonly FieldMeta[] {
  const cached = known.get(entity)
  if (cached) return cached
  const document = entity.kind === 'document'
  const own = new Map(entity.fields.map(field => [field.name, field]))
  const hasSerial = entity.fields.some(field => field.kind === 'serial')
  const front = [
    ...((document || entity.number) && !hasSerial ? [number] : []),
    ...(document ? [state] : []),
    ...(entity.stages ? [stageOf(entity.stages)] : []),
  ]
  const all = [...front, ...entity.fields, ...trail]
  // A Map keeps the first place and the last value: a declared field wins over the system's of the same name.
  const unique = [...new Map(all.map(field => [field.name, own.get(field.name) ?? field])).values()]
  known.set(entity, unique)
  return unique
}

export const anyField = (entity: EntityMeta, name: string): FieldMeta | undefined =>
  allFields(entity).find(field => field.name === name)
