// An XML file as a small tree, in bounded memory: an invoice has a few hundred elements.
import { allowance, type ReadLimits, Refused } from '../limit.ts'
import { parseWhole } from '../xml/events.ts'

export interface Node {
  readonly name: string
  text: string
  readonly children: Node[]
}

export async function readTree(chunks: AsyncIterable<Uint8Array>, limits: ReadLimits): Promise<Node> {
  const count = allowance(limits)
  const open: Node[] = []
  let root: Node | undefined
  let characters = 0
  await parseWhole(
    chunks,
    {
      open(name) {
        count('records')
        const node: Node = { name, text: '', children: [] }
        open.at(-1)?.children.push(node)
        root ??= node
        open.push(node)
      },
      text(text) {
        const node = open.at(-1)
        characters += text.length
        if (characters > limits.fieldLength) throw new Refused('format.field_too_long', { limit: limits.fieldLength })
        if (node) node.text += text
      },
      close() {
        open.pop()
      },
    },
    limits,
  )
  if (!root) throw new Refused('xml.truncated')
  return root
}

/** The first element below `node` that has one of the names, level by level; names are compared without case. */
export function find(node: Node | undefined, ...names: readonly string[]): Node | undefined {
  const wanted = new Set(names.map(name => name.toLowerCase()))
  const queue = node ? [...node.children] : []
  for (const each of queue) {
    if (wanted.has(each.name.toLowerCase())) return each
    queue.push(...each.children)
  }
  return undefined
}

/** Every element of the name, in the order of the file. */
export function findAll(node: Node | undefined, name: string): Node[] {
  const wanted = name.toLowerCase()
  const found: Node[] = []
  const visit = (each: Node) => {
    if (each.name.toLowerCase() === wanted) found.push(each)
    else each.children.forEach(visit)
  }
  node?.children.forEach(visit)
  return found
}

/** Its text without white space around, or null. */
export function textOf(node: Node | undefined): string | null {
  const text = node?.text.trim() ?? ''
  return text === '' ? null : text
}
