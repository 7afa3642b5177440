// Formulas of the declarations: parsed, checked against the fields and compiled once at boot, with errors at their characters.
import { checkFormula, compileToJs, describeError, type FormulaType, parseFormula } from '@yingzao/engines/formula'
import { formulaType } from '../entity/formula-type.ts'
import type { Registry } from '../registry.ts'
import { environmentOf, fieldsOfShapes, withReferences } from './formula-type.ts'
import type { Problem } from './problem.ts'
import { type Compiled, type ComputedField, type Shape, targetOf } from './shape.ts'

const flag: FormulaType = { kind: 'flag' }
const within =
  'what is stored stays within the record, another record changes without it: copy the value in a beforeSave hook, or say it as a rule'

/** Compiles into the shape, or tells what is wrong. */
export function compileFormulas(registry: Registry, shape: Shape, problems: Problem[]): void {
  const own = environmentOf(registry.shapes, shape)
  // What is judged or asked anew each time may look one record further; what is stored would go stale (ADR 0017).
  const further = withReferences(registry.shapes, own)
  const compile = (
    what: string,
    source: string,
    expected: FormulaType | undefined,
    stored = false,
    environment = own,
  ): Compiled | null => {
    const reached = new Set<string>()
    const say = (reason: string, at = 0) => {
      const over = [...reached].map(name => `${name} (${registry.shapes.get(name)?.file})`).join(', ')
      problems.push({
        file: shape.file,
        message: `${shape.name}: ${what}: ${reason}${over && `, over ${over}`}\n      ${source}\n      ${' '.repeat(at)}^`,
      })
    }
    const parsed = parseFormula(source)
    if (!parsed.ok) {
      for (const error of parsed.errors) say(describeError(error, 'en'), error.at)
      return null
    }
    const { refs } = environment
    const noted = refs && { refs: (entity: string) => refs(reached.add(entity) && entity) }
    const checked = checkFormula(parsed.ast, { ...environment, ...noted }, expected)
    if (!checked.ok) {
      for (const error of checked.errors) {
        const beyond = !refs && error.code === 'formula.reference'
        say(beyond ? within : describeError(error, 'en'), error.at)
      }
      return null
    }
    if (stored && usesMoment(parsed.ast)) {
      say('a stored value cannot depend on today, now or the reader: it would be wrong tomorrow')
      return null
    }
    const itself = checked.uses.find(name => /(^|\.)id\./.test(name))
    if (itself !== undefined) {
      say(`"${itself}" is a field of the record itself: leave out "id."`)
      return null
    }
    const last = checked.uses.map(name => name.slice(name.lastIndexOf('.') + 1))
    const reaches = new Map(
      [...reached].map(name => [name, last.filter(field => registry.shapes.get(name)?.fields.get(field)?.column)]),
    )
    return {
      source,
      ast: parsed.ast,
      environment,
      run: compileToJs(parsed.ast, environment),
      uses: checked.uses,
      reaches,
    }
  }

  const computed: ComputedField[] = []
  const when = new Map<string, Compiled>()
  const defaults = new Map<string, Compiled>()
  const targets = new Map<string, Compiled>()
  for (const field of shape.fields.values()) {
    const { name, def } = field
    const type = formulaType(def, fieldsOfShapes(registry.shapes)) ?? undefined
    if (def.formula !== undefined) {
      const made = compile(`formula of "${name}"`, def.formula, type, true)
      if (made) computed.push({ ...made, field })
    }
    const target = registry.shapes.get(targetOf(def) ?? '')
    if ('where' in def && def.where !== undefined && target) {
      const about = withReferences(registry.shapes, environmentOf(registry.shapes, target))
      const made = compile(`where of "${name}"`, def.where, flag, false, about)
      if (made) targets.set(name, made)
    }
    if (def.when !== undefined) {
      const made = compile(`when of "${name}"`, def.when, flag)
      if (made) when.set(name, made)
    }
    if (typeof def.default === 'string' && def.default.startsWith('=')) {
      const made = compile(`default of "${name}"`, def.default.slice(1), type)
      if (made) defaults.set(name, made)
    }
  }
  const rules = Object.entries(shape.def.rules ?? {}).flatMap(([name, { check, message }]) => {
    const made = compile(`rule "${name}"`, check, flag, false, further)
    return made ? [{ name, message, check: made }] : []
  })
  const verbs = new Map<string, Compiled>()
  const offered = [
    ...Object.entries(shape.def.verbs ?? {}),
    ...(shape.def.transitions ?? []).map(each => [each.action, each] as const),
  ]
  for (const [name, { when: condition }] of offered) {
    if (condition === undefined) continue
    const made = compile(`when of "${name}"`, condition, flag)
    if (made) verbs.set(name, made)
  }
  const tells = new Map<string, Compiled>()
  for (const [name, { when: condition }] of Object.entries(shape.def.tells ?? {})) {
    if (condition === undefined) continue
    const made = compile(`when of tell "${name}"`, condition, flag)
    if (made) tells.set(name, made)
  }
  const asked = shape.def.guests?.confirm?.when
  const guests = asked === undefined ? null : compile('when of guests.confirm', asked, flag)
  const judged = shape.def.approvalWhen
  const approval = judged === undefined ? null : compile('approvalWhen', judged, flag)
  shape.computed = inOrder(shape, computed, problems)
  shape.conditions = { rules, when, verbs, defaults, tells, targets, guests, approval }
}

/** A computed field comes after those it uses; a circle is a problem. */
function inOrder(shape: Shape, computed: readonly ComputedField[], problems: Problem[]): ComputedField[] {
  const byName = new Map(computed.map(each => [each.field.name, each]))
  const ordered: ComputedField[] = []
  const visit = (each: ComputedField, path: readonly string[]) => {
    if (ordered.includes(each)) return
    const { name } = each.field
    if (path.includes(name)) {
      problems.push({
        file: shape.file,
        message: `${shape.name}: formulas in a circle: ${[...path, name].join(' → ')}`,
      })
      return
    }
    for (const used of each.uses) {
      const other = byName.get(used)
      if (other) visit(other, [...path, name])
    }
    if (!ordered.includes(each)) ordered.push(each)
  }
  for (const each of computed) visit(each, [])
  return ordered
}

const moments: ReadonlySet<string> = new Set(['today', 'now', 'current_user'])
const momentWhenBare: ReadonlySet<string> = new Set(['month_start', 'month_end'])

/** Does the value depend on when and by whom it is asked? */
function usesMoment(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(usesMoment)
  if (typeof node !== 'object' || node === null) return false
  if ('op' in node && node.op === 'call' && 'name' in node && typeof node.name === 'string') {
    const name = node.name.replaceAll(' ', '_')
    if (moments.has(name)) return true
    if (momentWhenBare.has(name) && 'args' in node && Array.isArray(node.args) && node.args.length === 0) return true
  }
  return Object.values(node).some(usesMoment)
}
