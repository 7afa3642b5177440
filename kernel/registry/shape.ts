// An entity as the store works with it: its fields with their columns, its lines, what is sortable, unique, searched.

import type { Ast, Environment, Scope, Value } from '@yingzao/engines/formula'
import type { EntityDef, FieldDef, Json, Label } from '@yingzao/kernel/entity'

export interface Compiled {
  readonly source: string
  readonly ast: Ast
  readonly environment: Environment
  readonly run: (scope: Scope) => Value
  readonly uses: readonly string[]
  /** Fields it reads of other records, by their entity; empty for one that stays within its record. */
  readonly reaches: ReadonlyMap<string, readonly string[]>
}
export interface ComputedField extends Compiled {
  readonly field: FieldShape
}
export interface ConditionSet {
  readonly rules: readonly { readonly name: string; readonly message: Label; readonly check: Compiled }[]
  /** Fields that apply only while their condition is true. */
  readonly when: ReadonlyMap<string, Compiled>
  /** Verbs and transitions, by name. */
  readonly verbs: ReadonlyMap<string, Compiled>
  readonly defaults: ReadonlyMap<string, Compiled>
  /** When a tell tells, by its name. */
  readonly tells: ReadonlyMap<string, Compiled>
  /** Of which records a guest's confirmation is asked; null: of all. */
  readonly guests: Compiled | null
  /** Of which documents the approval is asked; null: of all. */
  readonly approval: Compiled | null
  /** What a reference may point at, over the fields of its target. */
  readonly targets: ReadonlyMap<string, Compiled>
}

export interface FieldShape {
  readonly name: string
  readonly def: FieldDef
  /** Null for lines and multi_ref, which have a table of their own. */
  readonly column: string | null
  /** Made by the store (created_at, state, …); always readable with the record, never written by a client. */
  readonly system: boolean
  /** Fields are granted by group. */
  readonly group: string
}
export interface LinesShape {
  readonly field: string
  readonly of: Shape
}
export interface UniqueShape {
  readonly index: string
  readonly fields: readonly string[]
}

export interface Shape {
  readonly name: string
  readonly module: string
  readonly file: string
  readonly def: EntityDef
  readonly kind: EntityDef['kind']
  /** System fields first, then as declared. */
  readonly fields: ReadonlyMap<string, FieldShape>
  readonly lines: readonly LinesShape[]
  /** Of an entity of kind line: where it hangs. */
  readonly parent: { readonly entity: string; readonly field: string } | null
  readonly uniques: readonly UniqueShape[]
  /** Fields whose order an index gives; on a large table only these sort. */
  readonly sortable: ReadonlySet<string>
  /** Text that search looks through. */
  readonly searched: readonly string[]
  /** In an order in which each may use those before it. */
  computed: readonly ComputedField[]
  conditions: ConditionSet
}

const label = (zh: string, en: string) => ({ zh, en })
const states = {
  draft: label('草稿', 'Draft'),
  pending: label('审批中', 'Pending'),
  effective: label('已生效', 'Effective'),
  rejected: label('已驳回', 'Rejected'),
  reversed: label('已红冲', 'Reversed'),
  void: label('已作废', 'Void'),
  closed: label('已关闭', 'Closed'),
}

/** The fields that the store itself keeps, in the words that filters, sorts and screens use. */
export function systemFields(def: EntityDef, entity: string): Record<string, FieldDef> {
  if (def.kind === 'line') return {}
  return {
    created_at: { kind: 'instant', label: label('创建时间', 'Created at'), system: true, quiet: true },
    created_by: { kind: 'user', label: label('创建人', 'Created by'), system: true, quiet: true },
    updated_at: { kind: 'instant', label: label('修改时间', 'Changed at'), system: true, quiet: true },
    updated_by: { kind: 'user', label: label('修改人', 'Changed by'), system: true, quiet: true },
    ...(def.stages ? { stage: stageField(def.stages) } : {}),
    ...(def.kind === 'document'
      ? {
          number: { kind: 'serial', label: label('单号', 'Number'), system: true } satisfies FieldDef,
          state: {
            kind: 'choice',
            label: label('状态', 'State'),
            options: states,
            system: true,
          } satisfies FieldDef,
          effective_at: {
            kind: 'instant',
            label: label('生效时间', 'Effective at'),
            system: true,
            quiet: true,
          } satisfies FieldDef,
          void_reason: {
            kind: 'long_text',
            label: label('作废原因', 'Reason of the void'),
            system: true,
            quiet: true,
          } satisfies FieldDef,
          reverses: {
            kind: 'ref',
            to: entity,
            label: label('红冲原单', 'Reverses'),
            system: true,
            quiet: true,
          } satisfies FieldDef,
        }
      : {}),
  }
}
const stageField = (stages: NonNullable<EntityDef['stages']>): FieldDef => ({
  kind: 'choice',
  label: label('阶段', 'Stage'),
  system: true,
  options: Object.fromEntries(
    Object.entries(stages).map(([name, stage]) => [
      name,
      stage.tone ? { ...stage.label, tone: stage.tone } : stage.label,
    ]),
  ),
})

const tableKinds: ReadonlySet<string> = new Set(['lines', 'multi_ref'])
/** Kinds whose order means something to a reader. */
const unsorted: ReadonlySet<string> = new Set([
  'lines',
  'multi_ref',
  'multi_choice',
  'file',
  'json',
  'secret',
  'long_text',
])
const searchedKinds: ReadonlySet<string> = new Set(['text', 'long_text', 'serial'])

/** Never written by a client. */
export const isReadOnly = (def: FieldDef): boolean =>
  def.formula !== undefined || def.system === true || def.projected === true || def.kind === 'serial'
/** The entity a field points at, if it points at one. */
export const targetOf = (def: FieldDef): string | null =>
  def.kind === 'ref' || def.kind === 'multi_ref'
    ? def.to
    : def.kind === 'user'
      ? 'user'
      : def.kind === 'org_unit'
        ? 'org_unit'
        : null

/** What the records of an entity are part of: binned and restored with it. At most one, checked at boot. */
export function wholeOf({ fields }: Pick<Shape, 'fields'>): { readonly entity: string; readonly field: string } | null {
  for (const { name, def } of fields.values())
    if (def.kind === 'ref' && def.onDelete === 'with') return { entity: def.to, field: name }
  return null
}

/** The value a field has while nobody gave one. */
export const emptyOf = (def: FieldDef): Json =>
  def.kind === 'flag'
    ? false
    : def.kind === 'multi_choice' || def.kind === 'multi_ref' || def.kind === 'file' || def.kind === 'lines'
      ? []
      : null

export function fieldShapes(def: EntityDef, entity: string): Map<string, FieldShape> {
  const fields = new Map<string, FieldShape>()
  for (const [name, field] of Object.entries(systemFields(def, entity)))
    fields.set(name, { name, def: field, column: name, system: true, group: 'basic' })
  for (const [name, field] of Object.entries(def.fields))
    fields.set(name, {
      name,
      def: field,
      column: tableKinds.has(field.kind) ? null : name,
      system: false,
      group: field.group ?? (name.startsWith('x_') ? name : 'basic'),
    })
  return fields
}

export function sortableFields(def: EntityDef, fields: ReadonlyMap<string, FieldShape>): Set<string> {
  const sortable = new Set<string>()
  if (def.kind === 'line') return sortable
  for (const name of ['created_at', 'updated_at', 'stage', 'number', 'state']) if (fields.has(name)) sortable.add(name)
  for (const { name, def: field } of fields.values())
    if (!unsorted.has(field.kind) && (field.indexed || field.unique || field.kind === 'serial')) sortable.add(name)
  for (const [first, second] of def.indexes ?? []) if (first && second === undefined) sortable.add(first)
  return sortable
}

export const searchedFields = (fields: ReadonlyMap<string, FieldShape>): string[] =>
  [...fields.values()]
    .filter(field => searchedKinds.has(field.def.kind) && field.name !== 'void_reason')
    .map(field => field.name)
