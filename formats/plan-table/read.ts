// A plan kept in a spreadsheet (.xlsx, .csv): any layout whose columns have names.
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Row } from '../cell.ts'
import { type FormatError, Refused } from '../limit.ts'
import { type Loss, lossLog } from '../loss.ts'
import { detectTable, readTable } from '../table.ts'
import { listSheets } from '../xlsx/read.ts'
import { type ColumnKey, columnKeys } from './column.ts'
import { type Column, faceOf, unnamedFace } from './face.ts'
import { planOfRows, type TableOptions } from './plan-of-rows.ts'
import type { WorkingDays } from './week.ts'

export interface Choices {
  /** Name of the sheet; the first visible one when absent. */
  readonly sheet?: string
  /** What a person said of a header; null keeps it as a field of its own. */
  readonly columns?: Readonly<Record<string, ColumnKey | null>>
  readonly week?: WorkingDays
}

/** What was understood of the sheet, to be looked at and put right. */
export interface Face {
  /** Names of the visible sheets; empty for CSV. */
  readonly sheets: readonly string[]
  readonly sheet: string | null
  readonly columns: readonly Column[]
  readonly week: WorkingDays
}

export type TableReading =
  | {
      readonly ok: true
      readonly format: 'xlsx' | 'csv'
      readonly plan: Plan
      readonly face: Face
      readonly loss: readonly Loss[]
    }
  | { readonly ok: false; readonly error: FormatError }

const mostRows = 50_000
const weeks: readonly WorkingDays[] = [5, 6, 7]
const mostColumns = 200

/**
 * @param bytes of the whole file
 * @returns the plan with what was understood; without a column of names the plan is empty, so that one can be chosen. Refused:
 *   `table.*`, `xlsx.*`, `csv.*`, `format.*` (a limit), `plan_table.empty`
 */
export async function readPlanTable(
  bytes: Uint8Array,
  choices: Choices,
  options: Pick<TableOptions, 'today'>,
): Promise<TableReading> {
  try {
    const format = detectTable(bytes)
    if (format === undefined) throw new Refused('table.unknown')
    const sheets =
      format === 'xlsx' ? (await listSheets(bytes)).filter(each => !each.hidden).map(each => each.name) : []
    const sheet = choices.sheet !== undefined && sheets.includes(choices.sheet) ? choices.sheet : (sheets[0] ?? null)
    const rows: Row[] = []
    for await (const row of readTable(bytes, { columns: mostColumns, ...(sheet === null ? {} : { sheet }) })) {
      rows.push(row)
      if (rows.length > mostRows) throw new Refused('format.too_many', { what: 'tasks', limit: mostRows })
    }
    if (rows.length === 0) throw new Refused('plan_table.empty')
    const losses = lossLog()
    const { columns, body } = faceOf(rows, choices.columns) ?? unnamedFace(rows)
    const named = columns.some(column => column.key === 'name')
    const asked = choices.week === undefined ? options : { ...options, week: choices.week }
    const { plan, week } = planOfRows(columns, named ? body : [], asked, losses)
    return { ok: true, format, plan, face: { sheets, sheet, columns, week }, loss: losses.list() }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
}

/** Reads what a client chose; what makes no sense is left out. */
export function readChoices(value: unknown): Choices {
  if (typeof value !== 'object' || value === null) return {}
  const sheet = 'sheet' in value && typeof value.sheet === 'string' ? { sheet: value.sheet } : {}
  const found = 'week' in value ? weeks.find(each => each === value.week) : undefined
  const week = found === undefined ? {} : { week: found }
  const columns =
    'columns' in value && typeof value.columns === 'object' && value.columns !== null
      ? Object.fromEntries(
          Object.entries(value.columns).flatMap(([header, said]): [string, ColumnKey | null][] => {
            const key = columnKeys.find(each => each === said)
            return key || said === null ? [[header, key ?? null]] : []
          }),
        )
      : {}
  return { ...sheet, ...week, columns }
}
