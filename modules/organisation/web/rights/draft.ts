// The rights of a role while they are edited: lines as they are saved, as they are wanted, and the batch between the two.
import type { Json, RecordJson } from '@yingzao/kernel/entity'
import { type BatchStep, newId } from '@yingzao/platform/client'
import type { GrantableEntity, RightsContent } from '../../rights-shape.ts'

export interface Content {
  readonly functions: readonly string[]
  readonly scope: Json
  readonly fields: Readonly<Record<string, string>>
}

/** One grant of the role. */
export interface Line {
  readonly id: string
  readonly entity: string
  readonly content: Content
  /** Taken away: in the recycle bin, or going there with the save. */
  readonly gone: boolean
  /** As the server has it; null for a new one. */
  readonly saved: { readonly version: number; readonly content: Content; readonly gone: boolean } | null
  /** What its module ships; null for a grant of the organisation's own. */
  readonly shipped: Content | null
  /** What a new version ships instead. */
  readonly offered: Content | null
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Grants are data: what is no text is left out. */
const contentOf = (of: Readonly<Record<string, unknown>> | RightsContent): Content => {
  const { functions, scope, fields } = of
  const given: Json = typeof scope === 'string' || isRecord(scope) ? JSON.parse(JSON.stringify(scope)) : 'all'
  return {
    functions: Array.isArray(functions) ? functions.filter((each): each is string => typeof each === 'string') : [],
    scope: given,
    fields: Object.fromEntries(
      Object.entries(isRecord(fields) ? fields : {}).filter(
        (pair): pair is [string, string] => typeof pair[1] === 'string',
      ),
    ),
  }
}

export function linesOf(
  living: readonly RecordJson[],
  gone: readonly RecordJson[],
  shipped: Readonly<Record<string, RightsContent>>,
): readonly Line[] {
  const line = (row: RecordJson, isGone: boolean): Line => {
    const content = contentOf(row)
    const origin = shipped[String(row.shipped ?? '')]
    return {
      id: row.id,
      entity: String(row.entity),
      content,
      gone: isGone,
      saved: { version: row.version, content, gone: isGone },
      shipped: origin ? contentOf(origin) : null,
      offered: isRecord(row.offered) ? contentOf(row.offered) : null,
    }
  }
  return [
    ...living.map(row => line(row, false)),
    // Of what lies in the bin only shipped lines are shown: they can be had back.
    ...gone.map(row => line(row, true)).filter(each => each.shipped !== null),
  ]
}

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isRecord(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, each]) => [name, sorted(each)]),
        )
      : value
export const same = (a: Content, b: Content): boolean =>
  JSON.stringify([[...a.functions].sort(), sorted(a.scope), sorted(a.fields)]) ===
  JSON.stringify([[...b.functions].sort(), sorted(b.scope), sorted(b.fields)])

export type Mark = 'shipped' | 'edited' | 'own' | 'removed'
export const markOf = ({ gone, shipped, content }: Line): Mark =>
  gone ? 'removed' : shipped === null ? 'own' : same(shipped, content) ? 'shipped' : 'edited'

export const isDirty = ({ saved, content, gone }: Line): boolean =>
  saved === null
    ? !gone && content.functions.length > 0
    : saved.gone !== gone || (!gone && !same(saved.content, content))

/** Named places that name none give nothing and cannot be saved. */
export const isIncomplete = ({ content: { scope, functions }, gone }: Line): boolean =>
  !gone && (functions.length === 0 || namedIn(scope)?.ids.length === 0)

export function namedIn(
  scope: Json,
): { readonly kind: 'departments' | 'projects'; readonly ids: readonly string[] } | null {
  if (!isRecord(scope)) return null
  const kind = 'departments' in scope ? 'departments' : 'projects'
  const ids = scope[kind]
  return { kind, ids: Array.isArray(ids) ? ids.filter((id): id is string => typeof id === 'string') : [] }
}
export const scopeKind = (scope: Json): string => (typeof scope === 'string' ? scope : (namedIn(scope)?.kind ?? 'all'))

export const newLine = (entity: string, content: Partial<Content>): Line => ({
  id: newId(),
  entity,
  content: { functions: [], scope: 'all', fields: {}, ...content },
  gone: false,
  saved: null,
  shipped: null,
  offered: null,
})

/** A function switched; the order is the entity's own, so that switching there and back is no change. */
export function withFunction(line: Line, entity: GrantableEntity, fn: string, on: boolean): Line {
  const functions = entity.functions.map(each => each.name).filter(name => (name === fn ? on : has(line, name)))
  // The last function taken away takes the grant away; given again it comes back as it was.
  if (functions.length === 0) return { ...line, gone: true }
  return { ...line, gone: false, content: { ...line.content, functions } }
}
export const has = ({ content, gone }: Line, fn: string): boolean => !gone && content.functions.includes(fn)

/** Without what the entity no longer has. */
const living = (content: Content, entity: GrantableEntity | undefined): Content =>
  entity
    ? {
        functions: content.functions.filter(fn => entity.functions.some(each => each.name === fn)),
        scope: content.scope,
        fields: Object.fromEntries(
          Object.entries(content.fields).filter(([name]) =>
            entity.fields.some(field => field.name === name || field.group === name),
          ),
        ),
      }
    : content

const inputOf = ({ functions, scope, fields }: Content) => ({ functions: [...functions], scope, fields: { ...fields } })

export function stepsOf(role: string, lines: readonly Line[], entities: readonly GrantableEntity[]): BatchStep[] {
  return lines.filter(isDirty).flatMap((line): BatchStep[] => {
    const { id, saved, gone } = line
    const content = inputOf(
      living(
        line.content,
        entities.find(each => each.name === line.entity),
      ),
    )
    if (!saved) return [{ op: 'create', entity: 'grant', input: { id, role, entity: line.entity, ...content } }]
    const at = { entity: 'grant', id }
    if (gone) return [{ op: 'remove', ...at, version: saved.version }]
    const changed = !same(saved.content, line.content)
    return [
      ...(saved.gone ? [{ op: 'restore' as const, ...at, version: saved.version }] : []),
      ...(changed
        ? [{ op: 'patch' as const, ...at, version: saved.version + (saved.gone ? 1 : 0), input: content }]
        : []),
    ]
  })
}

/** The batch that takes a saved one back: the same lines as they were. Versions are those the save answered. */
export function undoOf(
  lines: readonly Line[],
  steps: readonly BatchStep[],
  results: readonly (RecordJson | null)[],
): BatchStep[] {
  const versions = new Map<string, number>()
  steps.forEach((step, at) => {
    const id = step.op === 'create' ? String(step.input.id) : step.id
    versions.set(id, results[at]?.version ?? ('version' in step ? step.version + 1 : 1))
  })
  return lines.filter(isDirty).flatMap((line): BatchStep[] => {
    const at = { entity: 'grant', id: line.id }
    const version = versions.get(line.id) ?? 1
    const { saved } = line
    if (!saved) return [{ op: 'remove', ...at, version }]
    if (line.gone) return [{ op: 'restore', ...at, version }]
    const patched = !same(saved.content, line.content)
    return [
      ...(patched ? [{ op: 'patch' as const, ...at, version, input: inputOf(saved.content) }] : []),
      ...(saved.gone ? [{ op: 'remove' as const, ...at, version: version + (patched ? 1 : 0) }] : []),
    ]
  })
}

/** Do these changes take from the role the right to change grants? */
export const losesGrants = (lines: readonly Line[]): boolean => {
  const gives = (content: Content, gone: boolean) => !gone && content.functions.includes('update')
  const of = lines.filter(line => line.entity === 'grant')
  const before = of.some(({ saved }) => saved && gives(saved.content, saved.gone))
  return before && !of.some(line => gives(line.content, line.gone))
}
