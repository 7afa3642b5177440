// What an input of a verb, action or job starts from when nobody gives it: `=today()`, `=current_user()`. Compiled at boot.
import { checkFormula, compileToJs, describeError, type Environment, parseFormula } from '@yingzao/engines/formula'
import type { FieldDef, Fields } from '@yingzao/kernel/entity'
import { formulaType } from '../entity/formula-type.ts'
import type { Registry } from '../registry.ts'
import { fieldsOfShapes } from './formula-type.ts'
import type { Problem } from './problem.ts'
import type { Compiled } from './shape.ts'

/** An input stands for itself: its default looks at no field. */
const alone: Environment = { fields: {} }

/** By the field that has it; what does not compile is told with its place. */
export function compileInputDefaults(registry: Registry, problems: Problem[]): Map<FieldDef, Compiled['run']> {
  const found = new Map<FieldDef, Compiled['run']>()
  const add = (file: string, of: string, input: Fields = {}) => {
    for (const [name, def] of Object.entries(input)) {
      if (typeof def.default !== 'string' || !def.default.startsWith('=')) continue
      const parsed = parseFormula(def.default.slice(1))
      const expected = formulaType(def, fieldsOfShapes(registry.shapes)) ?? undefined
      const checked = parsed.ok ? checkFormula(parsed.ast, alone, expected) : parsed
      if (parsed.ok && checked.ok) found.set(def, compileToJs(parsed.ast, alone))
      else if (!checked.ok)
        for (const error of checked.errors)
          problems.push({ file, message: `${of}: default of input "${name}": ${describeError(error, 'en')}` })
    }
  }
  for (const { name, file, def } of registry.shapes.values())
    for (const [verb, { input }] of Object.entries(def.verbs ?? {})) add(file, `${name}.${verb}`, input)
  for (const { file, actions } of registry.modules.values())
    for (const { name, input } of actions) add(file, name, input)
  for (const { name, file, input } of registry.jobs.values()) add(file, name, input)
  return found
}
