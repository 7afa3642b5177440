// 合同台账: each contract with its figures and their sums, of one project or of all that the asker sees; also as a workbook.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { compare } from '@yingzao/engines/money'
import { type Column, writeSheet } from '@yingzao/formats/xlsx'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Filter } from '@yingzao/kernel/entity'
import { act, all, asSystem, type Ctx, type Input, refuse } from '@yingzao/kernel/server'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { contract } from './contract.entity.ts'
import { figuresBy, totalOf } from './figures.ts'
import type { Figures, Register, RegisterRow } from './figures-shape.ts'

export const register = act('contract.register', (ctx, input) => registerOf(ctx, input))

/** Supplements stand in the sum of their contract, frameworks in their orders: neither is a row of its own. */
async function registerOf(ctx: Ctx, input: Input): Promise<Register> {
  const filter: Record<string, Filter> = {
    state: { in: ['effective', 'closed'] },
    form: { in: ['single', 'order'] },
  }
  if (typeof input.project === 'string') filter.project = { eq: input.project }
  const seen = await all(ctx, contract, {
    filter,
    fields: [
      'number',
      'contract_no',
      'name',
      'direction',
      'kind',
      'form',
      'project',
      'counterparty',
      'signed_on',
      'gross_amount',
    ],
  })
  // Where the money of some is hidden from the asker, those are no rows of his.
  const rows = seen.filter(row => row.gross_amount !== undefined)
  if (rows.length === 0 && seen.length > 0) throw refuse('access.denied', { function: 'read' })
  const system = asSystem(ctx)
  const figures = await figuresBy(
    ctx,
    rows.map(({ id }) => id),
  )
  const names = async (entity: typeof project | typeof counterparty, ids: readonly string[]) =>
    new Map<string, string>(
      (await all(system, entity.name, { filter: { id: { in: [...new Set(ids)] } }, fields: ['name'] })).map(
        ({ id, name }) => [id, String(name)],
      ),
    )
  const projects = await names(
    project,
    rows.map(row => row.project),
  )
  const parties = await names(
    counterparty,
    rows.map(row => row.counterparty),
  )
  const found = rows.map(
    (row): RegisterRow => ({
      ...{ id: row.id, number: row.number, contract_no: row.contract_no, name: row.name, direction: row.direction },
      ...{ kind: row.kind, form: row.form, stage: row.stage ?? '', signed_on: row.signed_on, project: row.project },
      project_name: projects.get(row.project) ?? '',
      counterparty: parties.get(row.counterparty) ?? '',
      ...figures(row.id),
    }),
  )
  const sums = (direction: RegisterRow['direction']) => totalOf(found.filter(each => each.direction === direction))
  found.sort((a, b) => (a.direction === b.direction ? compare(b.sum, a.sum) : a.direction === 'income' ? -1 : 1))
  return { rows: found, totals: { income: sums('income'), expense: sums('expense') } }
}

const money = [
  'original',
  'changes',
  'sum',
  'claimed',
  'measured',
  'due',
  'paid',
  'invoiced',
  'retained',
  'unpaid',
] as const
const words: Readonly<Record<(typeof money)[number], { readonly zh: string; readonly en: string }>> = {
  original: { zh: '原合同额（含税）', en: 'Original sum (gross)' },
  changes: { zh: '变更', en: 'Changes' },
  sum: { zh: '现合同额', en: 'Current sum' },
  claimed: { zh: '申报未批', en: 'Claimed' },
  measured: { zh: '累计计量', en: 'Measured' },
  due: { zh: '累计应收付', en: 'Due' },
  paid: { zh: '累计已收付', en: 'Paid' },
  invoiced: { zh: '累计发票', en: 'Invoiced' },
  retained: { zh: '质保金', en: 'Retained' },
  unpaid: { zh: '应收付未付', en: 'Unpaid' },
}

/** The rows as the page shows them, with a row of sums for each side. */
export const registerFile = act('contract.register_file', async (ctx, input) => {
  if (isNone(rightsOf(ctx, contract.name).rows('export'))) throw refuse('access.denied', { function: 'export' })
  const { rows, totals } = await registerOf(ctx, input)
  const { lang } = ctx
  const text = (zh: string, en: string, width: number): Column => ({
    header: lang === 'zh' ? zh : en,
    kind: 'text',
    width,
  })
  const columns: Column[] = [
    text('编号', 'No.', 18),
    text('合同名称', 'Contract', 36),
    text('收支', 'Direction', 8),
    text('项目', 'Project', 28),
    text('对方单位', 'Other party', 28),
    { header: lang === 'zh' ? '签订日期' : 'Signed on', kind: 'date', width: 12 },
    ...money.map((name): Column => ({ header: words[name][lang], kind: 'number', decimals: 2, width: 16 })),
  ]
  const { options } = contract.def.fields.direction
  const amounts = (of: Figures) => money.map(name => of[name])
  const side = (direction: 'income' | 'expense') => options[direction][lang]
  const stream = new PassThrough()
  const whole = buffer(stream)
  const title = lang === 'zh' ? '合同台账' : 'Contract register'
  await writeSheet(
    stream,
    columns,
    [
      ...rows.map(row => [
        ...[row.contract_no ?? row.number, row.name, side(row.direction), row.project_name, row.counterparty],
        ...[row.signed_on, ...amounts(row)],
      ]),
      ...(['income', 'expense'] as const).map(direction => [
        ...[null, lang === 'zh' ? '合计' : 'Total', side(direction), null, null, null],
        ...amounts(totals[direction]),
      ]),
    ],
    { sheet: title },
  )
  return {
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: (await whole).toString('base64'),
  }
})
