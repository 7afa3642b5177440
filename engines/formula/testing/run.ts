// Short ways to a formula's value, errors and SQL, for tests.

import type { Ast } from '../ast.ts'
import type { Value } from '../cell.ts'
import { checkFormula } from '../check.ts'
import { compileToJs, type Scope } from '../javascript.ts'
import { parseFormula } from '../parse.ts'
import { compileToSql, type SqlContext } from '../sql.ts'
import type { Environment, FormulaError, FormulaType } from '../type.ts'
import { NOW, TODAY, USER } from './arbitrary.ts'

export function parsed(source: string): Ast {
  const result = parseFormula(source)
  if (!result.ok) throw new Error(`${source}: ${JSON.stringify(result.errors)}`)
  return result.ast
}

export function typeOf(source: string, env: Environment): FormulaType {
  const result = checkFormula(parsed(source), env)
  if (!result.ok) throw new Error(`${source}: ${JSON.stringify(result.errors)}`)
  return result.type
}

export function errorsOf(source: string, env: Environment, expected?: FormulaType): FormulaError[] {
  const result = parseFormula(source)
  if (!result.ok) return result.errors
  const checked = checkFormula(result.ast, env, expected)
  return checked.ok ? [] : checked.errors
}

export function run(source: string, env: Environment, scope: Partial<Scope> = {}): Value {
  return compileToJs(parsed(source), env)({ fields: {}, today: TODAY, now: NOW, user: USER, ...scope })
}

/** How the sample tables (slip t, slip_line, project) become SQL. */
export function sqlContext(environment: Environment, more: Partial<SqlContext> = {}): SqlContext {
  const column = (row: string, [name, beyond]: readonly string[]): string =>
    beyond === undefined ? `${row}."${name}"` : `(select p."${beyond}" from project as p where p.id = ${row}."${name}")`
  return {
    environment,
    column: path => column('t', path),
    lines: (_, alias) => ({
      from: `slip_line as ${alias}`,
      where: `${alias}.slip = t.id`,
      column: path => column(alias, path),
    }),
    today: TODAY,
    now: NOW,
    user: USER,
    ...more,
  }
}

export const sql = (
  source: string,
  env: Environment,
  more: Partial<SqlContext> = {},
): { text: string; values: unknown[] } => compileToSql(parsed(source), sqlContext(env, more))
