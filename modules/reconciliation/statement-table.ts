// A bank's file → its lines. Every bank names and orders its columns its own way; titles above the header are passed over.
import { add, compare, type Decimal, isDecimal, isZero, negate, r2, subtract } from '@yingzao/engines/money'
import { type Cell, cellText, type Row } from '@yingzao/formats/table'
import { isPlainDate } from '@yingzao/kernel/entity'

export const columns = ['on', 'received', 'paid', 'amount', 'sign', 'balance', 'name', 'summary', 'ref'] as const
export type Column = (typeof columns)[number]
/** Which of the file's columns (from 0) is which of ours. */
export type Mapping = Readonly<Partial<Record<Column, number>>>

const names: Readonly<Record<Column, readonly string[]>> = {
  on: ['交易日期', '记账日期', '入账日期', '日期', '交易时间', 'date', 'booked on', 'transaction date'],
  received: ['收入', '收入金额', '贷方发生额', '贷方金额', '贷方', '存入', '转入金额', 'credit', 'in', 'received'],
  paid: ['支出', '支出金额', '借方发生额', '借方金额', '借方', '支取', '转出金额', 'debit', 'out', 'paid'],
  amount: ['金额', '发生额', '交易金额', 'amount'],
  sign: ['借贷标志', '借贷', '收支', '借/贷', 'dc', 'type'],
  balance: ['余额', '账户余额', '交易后余额', '本次余额', 'balance'],
  name: ['对方户名', '对方名称', '对方单位', '对方账户名称', '户名', 'counterparty', 'name', 'payee'],
  summary: ['摘要', '用途', '附言', '交易摘要', '备注', 'text', 'summary', 'description'],
  ref: ['流水号', '交易流水号', '交易流水', '凭证号', '回单编号', 'reference', 'ref', 'no.'],
}
const plain = (text: string) => text.replaceAll(/[\s（(].*$|[:：]/g, '').toLowerCase()

export interface StatementLine {
  readonly row: number
  readonly on: string
  readonly received: Decimal
  readonly paid: Decimal
  readonly counter_name: string | null
  readonly summary: string | null
  readonly bank_ref: string | null
  readonly balance: Decimal | null
}
export interface ReadStatement {
  readonly headers: readonly string[]
  readonly mapping: Mapping
  readonly lines: readonly StatementLine[]
  /** Rows that could not be read, with why: `date`, `amount`, `both`. */
  readonly bad: readonly { readonly row: number; readonly reason: 'date' | 'amount' | 'both' }[]
  /** From the balance column, when there is one and it runs through: each balance is the one before plus in less out. */
  readonly opening: Decimal | null
  readonly closing: Decimal | null
}

const cell = (cells: readonly (Cell | undefined)[], at: number | undefined): string =>
  at === undefined ? '' : cellText(cells[at]).trim()

function dayOf(text: string): string | null {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})/.exec(text) ?? []
  if (year === undefined) return null
  const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isPlainDate(found) ? found : null
}

/** Empty is nothing; null is no amount. */
function amountOf(text: string): Decimal | null {
  const bare = text
    .replaceAll(/[,，\s¥￥]|元$/g, '')
    .replace(/^[−–]/, '-')
    .replace(/^\+/, '')
  if (bare === '' || bare === '-' || bare === '--') return '0'
  return isDecimal(bare) ? r2(bare) : null
}

function guess(cells: readonly (Cell | undefined)[]): Mapping {
  const found: Partial<Record<Column, number>> = {}
  for (const [at, each] of cells.entries()) {
    const text = plain(cellText(each).trim())
    const column = columns.find(name => names[name].includes(text))
    if (column && found[column] === undefined) found[column] = at
  }
  return found
}
const enough = (mapping: Mapping) =>
  mapping.on !== undefined &&
  (mapping.amount !== undefined || mapping.received !== undefined || mapping.paid !== undefined)

/** Reads rows of a table; `given` overrides what the headers say. Null: no row says what its columns are. */
export async function readStatement(rows: AsyncIterable<Row>, given: Mapping = {}): Promise<ReadStatement | null> {
  let headers: readonly string[] | null = null
  let mapping: Mapping = {}
  let before = 0
  const lines: StatementLine[] = []
  const bad: { row: number; reason: 'date' | 'amount' | 'both' }[] = []
  for await (const { cells, number } of rows) {
    if (!headers) {
      const guessed = { ...guess(cells), ...given }
      if (enough(guessed)) {
        headers = cells.map(each => cellText(each).trim())
        mapping = guessed
      } else if (++before > 50) return null
      continue
    }
    if (cells.every(each => cellText(each).trim() === '')) continue
    const day = dayOf(cell(cells, mapping.on))
    const received = amountOf(cell(cells, mapping.received))
    const paid = amountOf(cell(cells, mapping.paid))
    const amount = amountOf(cell(cells, mapping.amount))
    // 合计 and other words below the lines have no date.
    if (day === null && /^\D*$/.test(cell(cells, mapping.on))) continue
    if (day === null) bad.push({ row: number, reason: 'date' })
    else if (received === null || paid === null || amount === null) bad.push({ row: number, reason: 'amount' })
    else {
      const [into, out] = sides(received, paid, amount, cell(cells, mapping.sign))
      if (!isZero(into) && !isZero(out)) bad.push({ row: number, reason: 'both' })
      else if (!isZero(into) || !isZero(out))
        lines.push({
          ...{ row: number, on: day, received: r2(into), paid: r2(out) },
          counter_name: cell(cells, mapping.name).slice(0, 200) || null,
          summary: cell(cells, mapping.summary).slice(0, 200) || null,
          bank_ref: cell(cells, mapping.ref).slice(0, 60) || null,
          balance: mapping.balance === undefined ? null : amountOf(cell(cells, mapping.balance)),
        })
    }
  }
  if (!headers) return null
  return { headers, mapping, lines, bad, ...ends(lines) }
}

function sides(received: Decimal, paid: Decimal, amount: Decimal, sign: string): readonly [Decimal, Decimal] {
  // A negative amount is one of the other side (冲正).
  const turned = (into: Decimal, out: Decimal): readonly [Decimal, Decimal] => [
    add(compare(into, '0') > 0 ? into : '0', compare(out, '0') < 0 ? negate(out) : '0'),
    add(compare(out, '0') > 0 ? out : '0', compare(into, '0') < 0 ? negate(into) : '0'),
  ]
  if (!isZero(received) || !isZero(paid)) return turned(received, paid)
  return /借|支|出|debit|^d$/i.test(sign) ? turned('0', amount) : turned(amount, '0')
}

const netOf = ({ received, paid }: StatementLine) => subtract(received, paid)

/** Banks write the newest first or last: the order in which the balances run through is taken. */
function ends(lines: readonly StatementLine[]): { opening: Decimal | null; closing: Decimal | null } {
  for (const list of [lines, [...lines].reverse()]) {
    const runs = list.every((line, at) => {
      const former = list[at - 1]
      if (line.balance === null) return false
      if (!former) return true
      return former.balance !== null && compare(add(former.balance, netOf(line)), line.balance) === 0
    })
    const [first, last] = [list[0], list.at(-1)]
    if (runs && first?.balance && last?.balance)
      return { opening: r2(subtract(first.balance, netOf(first))), closing: r2(last.balance) }
  }
  return { opening: null, closing: null }
}
