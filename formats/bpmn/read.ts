// BPMN 2.0 → flow, where the graph is made of nested blocks: every split has its join. Foreign tasks become steps whose people are
// still to be named; each such loss is told.
import type { Block, Case, Flow, Who } from '@yingzao/engines/approval'
import { type BpmnProblem, type Graph, type Node, readGraph, type Way } from './graph.ts'

export type { BpmnProblem } from './graph.ts'
/** Settings that the file carries are JSON from outside: the caller reads the flow strictly before it is used. */
export interface ReadBpmn {
  readonly name: string
  readonly flow: unknown
  /** Names of tasks whose people the file does not tell. */
  readonly unnamed: readonly string[]
}
export type BpmnOutcome = ({ readonly ok: true } & ReadBpmn) | { readonly ok: false; readonly reason: BpmnProblem }

const deepest = 30

class Fault {
  readonly reason: BpmnProblem
  constructor(code: BpmnProblem['code'], at: string) {
    this.reason = { code, at }
  }
}

export function readBpmn(xml: string): BpmnOutcome {
  const read = readGraph(xml)
  if (!read.ok) return read
  try {
    return { ok: true, ...flowOf(read.graph) }
  } catch (thrown) {
    if (thrown instanceof Fault) return { ok: false, reason: thrown.reason }
    throw thrown
  }
}

const json = (text: string, at: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value))
  } catch {
    // Told below.
  }
  throw new Fault('settings', at)
}

function flowOf({ process, nodes, ways }: Graph): ReadBpmn {
  const out = new Map<string, Way[]>()
  const into = new Map<string, number>()
  for (const way of ways) {
    if (!nodes.has(way.from) || !nodes.has(way.to)) throw new Fault('element', way.id)
    out.set(way.from, [...(out.get(way.from) ?? []), way])
    into.set(way.to, (into.get(way.to) ?? 0) + 1)
  }
  const starts = [...nodes.values()].filter(each => each.kind === 'startEvent')
  const [start] = starts
  if (!start || starts.length > 1) throw new Fault('no_process', 'startEvent')
  const unnamed: string[] = []
  const seen = new Set<string>()
  const names = new Set<string>()

  const isJoin = (node: Node) => node.kind.endsWith('Gateway') && (into.get(node.id) ?? 0) > 1
  /** Blocks from a way on, up to the join or end that closes them. */
  const follow = (first: Way, depth: number): { of: Block[]; stop: Node } => {
    if (depth > deepest) throw new Fault('too_large', first.id)
    const of: Block[] = []
    for (let way = first; ; ) {
      const node = nodes.get(way.to)
      if (!node) throw new Fault('element', way.id)
      if (isJoin(node) || node.kind === 'endEvent') return { of, stop: node }
      // Met twice, and no join: a loop, or a way into the middle of a branch.
      if (seen.has(node.id)) throw new Fault('unstructured', node.id)
      seen.add(node.id)
      const next = node.kind.endsWith('Gateway') ? split(node, depth, of) : taskOf(node, of)
      if (!next) return { of, stop: node }
      way = next
    }
  }
  const onlyWay = (node: Node): Way => {
    const [way, ...more] = out.get(node.id) ?? []
    if (!way || more.length > 0) throw new Fault('unstructured', node.id)
    return way
  }
  const taskOf = (node: Node, of: Block[]): Way => {
    of.push(cardOf(node, names, unnamed))
    return onlyWay(node)
  }
  const split = (node: Node, depth: number, of: Block[]): Way => {
    const branches = (out.get(node.id) ?? []).map(way => ({ way, ...follow(way, depth + 1) }))
    const [one] = branches
    if (!one) throw new Fault('unstructured', node.id)
    if (branches.some(each => each.stop.id !== one.stop.id) || one.stop.kind !== node.kind)
      throw new Fault('unstructured', node.id)
    const blockOf = (each: { of: Block[] }): Block =>
      each.of.length === 1 && each.of[0] ? each.of[0] : { is: 'sequence', of: each.of }
    if (branches.length === 1) of.push(...one.of)
    else if (node.kind === 'parallelGateway') of.push({ is: 'parallel', of: branches.map(blockOf) })
    else {
      const usual =
        branches.find(each => each.way.id === node.usual) ?? branches.find(each => each.way.condition === null)
      if (!usual) throw new Fault('no_default', node.id)
      const kept = node.settings === null ? null : json(node.settings, node.id).labels
      const labels: readonly unknown[] = Array.isArray(kept) ? kept : []
      const cases = branches
        .filter(each => each !== usual)
        .map((each, index): Case => {
          // Ours carries both languages; a case that has no name is drawn with its condition.
          const label =
            wordsIn(labels[index]) ??
            (each.way.name === '' || Array.isArray(kept) ? null : { zh: each.way.name, en: each.way.name })
          if (each.way.condition === null) throw new Fault('no_default', each.way.id)
          return { when: each.way.condition, block: blockOf(each), ...(label && { label }) }
        })
      of.push({ is: 'choice', cases, otherwise: blockOf(usual) })
    }
    if (seen.has(one.stop.id)) throw new Fault('unstructured', one.stop.id)
    seen.add(one.stop.id)
    return onlyWay(one.stop)
  }

  const { of, stop } = follow(onlyWay(start), 0)
  if (stop.kind !== 'endEvent') throw new Fault('unstructured', stop.id)
  const lost = [...nodes.values()].find(each => !seen.has(each.id) && each !== start && each.kind !== 'endEvent')
  if (lost) throw new Fault('unstructured', lost.id)
  const rest = process.settings === null ? {} : json(process.settings, process.id)
  const title = process.name || process.id
  const root: Block = of.length === 1 && of[0] ? of[0] : { is: 'sequence', of }
  return { name: process.id, unnamed, flow: { name: process.id, label: { zh: title, en: title }, ...rest, root } }
}

const wordsIn = (value: unknown): Flow['label'] | null =>
  typeof value === 'object' &&
  value !== null &&
  'zh' in value &&
  'en' in value &&
  typeof value.zh === 'string' &&
  typeof value.en === 'string'
    ? { zh: value.zh, en: value.en }
    : null

/** Ours comes back whole; of a foreign task the name, and the candidates that Camunda or Flowable wrote. */
function cardOf(node: Node, names: Set<string>, unnamed: string[]): Block {
  if (node.settings !== null) {
    const kept = json(node.settings, node.id)
    if ((kept.is === 'step' || kept.is === 'copy') && typeof kept.name === 'string') {
      names.add(kept.name)
      // Read strictly by whoever takes the flow in.
      return kept as unknown as Block
    }
    throw new Fault('settings', node.id)
  }
  const plain =
    node.id
      .toLowerCase()
      .replaceAll(/[^a-z0-9_]+/g, '_')
      .replace(/^[^a-z]+/, '') || 'step'
  let name = plain.slice(0, 50)
  for (let at = 2; names.has(name); at++) name = `${plain.slice(0, 50)}_${at}`
  names.add(name)
  const title = (node.name || node.id).slice(0, 60)
  const [role] = (node.attributes.candidateGroups ?? '').split(',').map(each => each.trim())
  const who: Who = role ? { role } : { users: [] }
  if (!role) unnamed.push(title)
  return { is: node.kind === 'sendTask' ? 'copy' : 'step', name, label: { zh: title, en: title }, who }
}
