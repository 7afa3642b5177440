// 招投标清单 XML: any nesting of 单项工程, 单位工程, 分部 and items, in attributes or in child elements, by the words of words.ts.
import { add, type Decimal, parseDecimal, r2 } from '@yingzao/engines/money'
import { type ReadLimits, Refused } from '../limit.ts'
import { chunksOf } from '../text.ts'
import { parseWhole } from '../xml/events.ts'
import { type BillGroup, type Gathered, gathered } from './model.ts'
import { type BillColumn, columnOf, groupOf, isSummary, numberOf } from './words.ts'

interface Node {
  readonly name: string
  readonly fields: Map<BillColumn, string>
  /** Its own words of a group; else its parent's. */
  readonly group: BillGroup
  readonly section: readonly string[]
  readonly isSummary: boolean
  /** 组价 and 材料 of an item: what it is made of, no part of the bill. */
  readonly inside: boolean
  text: string
  leaf: boolean
  /** Σ of the nearest amounts below it. */
  found: Decimal
  hasFound: boolean
  items: number
}

const mostItems = 200_000

export async function readXml(bytes: Uint8Array, limits: ReadLimits): Promise<Gathered> {
  const into = gathered()
  const open: Node[] = []
  let read = 0
  let elements = 0
  await parseWhole(
    chunksOf(bytes),
    {
      open(name, attributes) {
        elements++
        const parent = open.at(-1)
        if (parent) parent.leaf = false
        const fields = new Map<BillColumn, string>()
        for (const [attribute, value] of Object.entries(attributes)) {
          const column = columnOf(attribute)
          if (column && !fields.has(column)) fields.set(column, value)
        }
        const title = fields.get('name') ?? ''
        const isSheet = groupOf(name) ?? (fields.has('code') || fields.has('qty') ? undefined : groupOf(title))
        open.push({
          ...{ name, fields, text: '', leaf: true, found: '0', hasFound: false, items: 0 },
          group: isSheet ?? parent?.group ?? 'works',
          section: parent ? [...parent.section, ...titleOf(parent)] : [],
          inside: parent !== undefined && (parent.inside || looksItem(parent)),
          isSummary: (parent?.isSummary ?? false) || isSummary(name) || (fields.size <= 2 && isSummary(title)),
        })
      },
      text(text) {
        const node = open.at(-1)
        if (node && node.text.length < 10_000) node.text += text
      },
      close() {
        const node = open.pop()
        const parent = open.at(-1)
        if (!node) return
        // <项目编码>010101001001</项目编码>: a field of what it stands in.
        const column = columnOf(node.name)
        if (node.leaf && node.fields.size === 0 && column && parent) {
          if (!parent.inside && !parent.fields.has(column)) parent.fields.set(column, node.text.trim())
          return
        }
        if (node.inside) return
        const at = `<${node.name}> ${elements}`
        if (isItem(node)) {
          if (++read > mostItems) throw new Refused('format.too_many', { what: 'records', limit: mostItems })
          take(node, at, into)
          const amount = into.items.at(-1)?.amount
          if (parent && amount) gain(parent, amount)
          if (parent) parent.items++
          return
        }
        if (node.isSummary) {
          takeFee(node, at, into, parent)
          return
        }
        const printed = parseDecimal(node.fields.get('amount') ?? '')
        if (printed !== undefined && node.hasFound)
          into.totals.push({
            at,
            name: node.fields.get('name') ?? node.name,
            printed: r2(printed),
            found: r2(node.found),
          })
        else if (printed !== undefined && !node.hasFound && node.leaf) takeLump(node, at, into, parent)
        if (parent && (node.hasFound || node.items > 0)) gain(parent, node.found)
      },
    },
    limits,
  )
  return into
}

const gain = (node: Node, amount: Decimal) => {
  node.found = add(node.found, amount)
  node.hasFound = true
}
const titleOf = ({ fields }: Node): string[] => {
  const title = fields.get('name')?.trim()
  return title ? [title.slice(0, 100)] : []
}

const looksItem = ({ fields }: Node) => fields.has('code') && (fields.has('qty') || fields.has('unit'))

/** What has a quantity or a price of its own, or a code and a unit. */
const isItem = ({ fields, isSummary, leaf, items, hasFound }: Node): boolean =>
  !isSummary &&
  !hasFound &&
  items === 0 &&
  (leaf || fields.has('code')) &&
  (fields.has('qty') || fields.has('price') || (fields.has('code') && fields.has('unit')))

function take(node: Node, at: string, into: Gathered): void {
  const text = (column: BillColumn) => (node.fields.get(column) ?? '').trim()
  const number = (column: BillColumn) => numberOf(text(column), at, column, into.findings)
  into.items.push({
    ...{ at, group: node.group, section: node.section, code: text('code'), name: text('name') },
    ...{ feature: text('feature'), unit: text('unit') },
    ...{ qty: number('qty'), price: number('price'), amount: number('amount') },
  })
}

/** 总价项目: a name and an amount, one of it. */
function takeLump(node: Node, at: string, into: Gathered, parent: Node | undefined): void {
  const name = (node.fields.get('name') ?? '').trim()
  const amount = numberOf(node.fields.get('amount') ?? '', at, 'amount', into.findings)
  if (name === '' || amount === null) {
    into.findings.push({ code: 'unread', at, values: { text: name || node.name } })
    return
  }
  into.items.push({
    ...{ at, group: node.group, section: node.section, code: (node.fields.get('code') ?? '').trim(), name },
    ...{ feature: '', unit: '项', qty: '1', price: amount, amount },
  })
  if (parent) gain(parent, amount)
}

/** Of a summary only what stands nowhere else: 规费 and 税金. */
function takeFee(node: Node, at: string, into: Gathered, parent: Node | undefined): void {
  const name = (node.fields.get('name') ?? '').trim()
  if (!node.leaf || !/^(增值税|税金|规费)/.test(name)) {
    if (parent && node.hasFound) gain(parent, node.found)
    return
  }
  const amount = numberOf(node.fields.get('amount') ?? '', at, 'amount', into.findings)
  if (amount === null) return
  into.items.push({
    ...{ at, group: groupOf(name) ?? 'other', section: node.section, code: '', name, feature: '' },
    ...{ unit: '项', qty: '1', price: amount, amount },
  })
  if (parent) gain(parent, amount)
}
