// The registry: every declaration and registration, found once at boot, checked, printable.
import type {
  Entity,
  FieldDef,
  Flow,
  Label,
  Ledger,
  Limit,
  Metric,
  Module,
  Role,
  ScopeKind,
} from '@yingzao/kernel/entity'
import type { Check, CompiledPosting } from './ledgers/compile.ts'
import type { CompiledMetric } from './metrics/compile.ts'
import type { Compiled, Shape } from './registry/shape.ts'
import type { Report } from './report.ts'
import type { ActionHandler, FileKeeper, Handler, Hooks, Job, PowerTable, Teller, WorkTime } from './serve.ts'

/** A value the loader found, and in which file. */
export interface Found<T> {
  readonly value: T
  readonly file: string
}
/** Who declared it and where. */
export interface Declared {
  readonly module: string
  readonly file: string
}
/** A rename or removal that a module asks for: `migrations/NNN-name.sql`. */
export interface Migration extends Declared {
  readonly name: string
  readonly sql: string
}

export interface Registry {
  /** In order: a module comes after those it needs. */
  readonly modules: ReadonlyMap<string, Module & { readonly file: string }>
  readonly entities: ReadonlyMap<string, Entity & Declared>
  /** The entities as the store works with them. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly ledgers: ReadonlyMap<string, Ledger & Declared>
  readonly limits: ReadonlyMap<string, Limit & Declared>
  readonly flows: ReadonlyMap<string, Flow & Declared>
  /** By document, compiled. */
  readonly postings: ReadonlyMap<string, readonly CompiledPosting[]>
  /** By ledger, compiled. */
  readonly checks: ReadonlyMap<string, readonly Check[]>
  readonly metrics: ReadonlyMap<string, Metric & Declared>
  /** By name, compiled. */
  readonly numbers: ReadonlyMap<string, CompiledMetric>
  readonly roles: ReadonlyMap<string, Role & Declared>
  readonly scopes: ReadonlyMap<'project', ScopeKind & Declared>
  /** Messages by full code: `project.closed`. */
  readonly refusals: ReadonlyMap<string, Label & Declared>
  readonly migrations: readonly Migration[]
  /** By `entity.verb`. */
  readonly handlers: ReadonlyMap<string, Handler & { readonly file: string }>
  readonly actions: ReadonlyMap<string, ActionHandler & { readonly file: string }>
  /** What inputs of verbs, actions and jobs start from, by their field. */
  readonly inputDefaults: ReadonlyMap<FieldDef, Compiled['run']>
  /** By entity, in the order in which they run: module order, then file name. */
  readonly hooks: ReadonlyMap<string, readonly (Hooks & { readonly file: string })[]>
  readonly jobs: ReadonlyMap<string, Job & { readonly file: string }>
  /** By the action whose answer they lay out. */
  readonly reports: ReadonlyMap<string, Report & { readonly file: string }>
  /** One or none. */
  readonly workTimes: ReadonlyMap<string, WorkTime & { readonly file: string }>
  /** One or none. */
  readonly fileKeepers: ReadonlyMap<string, FileKeeper & { readonly file: string }>
  /** One or none. */
  readonly powerTables: ReadonlyMap<string, PowerTable & { readonly file: string }>
  /** One or none. */
  readonly tellers: ReadonlyMap<string, Teller & { readonly file: string }>
}

/** A shape that must exist: names come from declarations checked at boot, or from a client (then `record.unknown_entity` was refused before). */
export function shapeOf(registry: Registry, name: string): Shape {
  const shape = registry.shapes.get(name)
  if (!shape) throw new Error(`no entity "${name}" in the registry`)
  return shape
}
