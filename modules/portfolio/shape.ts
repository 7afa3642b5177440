// What the portfolio's actions answer: days as 'yyyy-mm-dd', lengths as whole working days of the plan's calendar.

/** A summary, a milestone, or a task that another project waits for (or that waits for one). */
export interface LineRow {
  readonly id: string
  readonly name: string
  /** The row above it among these; null: right below its project. */
  readonly parent: string | null
  readonly kind: 'summary' | 'milestone' | 'task'
  readonly start: string
  readonly finish: string
  readonly promised: string | null
  /** 0–100; null where the plan says nothing. */
  readonly percent: number | null
  readonly done: boolean
  readonly critical: boolean
}

/** Working days between two finishes; positive: the forecast is later. */
export interface Gaps {
  readonly contract: number | null
  readonly published: number | null
  readonly promised: number | null
}

export interface Line {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly short: string | null
  readonly type: string
  readonly stage: string
  readonly company: string
  readonly department: string | null
  readonly manager: string | null
  readonly health: string
  /** 0–1. */
  readonly progress: number | null
  readonly start: string | null
  readonly forecast: string | null
  readonly contract: string | null
  /** Its current plan; null: there is none, or it is not for this reader. */
  readonly plan: string | null
  readonly critical: number | null
  readonly tasks: number | null
  readonly promised: { readonly start: string; readonly finish: string } | null
  /** The newest publication of the plan. */
  readonly published: { readonly name: string; readonly finish: string } | null
  readonly gaps: Gaps
  readonly warnings: number
  readonly rows: readonly LineRow[]
}

export interface LineLink {
  readonly id: string
  readonly from: { readonly project: string; readonly task: string }
  readonly to: { readonly project: string; readonly task: string }
  readonly type: 'FS' | 'SS' | 'FF' | 'SF'
  readonly lagDays: number
  readonly note: string | null
  /** The plans contradict it: the predecessor comes later than the successor can wait. */
  readonly broken: boolean
}

export interface Portfolio {
  readonly lines: readonly Line[]
  readonly links: readonly LineLink[]
  /** Links with an end in a plan that this reader may not see. */
  readonly hiddenLinks: number
  /** Are these all projects there are? Else only those of this reader. */
  readonly whole: boolean
  /** Names of companies, departments, people by id. */
  readonly names: Readonly<Record<string, string>>
  readonly today: string
}

/** Promised work of one month and project, by what became of it. */
export interface Kept {
  readonly project: string
  readonly plan: string
  /** First day of the month in which it was promised. */
  readonly month: string
  readonly milestone: boolean
  readonly onTime: number
  readonly late: number
  /** Promised before today and still open. */
  readonly open: number
}
export interface OnTime {
  readonly rows: readonly Kept[]
  readonly from: string
  readonly today: string
  readonly whole: boolean
  /** Projects without a promise to compare with. */
  readonly unpromised: readonly string[]
}

/** A late task, and how much of other projects it holds up (open warnings). */
export interface Holder {
  readonly task: string
  readonly name: string
  readonly plan: string
  readonly project: string
  readonly responsible: string | null
  readonly projects: readonly string[]
  readonly warnings: readonly {
    readonly id: string
    readonly code: string
    readonly project: string
    readonly days: number
  }[]
  /** The worst delay, working days of the plan hit. */
  readonly worst: number
}
/** A link between projects and the warnings whose delay passes over it. */
export interface HoldingLink {
  readonly link: string
  readonly from: { readonly task: string; readonly name: string; readonly plan: string; readonly project: string }
  readonly to: { readonly task: string; readonly name: string; readonly plan: string; readonly project: string }
  readonly note: string | null
  readonly projects: readonly string[]
  readonly warnings: readonly { readonly id: string; readonly code: string }[]
  readonly worst: number
}
export interface HeldUp {
  readonly holders: readonly Holder[]
  readonly links: readonly HoldingLink[]
  readonly names: Readonly<Record<string, string>>
  /** Warnings whose cause lies in a plan that this reader may not see. */
  readonly hidden: number
}
