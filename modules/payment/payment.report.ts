// 应收应付账龄 and 往来借款台账 on paper and as a workbook.
import { add, type Decimal } from '@yingzao/engines/money'
import type { Label } from '@yingzao/kernel/entity'
import { type ReportSection, report, wordsIn } from '@yingzao/kernel/server'
import ageing from './ageing.service.ts'
import type { AgedContract, Ageing } from './ageing-shape.ts'
import debts from './debts.service.ts'
import type { Advanced, Debt } from './debts-shape.ts'

const words = {
  ageing: { zh: '应收应付账龄表', en: 'Ageing of receivables and payables' },
  income: { zh: '应收', en: 'Receivable' },
  expense: { zh: '应付', en: 'Payable' },
  asOf: { zh: '截至', en: 'As of' },
  direction: { zh: '收支', en: 'Direction' },
  both: { zh: '应收与应付', en: 'Both' },
  contract: { zh: '往来单位 / 合同', en: 'Counterparty / contract' },
  project: { zh: '项目', en: 'Project' },
  due: { zh: '累计应收付', en: 'Due' },
  paid: { zh: '累计已收付', en: 'Paid' },
  open: { zh: '未结', en: 'Open' },
  notDue: { zh: '未到期', en: 'Not due' },
  days: { zh: '{from}–{to} 天', en: '{from}–{to} d' },
  over: { zh: '{from} 天以上', en: '≥ {from} d' },
  excess: { zh: '预收预付', en: 'In advance' },
  refund: { zh: '{name}（结算应退）', en: '{name} (overpaid, by its settlement)' },
  total: { zh: '合计', en: 'Total' },
  basis: { zh: '含税，先到期先冲抵，单位：元', en: 'Gross; the oldest is settled first; in CNY' },
  debts: { zh: '往来与借款台账', en: 'Debts and loans' },
  kinds: { zh: '范围', en: 'Scope' },
  outside: { zh: '合同之外的往来、借款与借支', en: 'Beside contracts: debts, loans, staff advances' },
  unit: { zh: '单位：元', en: 'In CNY' },
  receivable: { zh: '其他应收', en: 'Other receivables' },
  lent: { zh: '借出', en: 'Lent' },
  payable: { zh: '其他应付', en: 'Other payables' },
  borrowed: { zh: '借入', en: 'Borrowed' },
  advances: { zh: '借支与备用金', en: 'Staff advances' },
  internal: { zh: '内部往来', en: 'Between own companies and projects' },
  who: { zh: '单位或人员', en: 'Who' },
  company: { zh: '我方单位', en: 'Our company' },
  arisen: { zh: '发生', en: 'Arisen' },
  settled: { zh: '已归还', en: 'Settled' },
  overdue: { zh: '其中逾期', en: 'Of it overdue' },
  next: { zh: '最近到期', en: 'Next due' },
  ofCompany: { zh: '公司本部', en: 'The company itself' },
} as const satisfies Record<string, Label>

type Say = (word: keyof typeof words, values?: Readonly<Record<string, string | number>>) => string
const sum = (values: readonly Decimal[]): Decimal => values.reduce((all, each) => add(all, each), '0.00')

export const ageingReport = report(ageing, (ctx, { as_of, edges, contracts }, { direction }) => {
  const say: Say = wordsIn(ctx.lang, words)
  const buckets = edges.map(edge => bucketOf(say, edge))
  const amounts = (of: readonly AgedContract[]) => [
    ...(['due', 'paid', 'open'] as const).map(name => sum(of.map(each => each[name]))),
    ...edges.map((_, at) => sum(of.map(each => each.buckets[at] ?? '0.00'))),
    sum(of.map(each => each.excess)),
  ]
  const parties = new Map<string, AgedContract[]>()
  for (const each of contracts) {
    const key = each.counterparty_id ?? ''
    parties.set(key, [...(parties.get(key) ?? []), each])
  }
  return {
    title: say('ageing'),
    scope: [
      [say('direction'), say(direction === 'income' || direction === 'expense' ? direction : 'both')],
      [say('asOf'), as_of],
    ],
    basis: say('basis'),
    sections: [
      {
        ...{ is: 'table', title: '' },
        columns: [
          { label: say('contract') },
          ...[say('due'), say('paid'), say('open'), ...buckets, say('excess')].map(label => ({
            ...{ label, kind: 'money' as const },
          })),
        ],
        rows: [...parties.values()].flatMap(of => [
          { values: [of[0]?.counterparty ?? '—', ...amounts(of)], strong: true },
          ...of.map(each => ({
            values: [each.refund ? say('refund', { name: each.name }) : each.name, ...amounts([each])],
            depth: 1,
          })),
        ]),
        totals: [say('total'), ...amounts(contracts)],
      },
    ],
  }
})

const bucketOf = (say: Say, { from, to }: Ageing['edges'][number]): string =>
  from === null ? say('notDue') : to === null ? say('over', { from }) : say('days', { from, to })

export const debtsReport = report(debts, (ctx, found) => {
  const say: Say = wordsIn(ctx.lang, words)
  const kinds = ['receivable', 'lent', 'payable', 'borrowed'] as const
  return {
    title: say('debts'),
    scope: [
      [say('kinds'), say('outside')],
      [say('asOf'), ctx.today],
    ],
    basis: say('unit'),
    sections: [
      ...kinds.flatMap(kind =>
        owed(
          say,
          say(kind),
          found.debts.filter(each => each.kind === kind),
        ),
      ),
      ...owed(say, say('advances'), found.advances),
      ...(found.internal.length === 0
        ? []
        : [
            {
              ...{ is: 'table' as const, title: say('internal') },
              columns: [
                { label: say('company') },
                { label: say('project') },
                { label: say('open'), kind: 'money' as const },
              ],
              rows: found.internal.map(each => ({
                values: [each.company ?? '—', each.project ?? say('ofCompany'), each.open],
              })),
            },
          ]),
    ],
  }
})

function owed(say: Say, title: string, rows: readonly (Debt | Advanced)[]): ReportSection[] {
  if (rows.length === 0) return []
  const amounts = ['arisen', 'settled', 'open', 'overdue'] as const
  return [
    {
      ...{ is: 'table', title },
      columns: [
        { label: say('who') },
        { label: say('company') },
        ...amounts.map(name => ({ label: say(name), kind: 'money' as const })),
        { label: say('next'), kind: 'date' },
      ],
      rows: rows.map(row => ({
        values: [row.name, row.company, ...amounts.map(name => row[name]), row.next_due],
        bad: Number(row.overdue) > 0,
      })),
      totals: [say('total'), null, ...amounts.map(name => sum(rows.map(row => row[name]))), null],
    },
  ]
}
