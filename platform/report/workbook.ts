// A report as a workbook: its tables as sheets, its figures as a first one.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type ReportTable, writeReport } from '@yingzao/formats/xlsx'
import type { Ctx, ReportBody, ReportSection } from '@yingzao/kernel/server'
import { moment } from '../print/value.ts'
import { say } from '../print/words.ts'
import { scopeLines } from './sheet.ts'
import { isFigure, type Kind } from './written.ts'

const formats: Readonly<Record<Kind, string | undefined>> = {
  ...{ money: '#,##0.00;[Red]-#,##0.00', percent: '0.00%', number: '#,##0.####', integer: '#,##0' },
  ...{ text: undefined, date: undefined },
}

export async function workbookOf(ctx: Ctx, body: ReportBody): Promise<Buffer> {
  const { lang } = ctx
  const stream = new PassThrough()
  const whole = buffer(stream)
  const by = say(lang, 'printedBy', { name: ctx.principal.name, at: moment(ctx.now, ctx.zone) })
  const tables = body.sections.flatMap(section => tableOf(ctx, section, body.title))
  await writeReport(stream, {
    title: body.title,
    scope: [scopeLines(ctx, body).join('    '), ...(body.basis ? [body.basis] : [])],
    // A workbook has a sheet, also where there is nothing to tell.
    tables:
      tables.length > 0
        ? tables
        : [{ name: body.title, columns: [{ header: say(lang, 'noRows'), kind: 'text' }], rows: [] }],
    foot: [
      `${say(lang, 'maker')} ${ctx.principal.name}    ${say(lang, 'checker')}        ${say(lang, 'approver')}`,
      by,
    ],
    author: ctx.principal.name,
  })
  return whole
}

function tableOf({ lang }: Ctx, section: ReportSection, whole: string): ReportTable[] {
  if (section.is === 'table') {
    const { title, columns, rows, totals } = section
    return [
      {
        name: title || whole,
        columns: columns.map(({ label, kind = 'text' }) => ({ header: label, ...columnOf(kind) })),
        rows,
        ...(totals ? { totals } : {}),
      },
    ]
  }
  if (section.is !== 'figures') return []
  // A number stands in a cell of its own kind, so each figure brings its format.
  return [
    {
      name: say(lang, 'figures'),
      columns: [
        { header: say(lang, 'figure'), kind: 'text' },
        { header: say(lang, 'value'), ...columnOf('money') },
      ],
      rows: section.items
        .filter(({ kind }) => kind === 'money')
        .map(({ label, value }) => ({ values: [label, value] })),
    },
  ]
}

function columnOf(kind: Kind): { readonly kind: 'text' | 'number' | 'date'; readonly format?: string } {
  const format = formats[kind]
  return {
    kind: isFigure(kind) ? 'number' : kind === 'date' ? 'date' : 'text',
    ...(format === undefined ? {} : { format }),
  }
}
