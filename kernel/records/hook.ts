// Hooks, with ranked powers: `beforeSave` changes only its own record, `afterSave` keeps others in step.
import type { Json } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { isReadOnly, type Shape } from '../registry/shape.ts'
import type { Hooks } from '../serve.ts'
import { asRecord, type Draft, type Line, lineRow, same } from './draft.ts'
import { isEmpty } from './settle.ts'
import { parseValue } from './value.ts'

export const hooksOf = (ctx: Ctx, entity: string): readonly Hooks[] => ctx.registry.hooks.get(entity) ?? []

/**
 * What a hook returns is set on the draft; a name or value that the record cannot hold is a bug of the hook. Hooks see only
 * records that hold what their writer must give: one that does not is refused for that, field by field, right after.
 */
export async function runBefore(ctx: Ctx, shape: Shape, draft: Draft, before: Draft | null): Promise<void> {
  if (misses(shape, draft)) return
  for (const hook of hooksOf(ctx, shape.name)) {
    if (!isAbout(hook, draft) && !(before && isAbout(hook, before))) continue
    const set = await hook.beforeSave?.(ctx, asRecord(draft), before && asRecord(before))
    for (const [name, value] of Object.entries(set ?? {})) {
      const lines = shape.lines.find(each => each.field === name)
      if (lines) setLines(lines.of, draft.lines[name] ?? [], value)
      else setValue(shape, draft.values, name, value)
    }
  }
}

function setValue(shape: Shape, values: Record<string, unknown>, name: string, value: unknown): void {
  const field = shape.fields.get(name)
  if (!field || field.system || field.def.formula !== undefined || field.def.kind === 'lines')
    throw new Error(`a hook of ${shape.name} sets "${name}", which no hook can set`)
  const parsed = parseValue(field.def, value)
  if (!parsed.ok) throw new Error(`a hook of ${shape.name} sets "${name}" to something else than a ${field.def.kind}`)
  values[name] = parsed.value satisfies Json
}

/**
 * A hook gives back the lines it was shown, by id, with values of its own: it fills lines, and neither adds nor removes any.
 * What it left as it was (formulas, the position) is not looked at.
 */
function setLines(of: Shape, lines: readonly Line[], given: unknown): void {
  for (const each of Array.isArray(given) ? given : []) {
    const line = lines.find(({ id }) => id === each?.id)
    if (!line) throw new Error(`a hook sets a line of ${of.name} that is not there`)
    const shown = lineRow(line)
    for (const [name, value] of Object.entries(each))
      if (!same(value, shown[name])) setValue(of, line.values, name, value)
  }
}

/** Has the hook anything to do with what the record holds? */
export const isAbout = ({ beforeSave, about }: Hooks, { values }: Draft): boolean =>
  beforeSave !== undefined && (about === undefined || about.some(name => !isEmpty(values[name])))

const misses = (shape: Shape, draft: Draft): boolean =>
  [...shape.fields.values()].some(
    ({ name, def, column }) =>
      def.required && column && def.when === undefined && !isReadOnly(def) && (draft.values[name] ?? null) === null,
  )

export interface Saved {
  readonly after: Readonly<Record<string, unknown>> | null
  readonly before: Readonly<Record<string, unknown>> | null
}
export async function runAfter(ctx: Ctx, shape: Shape, saved: readonly Saved[]): Promise<void> {
  for (const hook of hooksOf(ctx, shape.name))
    if (hook.afterSave) for (const { after, before } of saved) await hook.afterSave(ctx, after, before)
}
export async function runBeforeRemove(ctx: Ctx, shape: Shape, draft: Draft): Promise<void> {
  for (const hook of hooksOf(ctx, shape.name)) await hook.beforeRemove?.(ctx, asRecord(draft))
}
