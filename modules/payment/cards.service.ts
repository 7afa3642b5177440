// What the cards of payments show: the cashier's queue and the ageing, as their pages do.
import { add, compare, type Decimal, sum } from '@yingzao/engines/money'
import type { CardContent, CardsRead, CardValue, Label } from '@yingzao/kernel/entity'
import { act, type Ctx } from '@yingzao/kernel/server'
import { ageingOf } from './ageing.service.ts'
import type { AgedContract, Ageing } from './ageing-shape.ts'
import { queueOf } from './pay.service.ts'
import { entityOf } from './source.ts'

const MOST = 6
const label = (zh: string, en: string): Label => ({ zh, en })
const amount = (value: Decimal): CardValue => ({
  ...{ value, unit: 'money' },
  ...(value.startsWith('-') ? { tone: 'bad' } : {}),
})
const total = (list: readonly Decimal[]): Decimal => add('0.00', sum(list))

export default act('payment.cards', async (ctx, input): Promise<CardsRead> => {
  const asked = Array.isArray(input.cards) ? input.cards : ['payment.queue', 'payment.ageing']
  return {
    ...(asked.includes('payment.queue') ? { 'payment.queue': await queueCard(ctx) } : {}),
    ...(asked.includes('payment.ageing') ? { 'payment.ageing': await ageingCard(ctx) } : {}),
  }
})

async function queueCard(ctx: Ctx): Promise<CardContent> {
  const { rows } = await queueOf(ctx)
  if (rows.length === 0) return { rows: [] }
  return {
    columns: [label('事由', 'What'), label('收款方', 'Paid to'), label('要求付款日', 'Due'), label('待付', 'To pay')],
    rows: rows.slice(0, MOST).map(row => ({
      ...{ title: row.name || (row.number ?? '—'), opens: { entity: entityOf[row.source].name, id: row.id } },
      ...(row.project === null ? {} : { note: row.project }),
      cells: [
        { value: row.payee === '' ? null : row.payee, unit: 'text' },
        {
          ...{ value: row.due_on, unit: 'date' },
          ...(row.due_on !== null && row.due_on < ctx.today ? { tone: 'bad' } : {}),
        },
        amount(row.rest),
      ],
    })),
    total: [{ value: '', unit: 'text' }, { value: '', unit: 'text' }, amount(total(rows.map(row => row.rest)))],
    count: rows.length,
  }
}

async function ageingCard(ctx: Ctx): Promise<CardContent> {
  const [income, expense] = [
    await ageingOf(ctx, { direction: 'income' }),
    await ageingOf(ctx, { direction: 'expense' }),
  ]
  const open = ({ contracts }: Ageing, at: number) => total(contracts.map(each => each.buckets[at] ?? '0'))
  const all = (of: readonly AgedContract[]) => total(of.flatMap(each => each.buckets))
  const rows = income.edges.flatMap((edge, at) => {
    const cells = [open(income, at), open(expense, at)]
    if (cells.every(each => compare(each, '0') === 0)) return []
    return [{ title: wordsOf(edge), cells: cells.map(amount) }]
  })
  return {
    columns: [label('逾期', 'Overdue'), label('应收', 'Receivable'), label('应付', 'Payable')],
    rows,
    total: [amount(all(income.contracts)), amount(all(expense.contracts))],
  }
}

const wordsOf = ({ from, to }: Ageing['edges'][number]): Label =>
  from === null
    ? label('未到期', 'Not due')
    : to === null
      ? label(`${from - 1} 天以上`, `Over ${from - 1} days`)
      : label(`${from}–${to} 天`, `${from}–${to} days`)
