// What a printed form looks like, as an administrator arranges it: kept as JSON in a print template, declared by the form view
// of an entity where nobody made one. Shape only; the server reads it strictly (print/read-template.ts).

export interface PrintTemplate {
  readonly landscape: boolean
  readonly head: {
    /** Instead of the record's own company; empty: that. */
    readonly company: string
    /** Instead of the entity's name; empty: that. `{field}` is replaced. */
    readonly title: string
    /** Fields beside the title: number, state. */
    readonly about: readonly string[]
    readonly logo: boolean
    readonly code: boolean
  }
  readonly blocks: readonly PrintBlock[]
  /** At the foot of each page; `{field}` is replaced. */
  readonly note: string
}
export type PrintBlock =
  | {
      readonly is: 'fields'
      readonly title: string
      readonly columns: 1 | 2 | 3
      readonly fields: readonly { readonly name: string; readonly wide?: boolean }[]
    }
  | {
      readonly is: 'lines'
      readonly title: string
      readonly field: string
      /** `share`: of the width; without it the contents decide. */
      readonly columns: readonly { readonly name: string; readonly share?: number }[]
      readonly totals: boolean
    }
  /** 大写: an amount in Chinese capitals. */
  | { readonly is: 'words'; readonly field: string }
  /** `{field}` is replaced by what its reader may see of it. */
  | {
      readonly is: 'text'
      readonly text: string
      readonly align: 'left' | 'center' | 'right'
      readonly size: 'small' | 'normal' | 'large'
    }
  | {
      readonly is: 'signatures'
      readonly boxes: readonly {
        readonly label: string
        readonly name: string
        /** A step of the approval by its name or code, or `start`: filled with who signed there, his signature and the day. */
        readonly step?: string
      }[]
    }
  | { readonly is: 'trail'; readonly title: string }
  | { readonly is: 'attachments'; readonly title: string }
  | { readonly is: 'page' }

/** GET /verify as JSON: what a printed code stands for. */
export interface PrintVerdict {
  readonly state: 'genuine' | 'superseded' | 'unknown'
  /** Kind of document, its number, and when it was printed: all that a stranger is told. */
  readonly kind?: { readonly zh: string; readonly en: string }
  readonly number?: string | null
  readonly printed_at?: string
  /** Only for who may read the record. */
  readonly detail?: {
    readonly entity: string
    readonly module: string
    readonly id: string
    readonly title: string
    readonly printed_by: string | null
    readonly copy: number
    readonly version: number
    readonly version_now: number
    /** Number in the sealed history; null while that is being written. */
    readonly sealed: number | null
    readonly since: readonly { readonly at: string; readonly by: string | null; readonly what: string }[]
  }
}
