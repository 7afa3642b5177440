// Lists while checking: lines and their filters, one value of every line, literal lists, list fields.
import type { Ast } from './ast.ts'
import { adopt, common, fieldFacts, NULL, plain, settled } from './check-facts.ts'
import type { Found, Frame, NameScope } from './check-scope.ts'
import type { FormulaType } from './type.ts'
import type { List, Rows, Typed } from './typed.ts'

export interface ListChecker {
  /** Child rows; complains when the expression is something else. */
  rows: (ast: Ast) => Rows | undefined
  /** A list of any form; undefined when the expression is a single value, `{ list: undefined }` when it has errors. */
  list: (ast: Ast) => { list: List | undefined } | undefined
  items: (asts: readonly Ast[]) => List | undefined
  /** Values of one type, null going with any. */
  alike: (asts: readonly Ast[]) => { items: Typed[]; type: FormulaType } | undefined
  /** The frame in which a row's names are read. */
  frameOf: (rows: Rows) => Omit<Frame, 'bare' | 'variable'>
  /** Is it a lines field, filtered or not? */
  leadsToLines: (ast: Ast) => boolean
  read: (found: Found) => Typed
}

/** Loops inside loops: with n lines a formula costs at most n² (`lines[amount = max(lines.amount)]`). */
const MAX_LOOPS = 2

/** No formula can write this name. */
const ROW = '\0row'

export function listChecker(
  scope: NameScope,
  resolve: (ast: Ast) => Typed | undefined,
  flag: (ast: Ast) => Typed | undefined,
): ListChecker {
  const { refuse, within } = scope
  let count = 0

  function leadsToLines(ast: Ast): boolean {
    if (ast.op === 'filter') return leadsToLines(ast.of)
    const found = ast.op === 'name' || ast.op === 'path' ? scope.peek(ast) : undefined
    return found !== undefined && 'type' in found && found.type.kind === 'lines'
  }

  function rows(ast: Ast): Rows | undefined {
    if (ast.op === 'filter') {
      const of = rows(ast.of)
      if (!of) return undefined
      const where = within({ ...frameOf(of), bare: true, variable: 'item' }, () => flag(ast.where))
      return { ...of, where: where ? [...of.where, where] : of.where }
    }
    const found = ast.op === 'name' || ast.op === 'path' ? scope.locate(ast) : refuse('formula.not_lines', ast)
    if (!found) return undefined
    if ('row' in found || found.type.kind !== 'lines') return refuse('formula.not_lines', ast)
    if (scope.loops() >= MAX_LOOPS) return refuse('formula.loops', ast, { most: `${MAX_LOOPS}` })
    const [name] = found.field.path
    scope.uses.add(found.frame.prefix + name)
    count += 1
    return { id: `r${count}`, parent: found.frame.id, name, fields: found.type.fields, where: [] }
  }

  const frameOf = (of: Rows): Omit<Frame, 'bare' | 'variable'> => ({
    id: of.id,
    fields: of.fields,
    prefix: `${scope.frame(of.parent)?.prefix ?? ''}${of.name}.`,
  })

  function list(ast: Ast): { list: List | undefined } | undefined {
    if (ast.op === 'list') return { list: items(ast.items) }
    if (ast.op === 'each') return { list: column(ast.of, ast.name, () => resolve(ast.give)) }
    if (leadsToLines(ast)) {
      const of = rows(ast)
      return {
        list: of && { list: 'rows', of: { kind: 'lines', entity: '', fields: of.fields }, rows: of, item: null },
      }
    }
    if (ast.op === 'path') {
      // The rest of the path is read as if each row had a name: `lines.worker.name` is `row.worker.name`.
      const row: Ast = { op: 'name', name: ROW, at: ast.at, to: ast.at }
      if (leadsToLines(ast.of)) return { list: column(ast.of, ROW, () => resolve({ ...ast, of: row })) }
      const { of } = ast
      if (of.op === 'path' && leadsToLines(of.of))
        return { list: column(of.of, ROW, () => resolve({ ...ast, of: { ...of, of: row } })) }
    }
    const found = ast.op === 'name' || ast.op === 'path' ? scope.peek(ast) : undefined
    if (!found || 'row' in found || found.type.kind !== 'list') return undefined
    return { list: { list: 'field', of: found.type.of, field: read(found) } }
  }

  /** One value of every row, computed with the row in sight under a name. */
  function column(source: Ast, variable: string, item: () => Typed | undefined): List | undefined {
    const of = rows(source)
    const value = of && within({ ...frameOf(of), bare: false, variable }, item)
    return of && value && { list: 'rows', of: value.type, rows: of, item: settled(value) }
  }

  function alike(asts: readonly Ast[]): { items: Typed[]; type: FormulaType } | undefined {
    const found = asts.map(resolve)
    const values = found.filter(value => value !== undefined)
    if (values.length < found.length) return undefined
    let type: FormulaType = NULL
    for (const [index, value] of values.entries()) {
      const both = common(type, value.type)
      const place = asts[index]
      if (!both) return place && refuse('formula.branches', place, { left: type.kind, right: value.type.kind })
      type = both
    }
    return { items: values.map(value => adopt(value, type)), type }
  }

  function items(asts: readonly Ast[]): List | undefined {
    const found = alike(asts)
    return found && { list: 'items', of: found.type, items: found.items.map(settled) }
  }

  function read(found: Found): Typed {
    scope.uses.add(found.frame.prefix + found.field.path.join('.'))
    const facts = found.type.kind === 'list' ? plain(found.type) : fieldFacts(found.type)
    return { op: 'field', field: found.field, ...facts }
  }

  return { rows, list, items, alike, frameOf, leadsToLines, read }
}
