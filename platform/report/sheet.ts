// A report as a sheet of paper: scope above, tables as trees with their groups, charts as drawings, who prepares, checks and
// approves at its end; as wide as its widest table asks for.
import type { Cell } from '@yingzao/formats/pdf'
import type { Ctx, ReportBody, ReportRow, ReportSection } from '@yingzao/kernel/server'
import { companyOf } from '../print/company.ts'
import type { SentSheet } from '../print/thread-message.ts'
import { moment } from '../print/value.ts'
import { say } from '../print/words.ts'
import { isFigure, written } from './written.ts'

type Table = Extract<ReportSection, { is: 'table' }>
type Blocks = SentSheet['blocks'][number][]

const step = 9

export async function sheetOfReport(ctx: Ctx, body: ReportBody, action: string): Promise<SentSheet> {
  const { lang } = ctx
  const at = moment(ctx.now, ctx.zone)
  const tables = body.sections.filter((each): each is Table => each.is === 'table')
  const blocks = body.sections.flatMap(section => blocksOf(lang, section))
  return {
    ...paperOf(tables),
    lang,
    head: {
      company: await companyOf(ctx, null, null),
      title: body.title,
      about: scopeLines(ctx, body),
    },
    blocks: [...(blocks.length > 0 ? blocks : [{ is: 'text', text: say(lang, 'noRows') } as const]), signatures(ctx)],
    pictures: {},
    foot: say(lang, 'printedBy', { name: ctx.principal.name, at }),
    note: body.basis ?? '',
    watermark: null,
    about: { author: ctx.principal.name, subject: body.title, keywords: action },
  }
}

/** What it is about, and when it was read: figures are worth nothing without their time. */
export const scopeLines = (ctx: Ctx, { scope }: ReportBody): string[] => [
  ...scope.map(([label, value]) => `${label} ${value}`),
  `${say(ctx.lang, 'readAt')} ${moment(ctx.now, ctx.zone)}`,
]

const signatures = (ctx: Ctx): Blocks[number] => ({
  is: 'signatures',
  boxes: [
    { label: say(ctx.lang, 'maker'), name: ctx.principal.name },
    { label: say(ctx.lang, 'checker'), name: '' },
    { label: say(ctx.lang, 'approver'), name: '' },
  ],
})

function blocksOf(lang: 'zh' | 'en', section: ReportSection): Blocks {
  const heading = (text: string | undefined): Blocks => (text ? [{ is: 'heading', text }] : [])
  switch (section.is) {
    case 'figures':
      return [
        {
          is: 'pairs',
          columns: section.items.length > 4 ? 3 : 2,
          pairs: section.items.map(({ label, value, kind }) => ({
            ...{ label, value: written(value, kind) },
            ...(isFigure(kind) ? { figure: true } : {}),
          })),
        },
      ]
    case 'text':
      return section.lines.length === 0
        ? []
        : [...heading(section.title), ...section.lines.map(text => ({ is: 'text', text }) as const)]
    case 'chart': {
      const { title, periods, series, limit } = section
      const all = series.flatMap(each => each.values.map(Number))
      const wan = Math.max(0, ...all.map(Math.abs)) >= 100_000
      return [
        {
          ...{ is: 'chart', periods, unit: wan ? 'wan' : 'yuan' },
          title: `${title} (${say(lang, wan ? 'tenThousand' : 'yuan')})`,
          series: series.map(each => ({ ...each, values: each.values.map(Number) })),
          ...(limit ? { limit: { label: limit.label, value: Number(limit.value) } } : {}),
        },
      ]
    }
    case 'table': {
      const { title, columns, rows, totals } = section
      return [
        ...heading(title),
        {
          is: 'table',
          columns: columns.map(({ label, kind }) => ({ label, ...(isFigure(kind) ? { figure: true } : {}) })),
          rows: portions(rows, columns),
          none: say(lang, 'noRows'),
          ...(totals
            ? { totals: totals.map((value, at) => (value === null ? '' : written(value, columns[at]?.kind))) }
            : {}),
        },
      ]
    }
  }
}

/** So many rows cross to the printing thread at once. */
const portion = 500
function portions(rows: readonly ReportRow[], columns: Table['columns']): Cell[][][] {
  const cells = rows.map(({ values, depth = 0, strong, bad }) =>
    columns.map(({ kind }, at): Cell => {
      const text = written(values[at], kind)
      const indent = at === 0 ? depth * step : 0
      const more = { ...(indent ? { indent } : {}), ...(strong ? { strong } : {}), ...(bad && at === 0 ? { bad } : {}) }
      return Object.keys(more).length === 0 ? text : { text, ...more }
    }),
  )
  return Array.from({ length: Math.ceil(cells.length / portion) }, (_, at) =>
    cells.slice(at * portion, (at + 1) * portion),
  )
}

/** Points between the margins: A4 upright and across, else A3 across. */
const upright = 515
const across = 761

/** What the widest table needs at the size of letters that reads well: figures whole, texts on a few lines. */
export function paperOf(tables: readonly Table[]): Pick<SentSheet, 'landscape' | 'paper'> {
  const widest = Math.max(0, ...tables.map(widthOf))
  if (widest <= upright) return { landscape: false }
  return widest <= across ? { landscape: true } : { landscape: true, paper: 'A3' }
}

const letters = 7.5
const ems = (text: string) => [...text].reduce((sum, letter) => sum + (letter < '\u2e80' ? 0.57 : 1), 0)
function widthOf({ columns, rows, totals }: Table): number {
  const values = [...rows, ...(totals ? [{ values: totals }] : [])]
  return columns.reduce((sum, { label, kind }, at) => {
    const widest = Math.max(0, ...values.map(row => ems(written(row.values[at], kind))))
    const wide = isFigure(kind) ? Math.max(widest, 4) : Math.min(Math.max(widest, 4), at === 0 ? 16 : 9)
    return sum + Math.max(wide, Math.min(ems(label), 4)) * letters + 9
  }, 0)
}
