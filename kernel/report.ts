// REPORT: what a page tells, as plain data that the platform lays out on paper and as a workbook. A module says it once, over an
// action that checks the reader's rights; nothing here reads anything.
import type { Decimal } from '@yingzao/kernel/entity'
import type { Ctx } from './context.ts'
import type { ActionHandler, Input } from './serve.ts'

/** How a value is written. Money, percent, number and integer are decimals as text and stand right; percent is a fraction. */
export type ReportKind = 'text' | 'money' | 'percent' | 'number' | 'integer' | 'date'
/** Null: nothing is known, "—"; never the same as 0. */
export type ReportValue = string | null

export interface ReportColumn {
  readonly label: string
  readonly kind?: ReportKind
}
export interface ReportRow {
  readonly values: readonly ReportValue[]
  /** How far below the top of a tree: the first value is set in. */
  readonly depth?: number
  /** A group, or a sum within the table. */
  readonly strong?: boolean
  /** Something is wrong with it. */
  readonly bad?: boolean
}
export type ReportTone = 'accent' | 'good' | 'warn' | 'bad' | 'soft'
export interface ReportSeries {
  readonly label: string
  readonly as: 'bar' | 'line'
  readonly tone: ReportTone
  readonly dashed?: boolean
  /** One for each period. */
  readonly values: readonly Decimal[]
}
export type ReportSection =
  | {
      readonly is: 'figures'
      readonly items: readonly { readonly label: string; readonly value: ReportValue; readonly kind?: ReportKind }[]
    }
  | {
      readonly is: 'table'
      readonly title: string
      readonly columns: readonly ReportColumn[]
      readonly rows: readonly ReportRow[]
      readonly totals?: readonly ReportValue[]
    }
  | {
      readonly is: 'chart'
      readonly title: string
      readonly periods: readonly string[]
      readonly series: readonly ReportSeries[]
      /** A line across: what must not be passed. */
      readonly limit?: { readonly label: string; readonly value: Decimal }
    }
  | { readonly is: 'text'; readonly title?: string; readonly lines: readonly string[] }

export interface ReportBody {
  readonly title: string
  /** Whose and of which time: `['项目', '地铁站']`. The platform adds who prints and when. */
  readonly scope: readonly (readonly [label: string, value: string])[]
  readonly sections: readonly ReportSection[]
  /** On every page: what the figures are (gross or net, unit). */
  readonly basis?: string
}

/** The report of an action: asked with the action's own input, by whoever may perform it and export what it needs. */
export interface Report {
  readonly is: 'report'
  readonly action: string
  readonly run: (ctx: Ctx, input: Input) => Promise<ReportBody>
}

/** `report(ofProject, (ctx, cost) => ({ title, scope, sections }))` in a *.report.ts. */
export const report = <T>(
  of: ActionHandler<T>,
  lay: (ctx: Ctx, answer: T, input: Input) => ReportBody | Promise<ReportBody>,
): Report => ({ is: 'report', action: of.name, run: async (ctx, input) => lay(ctx, await of.run(ctx, input), input) })

/** Labels in the language of who reads. */
export function wordsIn<T extends Readonly<Record<string, { readonly zh: string; readonly en: string }>>>(
  lang: 'zh' | 'en',
  words: T,
): (word: keyof T, values?: Readonly<Record<string, string | number>>) => string {
  return (word, values = {}) =>
    (words[word]?.[lang] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
