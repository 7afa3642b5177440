// Postings and limits of the declarations, compiled once at boot; a wrong name or type fails the boot at its character.
import {
  checkFormula,
  compileToJs,
  type Environment,
  type FormulaType,
  parseFormula,
  type Scope,
  type Value,
} from '@yingzao/engines/formula'
import type { LedgerDef, Limit, Posting } from '@yingzao/kernel/entity'
import { environmentOf, typesOf } from '../registry/formula-type.ts'
import type { Problem } from '../registry/problem.ts'
import type { Shape } from '../registry/shape.ts'
import type { Registry } from '../registry.ts'
import { dimType, entryColumns, impliedDims, reservedColumn } from './table.ts'

export type Run = (scope: Scope) => Value
export interface CompiledPosting {
  readonly ledger: string
  readonly each: string | null
  readonly when: Run | null
  readonly dims: Readonly<Record<string, Run>>
  readonly measures: Readonly<Record<string, Run>>
  readonly reserve: boolean
}
export interface Check {
  readonly limit: Limit
  readonly allows: Run
}

/** Compiles, or pushes what is wrong and gives null. */
export function compileOrSay(
  source: string,
  environment: Environment,
  expected: FormulaType,
  say: (reason: string) => void,
): Run | null {
  const parsed = parseFormula(source)
  const checked = parsed.ok ? checkFormula(parsed.ast, environment, expected) : parsed
  if (parsed.ok && checked.ok) return compileToJs(parsed.ast, environment)
  if (!checked.ok)
    for (const { code, values, at } of checked.errors)
      say(`${code} ${JSON.stringify(values)}\n      ${source}\n      ${' '.repeat(at)}^`)
  return null
}

const number: FormulaType = { kind: 'number' }
const flag: FormulaType = { kind: 'flag' }

type Mutable = Registry & {
  readonly postings: Map<string, CompiledPosting[]>
  readonly checks: Map<string, Check[]>
}

export function compileLedgers(registry: Mutable, problems: Problem[]): void {
  for (const { name, def, file } of registry.ledgers.values()) checkLedger(name, def, file, problems)
  for (const shape of registry.shapes.values()) {
    const compiled = (shape.def.posting ?? []).flatMap(each => compilePosting(registry, shape, each, problems))
    if (compiled.length > 0) registry.postings.set(shape.name, compiled)
    if (compiled.length > 0 && shape.kind !== 'document')
      problems.push({ file: shape.file, message: `${shape.name}: only documents post to ledgers` })
    checkReversal(shape, problems)
  }
  for (const limit of registry.limits.values()) {
    const ledger = registry.ledgers.get(limit.ledger)
    const say = (reason: string) => problems.push({ file: limit.file, message: `limit ${limit.name}: ${reason}` })
    if (!ledger) {
      say(`unknown ledger "${limit.ledger}"`)
      continue
    }
    const { def } = ledger
    const fields: Record<string, FormulaType> = {}
    for (const dim of def.balance) fields[dim] = dimFormulaType(registry, def, dim)
    for (const measure of Object.keys(def.measures))
      for (const each of [measure, reservedColumn(measure), `${measure}_used`, `${measure}_change`])
        fields[each] = number
    const allows = compileOrSay(limit.check, { fields }, flag, say)
    if (allows) registry.checks.set(limit.ledger, [...(registry.checks.get(limit.ledger) ?? []), { limit, allows }])
  }
}

function checkLedger(name: string, def: LedgerDef, file: string, problems: Problem[]): void {
  const taken: readonly string[] = [...entryColumns, ...impliedDims, 'next']
  const names = [...Object.keys(def.dims), ...Object.keys(def.measures)]
  for (const each of names)
    if (taken.includes(each) || names.filter(other => other === each).length > 1)
      problems.push({ file, message: `ledger ${name}: "${each}" is taken; choose another name` })
  for (const dim of def.balance)
    if (!(dim in def.dims) && dim !== 'company' && dim !== 'project')
      problems.push({ file, message: `ledger ${name}: balance names the unknown dimension "${dim}"` })
}

function compilePosting(registry: Registry, shape: Shape, posting: Posting, problems: Problem[]): CompiledPosting[] {
  const def = registry.ledgers.get(posting.to)?.def
  const line = shape.lines.find(({ field }) => field === posting.each)?.of
  if (!def || (posting.each !== undefined && !line)) return []
  const header = environmentOf(registry.shapes, shape)
  // The document itself is a dimension of its ledgers: a contract of its own sum.
  const id: FormulaType = { kind: 'ref', entity: shape.name }
  const environment: Environment = line
    ? { fields: environmentOf(registry.shapes, line).fields, doc: { ...typesOf(shape.fields.values()), id } }
    : { ...header, fields: { ...header.fields, id } }
  const failed: string[] = []
  const compile = (what: string, source: string, expected: FormulaType): Run => {
    const made = compileOrSay(source, environment, expected, reason => {
      failed.push(what)
      problems.push({ file: shape.file, message: `${shape.name}: posting to ${posting.to}, ${what}: ${reason}` })
    })
    return made ?? (() => null)
  }
  const when = posting.when === undefined ? null : compile('when', posting.when, flag)
  const dims = Object.entries(posting.dims).map(
    ([dim, source]) => [dim, compile(dim, source, dimFormulaType(registry, def, dim))] as const,
  )
  const measures = Object.entries(posting.measures).map(
    ([measure, source]) => [measure, compile(measure, source, number)] as const,
  )
  if (failed.length > 0) return []
  const { to: ledger, each = null, reserve } = posting
  return [{ ledger, each, when, dims: Object.fromEntries(dims), measures: Object.fromEntries(measures), reserve }]
}

function dimFormulaType(registry: Registry, def: LedgerDef, dim: string): FormulaType {
  const type = dimType(def, dim)
  if (type === 'date' || type === 'text') return { kind: type }
  const implied = dim === 'company' ? 'org_unit' : (registry.scopes.get('project')?.entity ?? 'project')
  return { kind: 'ref', entity: def.dims[dim] ?? implied }
}

function checkReversal(shape: Shape, problems: Problem[]): void {
  for (const path of shape.def.reversal?.negate ?? []) {
    const [lines = '', inner] = path.split('.')
    const field =
      inner === undefined
        ? shape.fields.get(path)
        : shape.lines.find(each => each.field === lines)?.of.fields.get(inner)
    const kinds = ['integer', 'number', 'money']
    if (!field || field.def.formula !== undefined || !kinds.includes(field.def.kind))
      problems.push({
        file: shape.file,
        message: `${shape.name}: reversal negates "${path}", which is no entered number`,
      })
  }
}
