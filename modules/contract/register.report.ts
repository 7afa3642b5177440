// 合同台账 on paper and as a workbook: income, then expense, each by project with its sums.
import { add, type Decimal } from '@yingzao/engines/money'
import { asId, type Label } from '@yingzao/kernel/entity'
import { get, type ReportRow, report, wordsIn } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { contract } from './contract.entity.ts'
import type { Figures, RegisterRow } from './figures-shape.ts'
import { register } from './register.service.ts'

const words = {
  title: { zh: '合同台账', en: 'Contract register' },
  basis: { zh: '含税，单位：元', en: 'Gross, in CNY' },
  all: { zh: '全部项目', en: 'All projects' },
  project: { zh: '项目', en: 'Project' },
  name: { zh: '合同', en: 'Contract' },
  number: { zh: '编号', en: 'No.' },
  party: { zh: '对方单位', en: 'Other party' },
  signed: { zh: '签订日期', en: 'Signed on' },
  original: { zh: '原合同额', en: 'Original sum' },
  changes: { zh: '变更', en: 'Changes' },
  sum: { zh: '现合同额', en: 'Current sum' },
  measured: { zh: '累计计量', en: 'Measured' },
  due: { zh: '累计应收付', en: 'Due' },
  paid: { zh: '累计已收付', en: 'Paid' },
  invoiced: { zh: '累计发票', en: 'Invoiced' },
  retained: { zh: '质保金', en: 'Retained' },
  unpaid: { zh: '未收付', en: 'Unpaid' },
  refundable: { zh: '应退', en: 'To be given back' },
  total: { zh: '合计', en: 'Total' },
} as const satisfies Record<string, Label>

const money = [
  'original',
  'changes',
  'sum',
  'measured',
  'due',
  'paid',
  'invoiced',
  'retained',
  'unpaid',
  'refundable',
] as const
const amounts = (of: Figures): Decimal[] => money.map(name => of[name])

export const registerReport = report(register, async (ctx, { rows, totals }, input) => {
  const say = wordsIn(ctx.lang, words)
  const { options } = contract.def.fields.direction
  const name =
    typeof input.project === 'string' ? (await get(ctx, project, asId('project', input.project))).name : say('all')
  return {
    title: say('title'),
    scope: [[say('project'), name]],
    basis: say('basis'),
    sections: (['income', 'expense'] as const).flatMap(direction => {
      const own = rows.filter(row => row.direction === direction)
      if (own.length === 0) return []
      return [
        {
          ...{ is: 'table' as const, title: options[direction][ctx.lang] },
          columns: [
            { label: say('name') },
            { label: say('number') },
            { label: say('party') },
            { label: say('signed'), kind: 'date' as const },
            ...money.map(each => ({ label: say(each), kind: 'money' as const })),
          ],
          rows: byProject(own),
          totals: [say('total'), null, null, null, ...amounts(totals[direction])],
        },
      ]
    }),
  }
})

/** A row of sums above the contracts of each project; none where there is one project only. */
function byProject(rows: readonly RegisterRow[]): ReportRow[] {
  const projects = new Map<string, RegisterRow[]>()
  for (const row of rows) projects.set(row.project, [...(projects.get(row.project) ?? []), row])
  return [...projects.values()].flatMap(of => {
    const lines = of.map(row => ({
      values: [row.name, row.contract_no ?? row.number ?? '', row.counterparty, row.signed_on, ...amounts(row)],
      depth: projects.size > 1 ? 1 : 0,
    }))
    if (projects.size === 1) return lines
    const sums = money.map(name => of.reduce<Decimal>((sum, row) => add(sum, row[name]), '0.00'))
    return [{ values: [of[0]?.project_name ?? '', '', '', '', ...sums], strong: true }, ...lines]
  })
}
