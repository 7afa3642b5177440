// A workbook of a report: a sheet for each table, its title and scope above, the header frozen, groups and sums bold, figures as
// real numbers.
import type { Writable } from 'node:stream'
import ExcelJS from 'exceljs'
import { excelValue, richText, sheetName } from './write.ts'

export interface ReportTable {
  /** Of the sheet. */
  readonly name: string
  readonly columns: readonly {
    readonly header: string
    readonly kind: 'text' | 'number' | 'date'
    /** Of Excel: `#,##0.00`. */
    readonly format?: string
  }[]
  readonly rows: readonly {
    /** Decimals and days as text. */
    readonly values: readonly (string | null)[]
    readonly depth?: number
    readonly strong?: boolean
  }[]
  readonly totals?: readonly (string | null)[]
}
export interface ReportWorkbook {
  readonly title: string
  /** A line each, below the title of every sheet. */
  readonly scope: readonly string[]
  readonly tables: readonly ReportTable[]
  /** Below the last row: who prepares, checks, approves. */
  readonly foot: readonly string[]
  readonly author: string
}

/** Writes the workbook to `stream`, which is ended when all is written. */
export async function writeReport(
  stream: Writable,
  { title, scope, tables, foot, author }: ReportWorkbook,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  workbook.creator = author
  const names = new Set<string>()
  for (const table of tables) {
    const above = scope.length + 3
    const sheet = workbook.addWorksheet(unused(names, sheetName(table.name)), {
      views: [{ state: 'frozen', ySplit: above, xSplit: 1 }],
      pageSetup: {
        paperSize: 9,
        orientation: table.columns.length > 6 ? 'landscape' : 'portrait',
        fitToPage: true,
        fitToHeight: 0,
      },
    })
    sheet.pageSetup.printTitlesRow = `${above}:${above}`
    sheet.columns = table.columns.map(({ header, kind }, at) => ({
      width: at === 0 ? 34 : kind === 'text' ? Math.max(14, header.length * 2.2) : Math.max(16, header.length * 2.2),
    }))
    const line = (text: string, font: Partial<ExcelJS.Font>) => {
      const row = sheet.addRow([richText(text)])
      row.font = font
      row.commit()
    }
    line(tables.length > 1 ? `${title} · ${table.name}` : title, { bold: true, size: 14 })
    for (const each of scope) line(each, { color: { argb: 'FF5B6470' } })
    sheet.addRow([]).commit()
    const header = sheet.addRow(table.columns.map(column => richText(column.header)))
    header.eachCell((cell, at) => {
      cell.font = { bold: true }
      cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF1F3F6' } }
      cell.alignment = {
        horizontal: table.columns[at - 1]?.kind === 'number' ? 'right' : 'left',
        vertical: 'middle',
        wrapText: true,
      }
    })
    header.commit()
    let count = 0
    const put = (values: readonly (string | null)[], strong: boolean, depth: number) => {
      const row = sheet.addRow([])
      table.columns.forEach(({ kind, format }, at) => {
        const value = values[at]
        const cell = row.getCell(at + 1)
        if (value !== undefined && value !== null && value !== '') cell.value = excelValue(value, { header: '', kind })
        if (format !== undefined) cell.numFmt = format
        else if (kind === 'date') cell.numFmt = 'yyyy-mm-dd'
        if (at === 0 && depth > 0) cell.alignment = { indent: depth }
        if (strong) cell.font = { bold: true }
      })
      row.commit()
    }
    for (const { values, strong = false, depth = 0 } of table.rows) {
      put(values, strong, depth)
      // The writer buffers: others get a turn.
      if (++count % 500 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    if (table.totals) put(table.totals, true, 0)
    sheet.addRow([]).commit()
    for (const each of foot) line(each, { color: { argb: 'FF5B6470' } })
    sheet.commit()
  }
  await workbook.commit()
}

/** Two tables of one name: the later gets a number. */
function unused(names: Set<string>, wanted: string): string {
  let name = wanted
  for (let at = 2; names.has(name.toLowerCase()); at++) name = `${wanted.slice(0, 28)} ${at}`
  names.add(name.toLowerCase())
  return name
}
