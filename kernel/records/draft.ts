// A record while it is being written: all its values and lines in their wire form.
import type { Json } from '@yingzao/kernel/entity'
import type { Shape } from '../registry/shape.ts'

export interface Line {
  readonly id: string
  position: number
  readonly values: Record<string, unknown>
}
export interface Draft {
  readonly id: string
  version: number
  readonly values: Record<string, unknown>
  readonly lines: Record<string, Line[]>
}

export const lineRow = (line: Line): Record<string, unknown> => ({
  id: line.id,
  position: line.position,
  ...line.values,
})

/** As hooks and verbs see it. */
export const asRecord = (draft: Draft): { readonly id: string } & Record<string, unknown> => ({
  ...draft.values,
  ...Object.fromEntries(Object.entries(draft.lines).map(([field, lines]) => [field, lines.map(lineRow)])),
  version: draft.version,
  id: draft.id,
})

/** Equal as stored: lists in their order, objects whatever the order of their names. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true
  return typeof a === 'object' && typeof b === 'object' && canonical(a) === canonical(b)
}

/** JSON with sorted names: equal values give equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`)
      .join(',')}}`
  return JSON.stringify(value ?? null)
}

/** In the history a secret shows only that it changed. */
export const forHistory = (shape: Shape, field: string, value: unknown): Json => {
  if (value === null || value === undefined) return null
  return shape.fields.get(field)?.def.kind === 'secret' ? '****' : (value as Json)
}
