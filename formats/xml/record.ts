// Streams an XML file of the shape root / list / record (or root / record) into small trees, one record at a time, with saxes.
import { type ReadLimits, Refused } from '../limit.ts'
import { localName, runawayGuard, strictParser } from './events.ts'

/** An element: leaf children in `fields` (the last of a name wins), others in `children`. */
export interface XmlNode {
  name: string
  fields: Map<string, string>
  children: XmlNode[]
}

export interface RecordSink {
  /** The root element, before anything in it; throw `Refused` if it is another format. */
  root(name: string, namespace: string): void
  /** Whether an element under the root is a list of records; otherwise it is a record itself. Absent: all are lists. */
  isList?(name: string): boolean
  /** A list begins. */
  begin?(list: string, attributes: Readonly<Record<string, string>>): void
  /** A leaf directly under the root. */
  property(name: string, text: string): void
  /** A leaf where a record is expected: a grandchild of the root without anything in it. */
  leaf(list: string, name: string, text: string): void
  /** A finished record: a child of a list, or (list = '') a child of the root that is none. */
  record(list: string, node: XmlNode): void
}

/** Push parser; feed decoded text in chunks of any size, then `end()`. Throws `Refused`. */
export interface RecordParser {
  write(text: string): void
  end(): void
}

/**
 * DTDs are never read: saxes does not expand declared entities, so external entities and entity bombs end as the
 * undefined entities they are.
 */
export function recordParser(sink: RecordSink, limits: ReadLimits): RecordParser {
  const parser = strictParser()
  const guard = runawayGuard(limits)
  const open: XmlNode[] = []
  let text = ''
  let hasText = false
  let depth = 0
  let inList = true

  parser.on('opentag', tag => {
    guard.event()
    const name = localName(tag.name)
    if (depth === 0) {
      const prefix = tag.name.length > name.length ? `xmlns:${tag.name.slice(0, -name.length - 1)}` : 'xmlns'
      sink.root(name, tag.attributes[prefix] ?? '')
    }
    depth++
    if (depth > limits.depth) throw new Refused('format.too_deep', { limit: limits.depth })
    open.push({ name, fields: new Map(), children: [] })
    if (depth === 2) {
      inList = sink.isList?.(name) ?? true
      if (inList) sink.begin?.(name, tag.attributes)
    }
    text = ''
    hasText = true
  })
  const take = (piece: string): void => {
    if (hasText) text += piece
  }
  parser.on('text', take)
  parser.on('cdata', take)
  parser.on('closetag', () => {
    guard.event()
    const node = open.pop()
    const parent = open[open.length - 1]
    depth--
    if (!node || !parent) return
    const leaf = hasText
    hasText = false
    if (leaf && node.fields.size === 0 && node.children.length === 0) {
      if (depth === 1) sink.property(node.name, text)
      else if (depth === 2 && inList) sink.leaf(parent.name, node.name, text)
      else parent.fields.set(node.name, text)
    } else if (depth === 2 && inList) sink.record(parent.name, node)
    else if (depth === 1 && !inList) sink.record('', node)
    else if (depth > 1) parent.children.push(node)
  })
  return {
    write: chunk => {
      guard.chunk(chunk.length)
      parser.write(chunk)
    },
    end: () => {
      parser.close()
      if (depth > 0) throw new Refused('xml.truncated')
    },
  }
}

/** The first child of that name. */
export const child = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find(c => c.name === name)

/** All children of that name. */
export const childrenOf = (node: XmlNode | undefined, name: string): XmlNode[] =>
  node ? node.children.filter(c => c.name === name) : []
