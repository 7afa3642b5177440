// What is printed: a sheet of blocks, and what becomes of it: pages of marks at places on A4. Plain data, so that a page can be
// written as PDF on the server and drawn as a preview in a browser.

/** Points (1/72 inch). */
export const A4 = { width: 595.28, height: 841.89 } as const
export const A3 = { width: 841.89, height: 1190.55 } as const

export interface Picture {
  /** PNG or JPEG. */
  readonly bytes: Uint8Array
  readonly width: number
  readonly height: number
}
/** A QR code: `size` × `size` modules row by row, true is dark. */
export interface Matrix {
  readonly size: number
  readonly dark: readonly boolean[]
}

export interface Head {
  readonly company: string
  readonly title: string
  /** Beside the title: number, state, date. */
  readonly about: readonly string[]
  /** Name of a picture of the sheet. */
  readonly logo?: string
  readonly code?: { readonly matrix: Matrix; readonly text: string }
}

/** A cell: its text, or its text with a picture below, set in, as of a group or as something that is wrong. */
export type Cell =
  | string
  | {
      readonly text: string
      readonly picture?: string
      /** Points. */
      readonly indent?: number
      readonly strong?: boolean
      readonly bad?: boolean
    }
export interface Column {
  readonly label: string
  /** Figures stand right, never break and turn red below zero. */
  readonly figure?: boolean
  /** Share of the width; without it the contents decide. */
  readonly share?: number
  /** Leaves room for a sum that is not known yet. */
  readonly summed?: boolean
}
/** Rows come in portions, so that a long list never stands in memory as a whole. */
export type Rows = Iterable<readonly (readonly Cell[])[]> | AsyncIterable<readonly (readonly Cell[])[]>

export interface Pair {
  readonly label: string
  readonly value: string
  /** Takes the whole line. */
  readonly wide?: boolean
  readonly figure?: boolean
}

export type Block =
  | { readonly is: 'heading'; readonly text: string }
  | {
      readonly is: 'text'
      readonly text: string
      readonly size?: number
      readonly bold?: boolean
      readonly align?: Align
    }
  | { readonly is: 'pairs'; readonly columns: 1 | 2 | 3; readonly pairs: readonly Pair[] }
  | {
      readonly is: 'table'
      readonly columns: readonly Column[]
      readonly rows: Rows
      /** A last line, by column; asked when all rows have been. */
      readonly totals?: readonly string[] | (() => readonly string[] | undefined)
      /** Said in place of rows when there are none. */
      readonly none?: string
    }
  | { readonly is: 'signatures'; readonly boxes: readonly SignatureBox[] }
  | ({ readonly is: 'chart' } & ChartData)
  | { readonly is: 'gap'; readonly height: number }
  | { readonly is: 'page' }
/** A line to sign on, or what was signed there. */
export interface SignatureBox {
  readonly label: string
  readonly name: string
  /** Of a picture of the sheet. */
  readonly picture?: string
  /** When it was signed. */
  readonly on?: string
}
/** Bars stand on zero beside each other, lines run through the middle of their periods. */
export interface ChartData {
  readonly title: string
  readonly periods: readonly string[]
  readonly series: readonly {
    readonly label: string
    readonly as: 'bar' | 'line'
    readonly tone: Hue
    readonly dashed?: boolean
    readonly values: readonly number[]
  }[]
  /** A dashed line across. */
  readonly limit?: { readonly label: string; readonly value: number }
  /** How the axis is written. */
  readonly unit: 'yuan' | 'wan'
}
export type Align = 'left' | 'center' | 'right'

export interface Sheet {
  readonly landscape: boolean
  /** A4 without it. */
  readonly paper?: 'A4' | 'A3'
  readonly lang: 'zh' | 'en'
  readonly head: Head
  readonly blocks: readonly Block[]
  readonly pictures: Readonly<Record<string, Picture>>
  /** Every page, left: who printed it and when; asked when all pages are laid out. */
  readonly foot: string | (() => string)
  /** Every page, above that; empty for none. */
  readonly note: string
  readonly watermark: string | null
  /** Properties of the file. */
  readonly about: { readonly author: string; readonly subject: string; readonly keywords: string }
}

export type Mark =
  | {
      readonly is: 'text'
      readonly x: number
      /** The baseline. */
      readonly y: number
      readonly size: number
      readonly text: string
      /** As measured: what draws it with another font fits it in. */
      readonly width: number
      readonly bold?: boolean
      readonly tone?: Tone
    }
  | {
      readonly is: 'line'
      readonly x1: number
      readonly y1: number
      readonly x2: number
      readonly y2: number
      readonly strong?: boolean
    }
  /** A line through points, or with dashes. */
  | {
      readonly is: 'path'
      readonly points: readonly (readonly [x: number, y: number])[]
      readonly hue: Hue
      readonly dashed?: boolean
    }
  | {
      readonly is: 'box'
      readonly x: number
      readonly y: number
      readonly w: number
      readonly h: number
      readonly dark?: boolean
      readonly hue?: Hue
    }
  | {
      readonly is: 'picture'
      readonly x: number
      readonly y: number
      readonly w: number
      readonly h: number
      readonly picture: string
    }
export type Tone = 'bad' | 'soft'
/** Of what a chart draws. */
export type Hue = 'accent' | 'good' | 'warn' | 'bad' | 'soft'
export const hues: Readonly<Record<Hue, string>> = {
  ...{ accent: '#1f5fbf', good: '#3b8f5a', warn: '#c77d1a', bad: '#b3261e', soft: '#7b8492' },
}
export interface Page {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

/** Width of a text in points. */
export type Measure = (text: string, size: number, bold?: boolean) => number
