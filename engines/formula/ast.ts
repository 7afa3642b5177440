// The syntax tree of a formula: plain JSON, so that the browser gets it with the definition and need not parse.

/** `at` to `to`: the characters of the source this node came from. */
export type Ast = { at: number; to: number } & (
  | { op: 'number'; value: string }
  | { op: 'text'; value: string }
  | { op: 'flag'; value: boolean }
  | { op: 'date'; value: string }
  | { op: 'null' }
  | { op: 'name'; name: string }
  | { op: 'path'; of: Ast; name: string }
  | { op: 'filter'; of: Ast; where: Ast }
  | { op: 'call'; name: string; args: Ast[] }
  | { op: 'negative'; of: Ast }
  | { op: 'arithmetic'; sign: ArithmeticSign; left: Ast; right: Ast }
  | { op: 'compare'; sign: CompareSign; left: Ast; right: Ast }
  | { op: 'and' | 'or'; items: Ast[] }
  | { op: 'if'; test: Ast; yes: Ast; no: Ast }
  | { op: 'in'; of: Ast; tests: AstTest[] }
  | { op: 'list'; items: Ast[] }
  | { op: 'each'; name: string; of: Ast; give: Ast }
  | { op: 'some' | 'every'; name: string; of: Ast; satisfies: Ast }
)

/** What may stand right of `in`: a value or list, a comparison (`> 5`), or a range (`[1..5)`); `between` is a range. */
export type AstTest =
  | { test: 'value'; value: Ast }
  | { test: 'compare'; sign: CompareSign; value: Ast }
  | { test: 'range'; from: Ast; to: Ast; fromOpen: boolean; toOpen: boolean }

export type ArithmeticSign = '+' | '-' | '*' | '/' | '**'
export type CompareSign = '=' | '!=' | '<' | '<=' | '>' | '>='
