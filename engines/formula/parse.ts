// Source text → syntax tree: the FEEL grammar of lezer-feel, cut down to our closed subset.
import { parser as feelParser, trackVariables } from 'lezer-feel'
import type { ArithmeticSign, Ast } from './ast.ts'
import { MULTI_WORD_FUNCTIONS } from './function-names.ts'
import { dateOf, numberOf, stringOf } from './parse-literal.ts'
import { logic } from './parse-logic.ts'
import { childrenOf, type Node, nameOf, type Reading, Refusal, refuse, textOf, unsupported } from './parse-node.ts'
import type { FormulaError } from './type.ts'

/** Longest formula, in characters. The longest of a real system stay under 500. */
export const MAX_LENGTH = 8_000
/** Deepest nesting. Chains of `and`, `or` count once, so only real nesting reaches it. */
export const MAX_DEPTH = 64

// The grammar splits a name at its spaces unless it is told the multi-word names that exist.
const parser = feelParser.configure({
  top: 'Expression',
  contextTracker: trackVariables(Object.fromEntries(MULTI_WORD_FUNCTIONS.map(name => [name, 1]))),
})

/**
 * Parses a formula. The tree is plain JSON. On an error the first one is given, at its character; a formula of any length
 * and nesting ends in bounded time.
 */
export function parseFormula(source: string): { ok: true; ast: Ast } | { ok: false; errors: FormulaError[] } {
  try {
    return { ok: true, ast: parse(source) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, errors: [error.error] }
    throw error
  }
}

function parse(source: string): Ast {
  if (source.length > MAX_LENGTH)
    refuse('formula.too_long', MAX_LENGTH, source.length, { length: `${source.length}`, most: `${MAX_LENGTH}` })
  if (source.trim() === '') refuse('formula.empty', 0, source.length)
  refuseAtFirstSight(source)
  const root = parser.parse(source).topNode
  refuseSyntaxError(root, source)
  const [expression] = childrenOf(root)
  if (!expression) return refuse('formula.empty', 0, source.length)
  return convert(expression, { source, depth: 0 })
}

// Input methods write these; most of them would silently become part of a name.
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{
    '（': '(',
    '）': ')',
    '［': '[',
    '］': ']',
    '【': '[',
    '】': ']',
    '，': ',',
    '、': ',',
    '。': '.',
    '．': '.',
    '“': '"',
    '”': '"',
  },
  ...{
    '＂': '"',
    '＋': '+',
    '－': '-',
    '−': '-',
    '×': '*',
    '＊': '*',
    '÷': '/',
    '／': '/',
    '＝': '=',
    '＜': '<',
    '＞': '>',
  },
  ...{ '≤': '<=', '≥': '>=', '≠': '!=', '％': '/ 100', '%': '/ 100' },
}

/** Before the grammar runs: ten thousand brackets never reach it, and a full-width bracket is named for what it is. */
function refuseAtFirstSight(source: string): void {
  let depth = 0
  for (const { 0: found, index } of source.matchAll(
    /"(?:[^"\\]|\\.)*"?|\/\/[^\n]*|\/\*.*?\*\/|[([{)\]}（）［］【】，、。．“”＂＋－−×＊÷／＝＜＞≤≥≠％%]/gs,
  )) {
    if ('([{'.includes(found)) depth++
    else if (')]}'.includes(found)) depth--
    else if (Object.hasOwn(LOOKALIKES, found))
      refuse('formula.lookalike', index, index + 1, { found, meant: LOOKALIKES[found] ?? '' })
    if (depth > MAX_DEPTH) refuse('formula.too_deep', index, index + 1, { most: `${MAX_DEPTH}` })
  }
}

function refuseSyntaxError(root: Node, source: string): void {
  const cursor = root.cursor()
  do {
    if (!cursor.type.isError) continue
    const rest = source.slice(cursor.from)
    const at = cursor.from + (rest.length - rest.trimStart().length)
    const found = /^([\p{L}\p{N}_]{1,40}|.)/su.exec(rest.trimStart())?.[0]
    if (found === undefined) refuse('formula.incomplete', source.length, source.length)
    else refuse('formula.syntax', at, at + found.length, { found })
  } while (cursor.next())
}

function convert(node: Node, outer: Reading): Ast {
  const reading = { source: outer.source, depth: outer.depth + 1 }
  if (reading.depth > MAX_DEPTH) refuse('formula.too_deep', node.from, node.to, { most: `${MAX_DEPTH}` })
  const place = { at: node.from, to: node.to }
  const children = childrenOf(node)
  const inner = (index: number): Ast => {
    const child = children[index]
    return child ? convert(child, reading) : unsupported(node, reading)
  }
  switch (node.name) {
    case 'NumericLiteral':
      return { op: 'number', value: numberOf(node, reading), ...place }
    case 'StringLiteral':
      return { op: 'text', value: stringOf(node, reading), ...place }
    case 'BooleanLiteral':
      return { op: 'flag', value: textOf(node, reading) === 'true', ...place }
    case 'null':
      return { op: 'null', ...place }
    case 'DateTimeLiteral':
      return { op: 'date', value: dateOf(node, reading), ...place }
    case 'VariableName':
      return { op: 'name', name: nameOf(node, reading), ...place }
    case 'ParenthesizedExpression':
      return inner(1)
    case 'PathExpression': {
      const name = children[2]
      return { op: 'path', of: inner(0), name: name ? nameOf(name, reading) : unsupported(node, reading), ...place }
    }
    case 'FilterExpression':
      return { op: 'filter', of: inner(0), where: inner(2), ...place }
    case 'ArithmeticExpression':
      return arithmetic(node, children, reading)
    case 'Comparison':
    case 'Conjunction':
    case 'Disjunction':
      return logic(node, reading, convert)
    case 'IfExpression':
      return { op: 'if', test: inner(1), yes: inner(3), no: inner(5), ...place }
    case 'List':
      return { op: 'list', items: children.slice(1, -1).map(item => convert(item, reading)), ...place }
    case 'FunctionInvocation':
      return call(node, children, reading)
    case 'ForExpression':
      return { op: 'each', ...iteration(node, children, reading), give: inner(3), ...place }
    case 'QuantifiedExpression': {
      const op = children[0]?.name === 'every' ? 'every' : 'some'
      return { op, ...iteration(node, children, reading), satisfies: inner(3), ...place }
    }
    default:
      return unsupported(node, reading)
  }
}

function arithmetic(node: Node, children: Node[], reading: Reading): Ast {
  const [first, second, third] = children
  if (first?.name === 'ArithOp' && second && !third) {
    const of = convert(second, reading)
    return textOf(first, reading) === '-'
      ? { op: 'negative', of, at: node.from, to: node.to }
      : unsupported(node, reading)
  }
  if (!first || !second || !third) return unsupported(node, reading)
  const sign = arithmeticSign(textOf(second, reading)) ?? unsupported(second, reading)
  return {
    op: 'arithmetic',
    sign,
    left: convert(first, reading),
    right: convert(third, reading),
    at: node.from,
    to: node.to,
  }
}

function arithmeticSign(text: string): ArithmeticSign | undefined {
  switch (text) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '**':
      return text
    case '^':
      return '**'
    default:
      return undefined
  }
}

function call(node: Node, children: Node[], reading: Reading): Ast {
  const [callee, , parameters] = children
  if (callee?.name !== 'VariableName' || parameters?.name !== 'PositionalParameters') return unsupported(node, reading)
  return {
    op: 'call',
    name: nameOf(callee, reading),
    args: childrenOf(parameters).map(argument => convert(argument, reading)),
    at: node.from,
    to: node.to,
  }
}

function iteration(node: Node, children: Node[], reading: Reading): { name: string; of: Ast } {
  const [, list] = children
  const [entry, second] = list ? childrenOf(list) : []
  const [name, , context] = entry ? childrenOf(entry) : []
  const [of, range] = context ? childrenOf(context) : []
  if (!name || !of || second || range) return unsupported(node, reading)
  return { name: nameOf(name, reading), of: convert(of, reading) }
}
