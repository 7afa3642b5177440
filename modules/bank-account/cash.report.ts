// 资金日报 and 收支明细 on paper and as a workbook.
import type { Label } from '@yingzao/kernel/entity'
import { refuse, report, wordsIn } from '@yingzao/kernel/server'
import { cashBook, cashDay } from './cash.service.ts'
import type { BookRow } from './cash-shape.ts'
import { purposeLabels } from './purpose.ts'

const words = {
  day: { zh: '资金日报', en: 'Cash by day' },
  book: { zh: '收支明细', en: 'Cash book' },
  days: { zh: '期间', en: 'Days' },
  account: { zh: '资金账户', en: 'Account' },
  opening: { zh: '期初余额', en: 'Opening' },
  received: { zh: '收入', en: 'In' },
  paid: { zh: '支出', en: 'Out' },
  closing: { zh: '期末余额', en: 'Closing' },
  reserved: { zh: '审批中占用', en: 'Kept, in approval' },
  total: { zh: '合计', en: 'Total' },
  on: { zh: '日期', en: 'Date' },
  purpose: { zh: '用途', en: 'What for' },
  party: { zh: '对方', en: 'Counterparty' },
  document: { zh: '单据', en: 'Document' },
  balance: { zh: '余额', en: 'Balance' },
  unit: { zh: '单位：元', en: 'In CNY' },
} as const satisfies Record<string, Label>

const sums = ['opening', 'received', 'paid', 'closing', 'reserved'] as const

export const dayReport = report(cashDay, (ctx, day) => {
  const say = wordsIn(ctx.lang, words)
  return {
    title: say('day'),
    scope: [[say('days'), `${day.from} — ${day.to}`]],
    basis: say('unit'),
    sections: [
      {
        ...{ is: 'table', title: '' },
        columns: [{ label: say('account') }, ...sums.map(name => ({ label: say(name), kind: 'money' as const }))],
        rows: day.accounts.map(row => ({
          values: [row.ending ? `${row.name} *${row.ending}` : row.name, ...sums.map(name => row[name])],
          bad: row.closing.startsWith('-'),
        })),
        totals: [say('total'), ...sums.map(name => day.total[name])],
      },
    ],
  }
})

/** More is no reading matter. */
const most = 10_000

export const bookReport = report(cashBook, async (ctx, first, input) => {
  const say = wordsIn(ctx.lang, words)
  const purposes: Readonly<Record<string, Label>> = { ...purposeLabels, opening: purposeLabels.opening_ }
  const rows: BookRow[] = [...first.rows]
  for (let after = first.next; after !== null; ) {
    if (rows.length > most) throw refuse('print.too_many_rows', { limit: most })
    const page = await cashBook.run(ctx, { ...input, after })
    rows.push(...page.rows)
    after = page.next
  }
  const days = [input.from, input.to].map(day => (typeof day === 'string' ? day : '…'))
  return {
    title: say('book'),
    scope: [[say('days'), days.join(' — ')]],
    basis: say('unit'),
    sections: [
      {
        ...{ is: 'table', title: '' },
        columns: [
          { label: say('on'), kind: 'date' },
          ...(['account', 'purpose', 'party', 'document'] as const).map(name => ({ label: say(name) })),
          ...(['received', 'paid', 'balance'] as const).map(name => ({ label: say(name), kind: 'money' as const })),
        ],
        // The oldest first, as a book is written.
        rows: rows.reverse().map(row => ({
          values: [
            ...[row.on, row.account_name, purposes[row.purpose]?.[ctx.lang] ?? row.purpose, row.counterparty ?? ''],
            ...[
              row.number ?? '',
              ...(['received', 'paid'] as const).map(name => (Number(row[name]) === 0 ? '' : row[name])),
            ],
            row.balance,
          ],
        })),
        totals: [say('total'), null, null, null, null, first.received, first.paid, null],
      },
    ],
  }
})
