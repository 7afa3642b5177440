// Between input and storage: defaults, formulas, conditions and rules make a draft complete, or say what is wrong with it.
import { assign, type Scope, type Value } from '@yingzao/engines/formula'
import { type FieldDef, isDecimal, type Json } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import type { FieldError } from '../refuse.ts'
import { type Compiled, type ComputedField, emptyOf, type Shape } from '../registry/shape.ts'
import { scaleOf } from '../schema/column.ts'
import { holds } from './can.ts'
import { type Draft, lineRow, same } from './draft.ts'
import { parseValue } from './value.ts'

/** Every field of the shape: as given, by default, or empty. */
export function filled(
  ctx: Ctx,
  shape: Shape,
  given: Readonly<Record<string, Json>>,
  doc?: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const { name, def, column } of shape.fields.values()) {
    if (def.kind === 'lines' || (!column && def.kind !== 'multi_ref')) continue
    values[name] = given[name] ?? emptyOf(def)
  }
  for (const { name, def } of shape.fields.values()) {
    if (given[name] !== undefined || def.default === undefined) continue
    const formula = shape.conditions.defaults.get(name)
    values[name] = formula
      ? stored(def, formula.run(scopeOf(ctx, values, doc ? { doc } : {})))
      : literal(def, def.default)
  }
  return values
}

const literal = (def: FieldDef, value: Json): Json => {
  const parsed = parseValue(def, value)
  return parsed.ok ? parsed.value : emptyOf(def)
}

/** What an input of a verb starts from when nobody gives it; it knows no record. */
export function startOf(ctx: Ctx, def: FieldDef): Json {
  const formula = ctx.registry.inputDefaults.get(def)
  if (formula) return literal(def, formula(scopeOf(ctx, {})))
  return def.default === undefined ? emptyOf(def) : literal(def, def.default)
}

const scopeOf = (ctx: Ctx, fields: Readonly<Record<string, unknown>>, more: Partial<Scope> = {}): Scope => ({
  fields,
  ...more,
  today: ctx.today,
  now: ctx.now,
  user: ctx.principal.user,
})

/** The result of a formula as its field stores it; money is rounded here, once. */
function stored(def: FieldDef, value: Value): unknown {
  if (value === null) return emptyOf(def)
  if (def.kind === 'flag') return value === true
  if (typeof value !== 'string') return value
  const scale = scaleOf(def)
  if (scale !== null) return isDecimal(value) ? assign(value, { scale }) : null
  if (def.kind === 'integer' || def.kind === 'duration')
    return isDecimal(value) ? Number(assign(value, { scale: 0 })) : null
  if (def.kind === 'instant') return new Date(value).toISOString()
  return value
}

/** Computed fields of the lines first, then of the header, which may sum them. */
export function compute(ctx: Ctx, shape: Shape, draft: Draft): void {
  for (const { field, of } of shape.lines)
    for (const line of draft.lines[field] ?? [])
      for (const each of of.computed) put(line.values, each, scopeOf(ctx, lineRow(line), { doc: draft.values }))
  if (shape.computed.length === 0) return
  const lines = Object.fromEntries(Object.entries(draft.lines).map(([name, list]) => [name, list.map(lineRow)]))
  for (const each of shape.computed) put(draft.values, each, scopeOf(ctx, { ...draft.values, id: draft.id }, { lines }))
}
const put = (values: Record<string, unknown>, { field, run }: ComputedField, scope: Scope) => {
  values[field.name] = stored(field.def, run(scope))
}

/** Computes, empties the fields whose condition is not true, and says everything that is missing or against a rule. */
export function settle(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  errors: FieldError[],
  /** Where in the input each line came from. */
  paths: ReadonlyMap<string, string> = new Map(),
): void {
  compute(ctx, shape, draft)
  if (clear(ctx, shape, draft)) compute(ctx, shape, draft)
  const lines = linesOf(draft)
  const fields = { ...draft.values, id: draft.id }
  verifyFields(shape, draft.values, '', errors, condition => holds(ctx, condition, fields, lines))
  for (const { field, of } of shape.lines) {
    const def = shape.fields.get(field)?.def
    const list = draft.lines[field] ?? []
    if (def?.kind === 'lines') {
      const min = def.min ?? (def.required ? 1 : 0)
      if (list.length < min) errors.push({ path: field, code: 'field.lines_few', values: { min } })
      if (def.max !== undefined && list.length > def.max)
        errors.push({ path: field, code: 'field.lines_many', values: { max: def.max } })
    }
    list.forEach((line, index) => {
      const path = `${paths.get(line.id) ?? `${field}.${index}`}.`
      verifyFields(of, line.values, path, errors, condition =>
        holds(ctx, condition, lineRow(line), undefined, draft.values),
      )
    })
  }
}

const linesOf = (draft: Draft) =>
  Object.fromEntries(Object.entries(draft.lines).map(([name, list]) => [name, list.map(lineRow)]))

/** A field that does not apply holds nothing, also when the change of another field is why. */
function clear(ctx: Ctx, shape: Shape, draft: Draft): boolean {
  let cleared = false
  const empty = (of: Shape, values: Record<string, unknown>, test: (condition: Compiled) => boolean) => {
    for (const [name, condition] of of.conditions.when) {
      const field = of.fields.get(name)
      if (!field || test(condition)) continue
      const nothing = emptyOf(field.def)
      if (same(values[name], nothing)) continue
      values[name] = nothing
      cleared = true
    }
  }
  const lines = linesOf(draft)
  empty(shape, draft.values, condition => holds(ctx, condition, { ...draft.values, id: draft.id }, lines))
  for (const { field, of } of shape.lines)
    for (const line of draft.lines[field] ?? [])
      empty(of, line.values, condition => holds(ctx, condition, lineRow(line), undefined, draft.values))
  return cleared
}

/** A refusal says the rule's message and no value: its reader may not see them all. */
function verifyFields(
  shape: Shape,
  values: Readonly<Record<string, unknown>>,
  prefix: string,
  errors: FieldError[],
  test: (condition: Compiled) => boolean,
): void {
  for (const { name, def } of shape.fields.values()) {
    if (def.kind === 'lines' || def.kind === 'serial') continue
    const value = values[name]
    const condition = shape.conditions.when.get(name)
    if (def.required && isEmpty(value) && (!condition || test(condition)))
      errors.push({ path: `${prefix}${name}`, code: 'field.required' })
    const scale = scaleOf(def)
    if (scale === null || typeof value !== 'string') continue
    // A formula's result may be larger than its column.
    const digits = def.kind === 'percent' ? 3 : 18 - scale
    if ((value.replace('-', '').split('.')[0] ?? '').length > digits)
      errors.push({ path: `${prefix}${name}`, code: 'field.max', values: { max: '9'.repeat(digits) } })
  }
  for (const { name, check } of shape.conditions.rules) {
    // Judged when it is known that the references are good (reach.ts).
    if (check.reaches.size > 0) continue
    // What is missing already has its own message.
    const told = check.uses.some(used => errors.some(({ path }) => path === `${prefix}${used}`))
    if (!told && !test(check))
      errors.push({ path: `${prefix}${check.uses[0]?.split('.')[0] ?? ''}`, code: `${shape.name}.${name}` })
  }
}

export const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
