// Nodes of the grammar's tree while they become ours, and the one way out when they cannot.
import type { parser } from 'lezer-feel'
import type { FormulaError, FormulaErrorCode } from './type.ts'

export type Node = ReturnType<typeof parser.parse>['topNode']

export interface Reading {
  source: string
  depth: number
}

/** Thrown while parsing; parseFormula turns it into a value. */
export class Refusal extends Error {
  readonly error: FormulaError
  constructor(error: FormulaError) {
    super(error.code)
    this.error = error
  }
}

export const refuse = (code: FormulaErrorCode, at: number, to: number, values: Record<string, string> = {}): never => {
  throw new Refusal({ code, at, to, values })
}

/** A construct of FEEL that is not in our subset. */
export const unsupported = (node: Node, reading: Reading): never =>
  refuse('formula.not_supported', node.from, node.to, { found: textOf(node, reading).slice(0, 40) })

export const textOf = (node: Node, reading: Reading): string => reading.source.slice(node.from, node.to)

export function childrenOf(node: Node): Node[] {
  const children: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment' && child.name !== 'BlockComment') children.push(child)
  return children
}

/** The words of a name, without the comments and spaces between them: `string  length` → `string length`. */
export const nameOf = (node: Node, reading: Reading): string =>
  childrenOf(node)
    .map(part => textOf(part, reading))
    .join(' ')
