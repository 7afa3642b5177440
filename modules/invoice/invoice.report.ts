// 应开未开 and 未到票, and output and input VAT by month, on paper and as a workbook.
import type { Label } from '@yingzao/kernel/entity'
import { report, wordsIn } from '@yingzao/kernel/server'
import gaps from './gaps.service.ts'
import vat from './vat.service.ts'

const words = {
  gaps: { zh: '应开未开与未到票台账', en: 'Invoices to issue and to receive' },
  income: { zh: '应开未开（销项）', en: 'To be issued' },
  expense: { zh: '未到票（进项）', en: 'To be received' },
  scope: { zh: '范围', en: 'Scope' },
  effective: { zh: '生效合同', en: 'Effective contracts' },
  basis: {
    zh: '含税，单位：元。应开取应收与已收较大者减已开；未到票取已付减已收票。',
    en: 'Gross, in CNY. To issue: due or received less issued; to receive: paid less received.',
  },
  contract: { zh: '合同', en: 'Contract' },
  party: { zh: '对方单位', en: 'Other party' },
  sum: { zh: '合同额', en: 'Sum' },
  measured: { zh: '累计计量', en: 'Measured' },
  due: { zh: '累计应收付', en: 'Due' },
  paid: { zh: '累计收付', en: 'Paid' },
  invoiced: { zh: '累计发票', en: 'Invoiced' },
  missing: { zh: '缺票', en: 'Missing' },
  total: { zh: '合计', en: 'Total' },
  vat: { zh: '进销项税额表', en: 'VAT by month' },
  year: { zh: '年度', en: 'Year' },
  unit: { zh: '单位：元', en: 'In CNY' },
  month: { zh: '月份', en: 'Month' },
  out_net: { zh: '销项金额', en: 'Output, net' },
  out_tax: { zh: '销项税额', en: 'Output tax' },
  in_net: { zh: '进项金额', en: 'Input, net' },
  in_tax: { zh: '进项税额', en: 'Input tax' },
  deducted_tax: { zh: '已抵扣', en: 'Deducted' },
  waiting_tax: { zh: '待抵扣', en: 'To deduct' },
  payable: { zh: '应纳税额', en: 'Payable' },
  credit: { zh: '期末留抵', en: 'Carried over' },
} as const satisfies Record<string, Label>

const amounts = ['sum', 'measured', 'due', 'paid', 'invoiced', 'missing'] as const

export const gapsReport = report(gaps, (ctx, { rows, to_issue, to_receive }) => {
  const say = wordsIn(ctx.lang, words)
  return {
    title: say('gaps'),
    scope: [[say('scope'), say('effective')]],
    basis: say('basis'),
    sections: (['income', 'expense'] as const).map(direction => ({
      ...{ is: 'table' as const, title: say(direction) },
      columns: [
        { label: say('contract') },
        { label: say('party') },
        ...amounts.map(name => ({ label: say(name), kind: 'money' as const })),
      ],
      rows: rows
        .filter(row => row.direction === direction)
        .map(row => ({ values: [row.name, row.counterparty.name, ...amounts.map(name => row[name])] })),
      totals: [say('total'), null, null, null, null, null, null, direction === 'income' ? to_issue : to_receive],
    })),
  }
})

const taxes = ['out_net', 'out_tax', 'in_net', 'in_tax', 'deducted_tax', 'waiting_tax', 'payable', 'credit'] as const

export const vatReport = report(vat, (ctx, { months, total }, input) => {
  const say = wordsIn(ctx.lang, words)
  return {
    title: say('vat'),
    scope: [[say('year'), typeof input.year === 'number' ? String(input.year) : ctx.today.slice(0, 4)]],
    basis: say('unit'),
    sections: [
      {
        ...{ is: 'table', title: '' },
        columns: [{ label: say('month') }, ...taxes.map(name => ({ label: say(name), kind: 'money' as const }))],
        rows: months.map(each => ({ values: [each.month, ...taxes.map(name => each[name])] })),
        totals: [say('total'), ...taxes.map(name => total[name])],
      },
    ],
  }
})
