// Function calls while checking: how many arguments, of which types, and what they give.
import type { Ast } from './ast.ts'
import { adopt, DATE, FLAG, fieldFacts, NUMBER, plain, ranged, retype, settled, TEXT, widest } from './check-facts.ts'
import type { ListChecker } from './check-list.ts'
import type { NameScope, Place } from './check-scope.ts'
import { closest } from './closest.ts'
import { FAMILIAR_NAMES, FUNCTION_NAMES, functionKey } from './function-names.ts'
import { FUNCTIONS, type Scalar } from './functions.ts'
import { VALUE_SCALE, WORKING_SCALE } from './number.ts'
import type { FormulaType } from './type.ts'
import type { AggregateName, List, Moment, Typed } from './typed.ts'

type Call = Ast & { op: 'call' }

interface Checks {
  scope: NameScope
  lists: ListChecker
  resolve: (ast: Ast) => Typed | undefined
  operand: (ast: Ast, type: FormulaType) => Typed | undefined
  /** Is the value in the list? */
  memberOf: (value: Typed, list: List, place: Place) => Typed | undefined
}

/** The result of a call, or undefined with its errors noted. */
export function checkCall(ast: Call, checks: Checks): Typed | undefined {
  const name = functionKey(ast.name)
  const { refuse } = checks.scope
  switch (name) {
    case 'sum':
    case 'count':
    case 'min':
    case 'max':
    case 'mean':
      return aggregate(ast, name, checks)
    case 'not': {
      const of = single(ast, FLAG, checks)
      return of && { op: 'not', of, ...plain(FLAG) }
    }
    case 'floor':
    case 'ceiling': {
      const of = single(ast, NUMBER, checks)
      return of && { op: 'round', mode: name, of: settled(of), type: NUMBER, digits: of.digits + 1, scale: 0 }
    }
    case 'round':
      return round(ast, checks)
    case 'coalesce': {
      const found = arity(ast, 2, 30, checks) ? checks.lists.alike(ast.args) : undefined
      const items = found?.items.map(settled)
      return found && items && { op: 'coalesce', items, type: found.type, ...widest(items) }
    }
    case 'is_empty':
      return isEmpty(ast, checks)
    case 'list_contains': {
      const [listAst, valueAst] = ast.args
      if (!arity(ast, 2, 2, checks) || !listAst || !valueAst) return undefined
      const list = checks.lists.list(listAst)
      const value = checks.resolve(valueAst)
      if (list) return value && list.list && checks.memberOf(value, list.list, ast)
      const found = checks.resolve(listAst)
      return found && refuse('formula.type', listAst, { expected: 'list', found: found.type.kind })
    }
    case 'today':
      return moment(ast, 'today', DATE, checks)
    case 'now':
      return moment(ast, 'now', { kind: 'instant' }, checks)
    case 'current_user':
      return moment(ast, 'user', { kind: 'ref', entity: 'user' }, checks)
  }
  if (Object.hasOwn(FUNCTIONS, name)) return plainCall(ast, name, checks)
  const familiar = Object.hasOwn(FAMILIAR_NAMES, name) ? FAMILIAR_NAMES[name] : undefined
  const meant = familiar ?? closest(name, FUNCTION_NAMES) ?? ''
  const place = { at: ast.at, to: ast.at + ast.name.length }
  return refuse('formula.unknown_function', place, { name: ast.name.slice(0, 60), meant })
}

function arity(ast: Call, least: number, most: number, { scope }: Checks): boolean {
  if (ast.args.length >= least && ast.args.length <= most) return true
  const expected = least === most ? `${least}` : `${least}–${most}`
  scope.refuse('formula.arguments', ast, { name: ast.name, expected, found: `${ast.args.length}` })
  return false
}

function single(ast: Call, type: FormulaType, checks: Checks): Typed | undefined {
  const [only] = ast.args
  return arity(ast, 1, 1, checks) && only ? checks.operand(only, type) : undefined
}

function moment(ast: Call, which: Moment, type: FormulaType, checks: Checks): Typed | undefined {
  if (!arity(ast, 0, 0, checks)) return undefined
  checks.scope.moments.add(which)
  return { op: 'moment', moment: which, ...plain(type) }
}

function plainCall(ast: Call, name: string, checks: Checks): Typed | undefined {
  const call = FUNCTIONS[name]
  if (!call) return undefined
  const { takes, absent, optional = absent ? 1 : 0 } = call
  if (!arity(ast, takes.length - optional, takes.length, checks)) return undefined
  const given = ast.args.map((argument, index) => argumentOf(argument, takes[index] ?? 'scalar', checks))
  const args = given.filter(argument => argument !== undefined)
  if (args.length < given.length) return undefined
  if (args.length === 0 && absent) {
    checks.scope.moments.add(absent)
    args.push({ op: 'moment', moment: absent, ...plain(DATE) })
  }
  const { digits, scale } = call.digits === undefined ? widest(args) : { digits: call.digits, scale: 0 }
  return { op: 'call', call, args, type: call.gives, digits, scale }
}

function argumentOf(ast: Ast, takes: Scalar, { resolve, operand, scope }: Checks): Typed | undefined {
  const value = takes === 'scalar' ? resolve(ast) : operand(ast, { kind: takes })
  if (!value) return undefined
  if (value.type.kind === 'ref' || value.type.kind === 'instant')
    return scope.refuse('formula.type', ast, { expected: 'scalar', found: value.type.kind })
  return settled(adopt(value, TEXT))
}

function round(ast: Call, checks: Checks): Typed | undefined {
  const [value, places] = ast.args
  if (!arity(ast, 1, 2, checks) || !value) return undefined
  const of = checks.operand(value, NUMBER)
  const scale = places === undefined ? 0 : places.op === 'number' ? Number(places.value) : Number.NaN
  if (places && !(Number.isInteger(scale) && Math.abs(scale) <= VALUE_SCALE))
    return checks.scope.refuse('formula.scale', places, { most: `${VALUE_SCALE}` })
  return of && { op: 'round', mode: 'half_up', of: settled(of), type: NUMBER, digits: of.digits + 1, scale }
}

function isEmpty(ast: Call, checks: Checks): Typed | undefined {
  const [value] = ast.args
  if (!arity(ast, 1, 1, checks) || !value) return undefined
  const found = checks.lists.list(value)
  if (found) return found.list && { op: 'empty_list', list: found.list, ...plain(FLAG) }
  const of = checks.resolve(value)
  return of && { op: 'empty', of: settled(of), ...plain(FLAG) }
}

function aggregate(ast: Call, name: AggregateName, checks: Checks): Typed | undefined {
  const [only] = ast.args
  if (!arity(ast, 1, 99, checks) || !only) return undefined
  const found = ast.args.length === 1 ? checks.lists.list(only) : undefined
  const list = found ? found.list : checks.lists.items(ast.args)
  if (!list) return undefined
  if (name === 'count') return { op: 'aggregate', name, list, type: NUMBER, digits: 10, scale: 0 }
  const { kind } = list.of
  const { refuse } = checks.scope
  if (kind === 'lines') return refuse('formula.lines', only)
  const numbersOnly = name === 'sum' || name === 'mean'
  const fitting = numbersOnly ? ['number', 'null'] : ['number', 'null', 'text', 'any_choice', 'date', 'instant']
  if (!fitting.includes(kind))
    return refuse('formula.type', only, { expected: numbersOnly ? 'number' : 'scalar', found: kind })
  const type = numbersOnly ? NUMBER : list.of
  const items =
    list.list === 'items' ? list.items : [list.list === 'rows' && list.item ? list.item : fieldFacts(list.of)]
  // A sum of up to 10^10 values has ten digits more than each.
  const bounds = widest(items, numbersOnly ? 10 : 0)
  const scale = name === 'mean' ? WORKING_SCALE : bounds.scale
  const value: Typed = { op: 'aggregate', name, list: retype(list, type), type, digits: bounds.digits, scale }
  return type.kind === 'number' ? ranged(value) : value
}
