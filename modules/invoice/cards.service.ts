// What the cards of invoices show: the gaps by contract, and prepayments by project, as their pages do.
import { add, compare, type Decimal, sum } from '@yingzao/engines/money'
import { asId, type CardContent, type CardsRead, type CardValue, type Label } from '@yingzao/kernel/entity'
import { act, type Ctx, metrics, titlesOf } from '@yingzao/kernel/server'
import { gapsOf } from './gaps.service.ts'
import { prepaidOf } from './prepayment.service.ts'

const MOST = 6
const label = (zh: string, en: string): Label => ({ zh, en })
const amount = (value: Decimal): CardValue => ({ value, unit: 'money' })
const total = (list: readonly Decimal[]): CardValue => amount(add('0.00', sum(list)))

export default act('invoice.cards', async (ctx, input): Promise<CardsRead> => {
  const asked = Array.isArray(input.cards) ? input.cards : ['invoice.gaps', 'invoice.prepayment']
  return {
    ...(asked.includes('invoice.gaps') ? { 'invoice.gaps': await gapsCard(ctx) } : {}),
    ...(asked.includes('invoice.prepayment') ? { 'invoice.prepayment': await prepaymentCard(ctx) } : {}),
  }
})

async function gapsCard(ctx: Ctx): Promise<CardContent> {
  const { rows, to_issue, to_receive } = await gapsOf(ctx, {})
  const vat = { module: 'invoice', page: 'vat' } as const
  return {
    figures: [
      { label: label('应开未开', 'To issue'), value: to_issue, unit: 'money', opens: vat },
      { label: label('未到票', 'To receive'), value: to_receive, unit: 'money', opens: vat },
    ],
    columns: [label('合同', 'Contract'), label('类型', 'Kind'), label('未开、未到', 'Missing')],
    rows: rows.slice(0, MOST - 1).map(row => ({
      ...{
        title: row.name,
        note: row.counterparty.name,
        opens: { entity: 'contract', id: row.contract, tab: 'invoices' },
      },
      cells: [
        {
          value: row.direction === 'income' ? label('应开未开', 'To issue') : label('未到票', 'To receive'),
          unit: 'text',
        },
        amount(row.missing),
      ],
    })),
    count: rows.length,
  }
}

async function prepaymentCard(ctx: Ctx): Promise<CardContent> {
  const { rows } = await metrics(ctx, ['invoice_paid'], { by: ['project', 'direction'] })
  const ids = rows.flatMap(({ key: [id, direction], values }) =>
    id && direction === 'income' && compare(values.invoice_paid ?? '0', '0') > 0 ? [id] : [],
  )
  const names = await titlesOf(ctx, 'project', ids)
  const found = []
  for (const id of ids) found.push({ id, ...(await prepaidOf(ctx, asId('project', id))) })
  found.sort((a, b) => compare(b.open, a.open))
  return {
    columns: [label('项目', 'Project'), label('应预缴', 'Due'), label('已预缴', 'Prepaid'), label('尚需', 'Open')],
    rows: found.slice(0, MOST).map(each => ({
      ...{ title: names[each.id] ?? '—', opens: { entity: 'project', id: each.id, tab: 'invoices' } },
      cells: [amount(each.tax), amount(each.paid), amount(each.open)],
    })),
    total: [
      total(found.map(each => each.tax)),
      total(found.map(each => each.paid)),
      total(found.map(each => each.open)),
    ],
    count: found.length,
  }
}
