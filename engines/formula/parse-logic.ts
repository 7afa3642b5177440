// `and`, `or`, comparisons and `in`, from the grammar's nodes.
//
// The grammar reads `state in ["a"] and urgent` as `state in (["a"] and urgent)`: right of `in` it takes all it can get.
// Nobody means that, so the operands and connectors are taken in the order they are written, whatever nests them, and
// grouped again: `in` binds like a comparison, `and` before `or`. Parentheses stay one operand.
import type { Ast, AstTest, CompareSign } from './ast.ts'
import { childrenOf, type Node, type Reading, textOf, unsupported } from './parse-node.ts'

type Convert = (node: Node, reading: Reading) => Ast
type Connector = 'and' | 'or'
/** What follows a first operand. */
type Rest = { connector: Connector; operand: Ast }[]

/** A Disjunction, Conjunction or Comparison. Chains have one node with all their items. */
export function logic(node: Node, reading: Reading, convert: Convert): Ast {
  const { first, rest } = flatten(node, reading, convert)
  const groups: [Ast, ...Ast[]][] = [[first]]
  for (const { connector, operand } of rest) {
    if (connector === 'or') groups.push([operand])
    else groups.at(-1)?.push(operand)
  }
  const joined = groups.map(items => join('and', items))
  const [head = first, ...others] = joined
  return join('or', [head, ...others])
}

function join(op: Connector, items: [Ast, ...Ast[]]): Ast {
  const [only] = items
  return items.length === 1 ? only : { op, items, at: only.at, to: items.at(-1)?.to ?? only.to }
}

function flatten(node: Node, reading: Reading, convert: Convert): { first: Ast; rest: Rest } {
  const children = childrenOf(node)
  const [left, word, third] = children
  const connector = connectorOf(node)
  if (connector && left && third) {
    const before = flatten(left, reading, convert)
    const after = flatten(third, reading, convert)
    return { first: before.first, rest: [...before.rest, { connector, operand: after.first }, ...after.rest] }
  }
  if (node.name !== 'Comparison') return { first: convert(node, reading), rest: [] }
  if (!left || !word || !third) return unsupported(node, reading)
  if (word.name !== 'in' || third.name === '(') return { first: comparison(node, children, reading, convert), rest: [] }
  const of = convert(left, reading)
  const [expression] = childrenOf(third)
  const { test, rest, to } = flattenTest(expression ?? third, reading, convert)
  return { first: { op: 'in', of, tests: [test], at: node.from, to }, rest }
}

const connectorOf = (node: Node): Connector | undefined =>
  node.name === 'Conjunction' ? 'and' : node.name === 'Disjunction' ? 'or' : undefined

/** Right of `in`: the test itself, and what the grammar took along with it. */
function flattenTest(node: Node, reading: Reading, convert: Convert): { test: AstTest; rest: Rest; to: number } {
  const [left, , right] = childrenOf(node)
  const connector = connectorOf(node)
  if (connector && left && right) {
    const before = flattenTest(left, reading, convert)
    const after = flatten(right, reading, convert)
    return { ...before, rest: [...before.rest, { connector, operand: after.first }, ...after.rest] }
  }
  const inside = simpleTest(node)
  const [sign, endpoint] = inside ? childrenOf(inside) : []
  if (inside === node && sign && endpoint && sign.name !== 'Interval') {
    const value = flatten(endpoint, reading, convert)
    const known = compareSign(textOf(sign, reading)) ?? unsupported(sign, reading)
    return { test: { test: 'compare', sign: known, value: value.first }, rest: value.rest, to: value.first.to }
  }
  return { test: unaryTest(node, reading, convert), rest: [], to: node.to }
}

/** `> 5` or `[1..5]`, also in parentheses. */
function simpleTest(node: Node): Node | undefined {
  if (node.name === 'SimplePositiveUnaryTest') return node
  const [, inner] = node.name === 'ParenthesizedExpression' ? childrenOf(node) : []
  return inner?.name === 'SimplePositiveUnaryTest' ? inner : undefined
}

function unaryTest(node: Node, reading: Reading, convert: Convert): AstTest {
  const inside = simpleTest(node)
  if (!inside) return { test: 'value', value: convert(node, reading) }
  const [first, second] = childrenOf(inside)
  if (first?.name === 'Interval') return interval(first, reading, convert)
  if (!first || !second) return unsupported(inside, reading)
  const sign = compareSign(textOf(first, reading)) ?? unsupported(first, reading)
  return { test: 'compare', sign, value: convert(second, reading) }
}

function interval(node: Node, reading: Reading, convert: Convert): AstTest {
  const [open, from, , to, close] = childrenOf(node)
  if (!open || !from || !to || !close) return unsupported(node, reading)
  const [fromOpen, toOpen] = [open.name !== '[', close.name !== ']']
  return { test: 'range', from: convert(from, reading), to: convert(to, reading), fromOpen, toOpen }
}

/** `a = b`, `a between b and c`, `a in (…, …)`. */
function comparison(node: Node, children: Node[], reading: Reading, convert: Convert): Ast {
  const place = { at: node.from, to: node.to }
  const [left, word, third, fourth, last] = children
  if (!left || !word || !third) return unsupported(node, reading)
  const of = convert(left, reading)
  if (word.name === 'between') {
    if (!last) return unsupported(node, reading)
    const range = { from: convert(third, reading), to: convert(last, reading), fromOpen: false, toOpen: false }
    return { op: 'in', of, tests: [{ test: 'range', ...range }], ...place }
  }
  if (word.name === 'in') {
    const tests = childrenOf(fourth ?? third).map(test => childrenOf(test)[0] ?? test)
    return { op: 'in', of, tests: tests.map(test => unaryTest(test, reading, convert)), ...place }
  }
  const sign = compareSign(textOf(word, reading)) ?? unsupported(word, reading)
  return { op: 'compare', sign, left: of, right: convert(third, reading), ...place }
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
