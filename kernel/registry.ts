// The registry: every declaration and registration, found once at boot, checked, printable.
import type { Entity, Ledger, Module } from '@yingzao/kernel/entity'
import type { ActionHandler, Handler, Hooks, Job } from './serve.ts'

export interface Registry {
  readonly modules: ReadonlyMap<string, Module & { readonly file: string }>
  readonly entities: ReadonlyMap<string, Entity & { readonly module: string; readonly file: string }>
  readonly ledgers: ReadonlyMap<string, Ledger & { readonly module: string; readonly file: string }>
  readonly handlers: ReadonlyMap<string, Handler & { readonly file: string }>
  readonly actions: ReadonlyMap<string, ActionHandler & { readonly file: string }>
  readonly hooks: ReadonlyMap<string, readonly (Hooks & { readonly file: string })[]>
  readonly jobs: ReadonlyMap<string, Job & { readonly file: string }>
}
