// 表-08, 表-09 and their kin in a workbook or CSV: each sheet with its title, a header of one or two rows, sections, items, totals.
import { add, type Decimal, r2, sum } from '@yingzao/engines/money'
import type { Row } from '../cell.ts'
import { cellText } from '../cell.ts'
import { type ReadLimits, Refused } from '../limit.ts'
import { detectTable, readTable } from '../table.ts'
import { listSheets } from '../xlsx/read.ts'
import { type BillFileItem, type BillGroup, type Gathered, gathered } from './model.ts'
import {
  type BillColumn,
  bare,
  columnOf,
  groupOf,
  isPageTotal,
  isSummary,
  isTitleRow,
  isTotalRow,
  numberOf,
} from './words.ts'

const mostItems = 200_000
/** A header stands in the first rows of a page. */
const headerWithin = 40

export async function readBillTable(bytes: Uint8Array, limits: ReadLimits): Promise<Gathered> {
  const into = gathered()
  const kind = detectTable(bytes)
  if (kind === undefined) throw new Refused('bill.unknown')
  const sheets = kind === 'csv' ? [{ name: 'CSV', hidden: false }] : await listSheets(bytes, { limits })
  for (const { name, hidden } of sheets) {
    if (hidden) {
      into.findings.push({ code: 'unread', at: name, values: { text: '' } })
      continue
    }
    await readOne(name, readTable(bytes, { limits, ...(kind === 'csv' ? {} : { sheet: name }) }), into)
  }
  if (into.items.length === 0) throw new Refused('bill.no_items')
  return into
}

/** Every header names a name. */
const naming = /名称|汇总内容|name|mc$/i

type Columns = ReadonlyMap<BillColumn, number>

interface Sheet {
  readonly name: string
  group: BillGroup
  columns: Columns | null
  section: string[]
  /** Since the last page total, since the section began, of the sheet. */
  page: Decimal[]
  part: Decimal[]
  all: Decimal[]
}

async function readOne(name: string, rows: AsyncGenerator<Row>, into: Gathered): Promise<void> {
  const sheet: Sheet = {
    ...{ name, group: groupOf(name) ?? 'works', columns: null, section: [] },
    ...{ page: [], part: [], all: [] },
  }
  let titles = ''
  let waiting: Row | null = null
  let seen = 0
  let last: { readonly order: string; readonly index: number } | null = null
  for await (const row of rows) {
    const texts = row.cells.map(cell => cellText(cell).trim())
    if (texts.every(text => text === '')) continue
    seen++
    if (waiting) {
      const merged = columnsOf(joined(waiting, texts))
      const single = columnsOf(waiting.cells.map(cell => cellText(cell)))
      const isSecond = texts.every(
        text => text === '' || columnOf(text) !== undefined || /其中|暂估|金额|人工费|机械费/.test(text),
      )
      waiting = null
      sheet.columns = isSecond && merged ? merged : single
      if (isSecond) continue
    }
    if (texts.some(text => text.length <= 12 && naming.test(text)) && columnsOf(texts)) {
      // The same header again on the next page, or that of the next table in the sheet.
      if (!sheet.columns) sheet.group = groupOf(name) ?? groupOf(titles) ?? 'works'
      waiting = row
      last = null
      continue
    }
    if (!sheet.columns) {
      if (seen > headerWithin) break
      titles += ` ${texts.join(' ')}`
      continue
    }
    if (isTitleRow(texts)) continue
    last = takeRow(sheet, row.number, texts, into, last)
    if (into.items.length > mostItems) throw new Refused('format.too_many', { what: 'records', limit: mostItems })
  }
  if (isSummary(name) || isSummary(titles) || !sheet.columns)
    if (seen > 0 && !sheet.columns)
      into.findings.push({ code: 'unread', at: name, values: { text: titles.trim().slice(0, 60) } })
}

/** A header: a name, and a quantity or an amount; of a unit-price table also code and unit. */
function columnsOf(texts: readonly string[]): Columns | null {
  const columns = new Map<BillColumn, number>()
  texts.forEach((text, at) => {
    const column = columnOf(text)
    if (column && !columns.has(column)) columns.set(column, at)
  })
  const has = (...all: BillColumn[]) => all.every(each => columns.has(each))
  return has('name') && (has('qty') || has('amount')) && columns.size >= 3 ? columns : null
}

/** Two rows of a header as one: 金额（元） above 综合单价 and 合价. */
const joined = (above: Row, below: readonly string[]): string[] =>
  Array.from({ length: Math.max(above.cells.length, below.length) }, (_, at) => {
    const under = below[at] ?? ''
    return columnOf(under) ? under : cellText(above.cells[at])
  })

function takeRow(
  sheet: Sheet,
  number: number,
  texts: readonly string[],
  into: Gathered,
  last: { readonly order: string; readonly index: number } | null,
): { readonly order: string; readonly index: number } | null {
  const at = `${sheet.name} ${number}`
  const text = (column: BillColumn) => {
    const place = sheet.columns?.get(column)
    return place === undefined ? '' : (texts[place] ?? '')
  }
  const value = (column: BillColumn) => numberOf(text(column), at, column, into.findings)
  const label = text('name') || texts.find(each => each !== '') || ''
  const amount = value('amount')
  if (text('code') === '' && isTotalRow(texts.find(each => isTotalRow(each)) ?? label)) {
    if (amount !== null) takeTotal(sheet, at, texts.find(each => isTotalRow(each)) ?? label, amount, into)
    return null
  }
  const [code, unit] = [text('code'), text('unit')]
  const isPriced = sheet.columns?.has('qty') ?? false
  if (isPriced && code === '' && unit === '' && text('qty') === '') {
    // 分部: a name alone; a total may stand with it.
    if (label === '') return last
    sheet.section = [label.slice(0, 100)]
    sheet.part = []
    sheet.group = groupOf(label) ?? sheet.group
    return null
  }
  if (!isPriced && amount === null) {
    if (label !== '' && code !== '') into.findings.push({ code: 'no_price', at, values: { name: label.slice(0, 60) } })
    return last
  }
  const order = bare(text('order'))
  // 2, then 2.1: the first is a heading, its amount their total.
  if (last !== null && order !== '' && order.startsWith(`${last.order}.`)) {
    const heading = into.items[last.index]
    if (heading?.amount) {
      into.items.splice(last.index, 1)
      for (const list of [sheet.page, sheet.part, sheet.all]) list.pop()
    }
  }
  const lump = !isPriced
  const item: BillFileItem = {
    ...{ at, group: groupOfRow(sheet, label), section: [sheet.name, ...sheet.section], code, name: label },
    feature: text('feature'),
    unit: lump ? unit || '项' : unit,
    qty: lump ? '1' : value('qty'),
    price: lump ? amount : value('price'),
    amount,
  }
  into.items.push(item)
  if (item.amount !== null) for (const list of [sheet.page, sheet.part, sheet.all]) list.push(item.amount)
  return order === '' || !lump ? null : { order, index: into.items.length - 1 }
}

/** In 规费、税金 tables each row says which it is. */
const groupOfRow = (sheet: Sheet, name: string): BillGroup =>
  /^(增值税|税金)/.test(name) ? 'tax' : sheet.group === 'tax' ? 'other' : sheet.group

function takeTotal(sheet: Sheet, at: string, name: string, printed: Decimal, into: Gathered): void {
  const of = (amounts: readonly Decimal[]) => r2(sum([...amounts]))
  const sums = { page: of(sheet.page), part: of(sheet.part), all: of(sheet.all) }
  // 分部小计 is of its section, 本页小计 of its page, 合计 of all; where a sheet has no sections, all is meant.
  const own = isPageTotal(name) ? 'page' : /小计/.test(name) && sheet.section.length > 0 ? 'part' : 'all'
  into.totals.push({ at, name: name.slice(0, 60), printed: r2(printed), found: add(sums[own], '0.00') })
  if (own === 'page') sheet.page = []
  if (own === 'part') sheet.part = []
}
