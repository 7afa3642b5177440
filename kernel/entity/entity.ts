// entity(): a noun declared once as plain JSON. Everything else follows from it (ARCHITECTURE.md, idea 1).
import type { Grant } from './access.ts'
import type { Fields } from './field.ts'
import type { Guests } from './guests.ts'
import type { Posting } from './ledger.ts'
import type { Tell } from './tell.ts'
import type { Label } from './value.ts'
import type { View } from './view.ts'

export interface Rule {
  /** FEEL; the record passes only on true. */
  readonly check: string
  readonly message: Label
}

/** A verb of the entity: permission of the same name, one transaction, its own endpoint. The code is in `*.service.ts`. */
export interface Verb {
  readonly label: Label
  /** FEEL over the record: offered and allowed only when true. */
  readonly when?: string
  readonly input?: Fields
  /** Only reads: answered to GET, changes nothing, needs the `read` function and no own permission. */
  readonly reads?: boolean
  readonly tone?: 'primary' | 'danger'
  /** Asked before it runs. */
  readonly confirm?: Label
}

export interface Stage {
  readonly label: Label
  readonly tone?: 'neutral' | 'info' | 'good' | 'warn' | 'bad'
}
/** A declared move of the stage: its action is a function to be granted. */
export interface Transition {
  readonly from: readonly string[]
  readonly to: string
  readonly action: string
  readonly label: Label
  readonly when?: string
}

/** Where rows belong, by field name: what data scopes and the places of roles are compared with. */
export interface Place {
  readonly company?: string
  readonly department?: string
  readonly project?: string
  /**
   * A second place of rows that lie between two: whoever holds a role there reads them and does their verbs. They are
   * created, changed and removed only from their own place.
   */
  readonly beside?: { readonly company?: string; readonly department?: string; readonly project?: string }
  /** Rows concern the whole group: written only by a role held at the root company, read from a role held anywhere. */
  readonly root?: boolean
  /** Fields of kind `user` (or `id` of the user entity itself) that make a row one's own besides `created_by`. */
  readonly owner?: readonly string[]
}

export type Title<Name extends string = string> = Name | Readonly<Record<keyof Label, Name>>

export interface EntityDef {
  readonly label: Label
  /** A choice whose values are summed apart in lists: what comes in and what goes out make no total. */
  readonly apart?: string
  /** record: master data · document: has number, state and approval · line: rows inside a parent. */
  readonly kind: 'record' | 'document' | 'line'
  readonly fields: Fields
  /** Field shown as the record's name wherever it is referred to; one for each language where names are translated. */
  readonly title: Title
  /** Pattern of the number: `DG-{yyyy}{mm}-{seq:4}`; a document's may begin by a choice: `{direction:income=SR,expense=ZC}-…`. */
  readonly number?: string
  readonly rules?: Readonly<Record<string, Rule>>
  readonly unique?: readonly (readonly string[])[]
  readonly indexes?: readonly (readonly string[])[]
  readonly place?: Place
  readonly stages?: Readonly<Record<string, Stage>>
  readonly transitions?: readonly Transition[]
  readonly verbs?: Readonly<Record<string, Verb>>
  /** Name of the approval flow a submit starts. */
  readonly approval?: string
  /** Of which documents it is asked (`to_check`); without it of all. */
  readonly approvalWhen?: string
  readonly posting?: readonly Posting[]
  /** 红冲: the numbers a mirror document negates (`lines.qty`, `amount`); without it the document cannot be reversed. */
  readonly reversal?: {
    readonly negate: readonly string[]
    /** Flow that the mirror goes through; without it the right to reverse is enough. */
    readonly approval?: string
  }
  readonly access: readonly Grant[]
  readonly views?: Readonly<Record<string, View>>
  /** Parent field for trees: `parent`. */
  readonly tree?: string
  /** No recycle bin, no generic create screen: the kernel's own bookkeeping. */
  readonly internal?: boolean
  /** Who is told when a record comes to concern him. */
  readonly tells?: Readonly<Record<string, Tell>>
  /** Of a document: the money field that says how much it is about, for messages and powers. The first one without it. */
  readonly amount?: string
  /** What outside parties may be invited to see and to say. */
  readonly guests?: Guests
  /** Comments and attachments on its records (default true for record and document). */
  readonly discussion?: boolean
}

type Declaration<F> = Omit<EntityDef, 'fields' | 'kind' | 'title'> & {
  readonly fields: F
  readonly kind?: EntityDef['kind']
  readonly title?: Title<keyof F & string>
}

export interface Entity<N extends string = string, D extends EntityDef = EntityDef> {
  readonly name: N
  readonly def: D
}

/**
 * Declares an entity. `name` is singular snake_case and becomes table, URL, permission prefix and error prefix.
 * The returned `def` is plain JSON (`JSON.parse(JSON.stringify(def))` equals it); types ride along erased.
 */
export function entity<const N extends string, const F extends Fields, const K extends EntityDef['kind'] = 'record'>(
  name: N,
  declaration: Declaration<F> & { readonly kind?: K },
): Entity<N, Omit<EntityDef, 'fields' | 'kind'> & { readonly fields: F; readonly kind: K }> {
  const kind = (declaration.kind ?? 'record') as K
  const title = declaration.title ?? Object.keys(declaration.fields)[0] ?? 'id'
  return { name, def: { ...declaration, kind, title } }
}

/** The field that names a record to readers of the language. */
export const titleField = ({ title }: Pick<EntityDef, 'title'>, lang: keyof Label): string =>
  typeof title === 'string' ? title : title[lang]
/** Every field that names a record in some language. */
export const titleFields = ({ title }: Pick<EntityDef, 'title'>): readonly string[] =>
  typeof title === 'string' ? [title] : [...new Set(Object.values(title))]
