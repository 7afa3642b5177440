// Source text → syntax tree: the FEEL grammar of lezer-feel, cut down to our closed subset.
import { parser as feelParser, trackVariables } from 'lezer-feel'
import type { ArithmeticSign, Ast, AstTest, CompareSign } from './ast.ts'
import { MULTI_WORD_FUNCTIONS } from './function-names.ts'
import { dateOf, numberOf, stringOf } from './parse-literal.ts'
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
      return comparison(node, children, reading)
    case 'Conjunction':
      return { op: 'and', items: chain(node, 'Conjunction', reading), ...place }
    case 'Disjunction':
      return { op: 'or', items: chain(node, 'Disjunction', reading), ...place }
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

/** `a and b and c` is one node with three items, however the grammar nests them. */
function chain(top: Node, name: string, reading: Reading): Ast[] {
  const items: Ast[] = []
  // Walks down the left side with a loop: a long chain costs no depth.
  const rights: Node[] = []
  let node = top
  for (;;) {
    const [left, , right] = childrenOf(node)
    if (!left || !right) return unsupported(node, reading)
    rights.push(right)
    if (left.name !== name) {
      items.push(convert(left, reading))
      break
    }
    node = left
  }
  for (const right of rights.reverse()) {
    const item = convert(right, reading)
    // The grammar may also nest to the right; parentheses keep a node of their own there, which is flattened all the same.
    if ((item.op === 'and' && name === 'Conjunction') || (item.op === 'or' && name === 'Disjunction'))
      items.push(...item.items)
    else items.push(item)
  }
  return items
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

function compareSign(text: string): CompareSign | undefined {
  switch (text) {
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return text
    default:
      return undefined
  }
}

function comparison(node: Node, children: Node[], reading: Reading): Ast {
  const place = { at: node.from, to: node.to }
  const [left, sign, third, , last] = children
  if (!left || !sign || !third) return unsupported(node, reading)
  const of = convert(left, reading)
  if (sign.name === 'between') {
    if (!last) return unsupported(node, reading)
    const range = { from: convert(third, reading), to: convert(last, reading), fromOpen: false, toOpen: false }
    return { op: 'in', of, tests: [{ test: 'range', ...range }], ...place }
  }
  if (sign.name === 'in') {
    const tests = third.name === '(' ? childrenOf(children[3] ?? third) : [third]
    return { op: 'in', of, tests: tests.map(test => unaryTest(test, reading)), ...place }
  }
  const known = compareSign(textOf(sign, reading)) ?? unsupported(sign, reading)
  return { op: 'compare', sign: known, left: of, right: convert(third, reading), ...place }
}

function unaryTest(node: Node, reading: Reading): AstTest {
  const [expression] = childrenOf(node)
  if (node.name !== 'PositiveUnaryTest' || !expression) return unsupported(node, reading)
  if (expression.name !== 'SimplePositiveUnaryTest') return { test: 'value', value: convert(expression, reading) }
  const [first, second] = childrenOf(expression)
  if (first?.name === 'Interval') return interval(first, reading)
  if (!first || !second) return unsupported(expression, reading)
  const sign = compareSign(textOf(first, reading)) ?? unsupported(first, reading)
  return { test: 'compare', sign, value: convert(second, reading) }
}

function interval(node: Node, reading: Reading): AstTest {
  const [open, from, , to, close] = childrenOf(node)
  if (!open || !from || !to || !close) return unsupported(node, reading)
  return {
    test: 'range',
    from: convert(from, reading),
    to: convert(to, reading),
    fromOpen: open.name !== '[',
    toOpen: close.name !== ']',
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
