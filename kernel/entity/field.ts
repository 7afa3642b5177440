// Fields: one function per kind. Each returns plain JSON; the options' literal types ride along for inference.
import type { Decimal, FileRef, Id, Instant, Json, Label, PlainDate } from './value.ts'

/** Extended by every entity file: `declare module '@yingzao/kernel/entity' { interface Entities { project: typeof project } }`. */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Entities {}
export type EntityName = keyof Entities & string

/** What any field may say. */
export interface FieldOptions {
  required?: boolean
  /** No two living records (of one company, if the entity has one) share the value. */
  unique?: boolean
  /** A FEEL formula over this record and its lines: the field is computed, stored at save and never written by a client. */
  formula?: string
  /** Value of a new record: a literal, or a FEEL formula starting with "=". */
  default?: Json
  /** Fields are granted by group; shipped fields are `basic` unless they say otherwise. */
  group?: string
  /** May be changed after the document became effective. */
  open?: boolean
  /** Written by services only; never by a client. */
  system?: boolean
  /** Written in bulk by a computation (a plan's dates): no history, no new version, never by a client. Implies `system`. */
  projected?: boolean
  /** Kept out of lists and forms by default (still granted, exported and searchable by right). */
  quiet?: boolean
  indexed?: boolean
  /** One line under the input that tells what to enter. */
  hint?: Label
  /** FEEL condition: the form shows (and the server demands) the field only when true. */
  when?: string
  /** Placed beside the label in units: "元/吨". */
  unit?: Label
  /** How a masked reader sees it. */
  mask?: 'phone' | 'identity' | 'card' | 'name' | 'all'
}

interface Kinds {
  /** `document`: the name of a kind of document. */
  text: { max?: number; pattern?: string; input?: 'plain' | 'email' | 'phone' | 'url' | 'color' | 'document' }
  /** `phrases`: offered below the input, to be taken with one tap. */
  long_text: { max?: number; phrases?: readonly Label[] }
  integer: { min?: number; max?: number }
  number: { scale?: number; min?: Decimal; max?: Decimal }
  money: { min?: Decimal; max?: Decimal }
  percent: { min?: Decimal; max?: Decimal }
  date: { min?: string; max?: string }
  instant: object
  /** Minutes. */
  duration: { min?: number; max?: number }
  choice: { options: Readonly<Record<string, Choice>> }
  multi_choice: { options: Readonly<Record<string, Choice>> }
  flag: object
  /** `onDelete: 'with'` makes it part of what it refers to: binned and restored together. */
  /** `same: 'project'` offers only what has the same value there as this record; a rule refuses the rest. */
  ref: { to: string; onDelete?: 'refuse' | 'clear' | 'with'; where?: string; same?: string }
  multi_ref: { to: string; where?: string }
  lines: { of: string; min?: number; max?: number }
  /** `drawn`: with a finger or mouse, a signature. */
  file: { max?: number; accept?: 'any' | 'image'; drawn?: boolean }
  user: { where?: string }
  org_unit: { type?: 'company' | 'department'; where?: string }
  json: object
  /** A document's or record's number, made from the entity's `number` pattern; last, once. */
  serial: object
  /** Encrypted at rest with a blind index for exact search; masked in history. */
  secret: object
}
/** A choice's label, or its label with the meaning its colour carries. */
export type Choice = Label & { tone?: 'neutral' | 'info' | 'good' | 'warn' | 'bad'; retired?: boolean }
export type FieldKind = keyof Kinds

export type FieldDef<K extends FieldKind = FieldKind> = {
  [P in K]: { readonly kind: P; readonly label: Label } & Readonly<Kinds[P]> & Readonly<FieldOptions>
}[K]
export type Fields = Readonly<Record<string, FieldDef>>

type Options<K extends FieldKind> = Omit<Kinds[K], 'options' | 'to' | 'of'> & FieldOptions
type Made<K extends FieldKind, O, X = object> = { readonly kind: K; readonly label: Label } & Readonly<O> & Readonly<X>

/** Refuses options that the kind does not have. */
type Exact<O, K extends FieldKind> = { readonly [P in Exclude<keyof O, keyof Options<K>>]: never }

const plain =
  <K extends FieldKind>(kind: K) =>
  <const O extends Options<K> = Options<K>>(label: Label, options?: O & Exact<O, K>): Made<K, O> =>
    ({ kind, label, ...options }) as Made<K, O>

/** Declares fields: `f.text({ zh: '名称', en: 'Name' }, { required: true })`. */
export const f = {
  text: plain('text'),
  longText: plain('long_text'),
  integer: plain('integer'),
  number: plain('number'),
  money: plain('money'),
  percent: plain('percent'),
  date: plain('date'),
  instant: plain('instant'),
  duration: plain('duration'),
  flag: plain('flag'),
  file: plain('file'),
  user: plain('user'),
  orgUnit: plain('org_unit'),
  json: plain('json'),
  serial: plain('serial'),
  secret: plain('secret'),
  choice: <const C extends Readonly<Record<string, Choice>>, const O extends Options<'choice'> = Options<'choice'>>(
    label: Label,
    options: C,
    more?: O & Exact<O, 'choice'>,
  ) => ({ kind: 'choice', label, options, ...more }) as Made<'choice', O, { options: C }>,
  multiChoice: <
    const C extends Readonly<Record<string, Choice>>,
    const O extends Options<'multi_choice'> = Options<'multi_choice'>,
  >(
    label: Label,
    options: C,
    more?: O & Exact<O, 'multi_choice'>,
  ) => ({ kind: 'multi_choice', label, options, ...more }) as Made<'multi_choice', O, { options: C }>,
  /** A reference by entity name; self and mutual references compile because no const is needed. */
  ref: <const E extends EntityName, const O extends Options<'ref'> = Options<'ref'>>(
    to: E,
    label: Label,
    options?: O & Exact<O, 'ref'>,
  ) => ({ kind: 'ref', to, label, ...options }) as Made<'ref', O, { to: E }>,
  multiRef: <const E extends EntityName, const O extends Options<'multi_ref'> = Options<'multi_ref'>>(
    to: E,
    label: Label,
    options?: O & Exact<O, 'multi_ref'>,
  ) => ({ kind: 'multi_ref', to, label, ...options }) as Made<'multi_ref', O, { to: E }>,
  /** Child rows with their own id, parent and position; `of` is an entity of `kind: 'line'`. */
  lines: <const E extends EntityName, const O extends Options<'lines'> = Options<'lines'>>(
    of: E,
    label: Label,
    options?: O & Exact<O, 'lines'>,
  ) => ({ kind: 'lines', of, label, ...options }) as Made<'lines', O, { of: E }>,
}

/** The TypeScript value of a field, without null. */
export type ValueOf<F> = F extends { kind: 'choice'; options: infer C }
  ? keyof C & string
  : F extends { kind: 'multi_choice'; options: infer C }
    ? readonly (keyof C & string)[]
    : F extends { kind: 'ref'; to: infer E extends string }
      ? Id<E>
      : F extends { kind: 'multi_ref'; to: infer E extends string }
        ? readonly Id<E>[]
        : F extends { kind: 'lines'; of: infer E }
          ? E extends EntityName
            ? readonly LineOf<Entities[E]>[]
            : never
          : F extends { kind: infer K }
            ? K extends keyof Simple
              ? Simple[K]
              : never
            : never

interface Simple {
  text: string
  long_text: string
  integer: number
  number: Decimal
  money: Decimal
  percent: Decimal
  date: PlainDate
  instant: Instant
  duration: number
  flag: boolean
  file: readonly FileRef[]
  user: Id<'user'>
  org_unit: Id<'org_unit'>
  json: Json
  serial: string
  secret: string
}

type Declared<E> = E extends { def: { fields: infer F } } ? F : never
/** A field that is required `when` something holds is empty while it does not. */
type Nullable<F> = F extends { required: true }
  ? F extends { when: string }
    ? ValueOf<F> | null
    : ValueOf<F>
  : F extends { kind: 'multi_choice' | 'multi_ref' | 'lines' | 'file' | 'flag' }
    ? ValueOf<F>
    : ValueOf<F> | null

/** A line as read: its fields, id and position. */
export type LineOf<E> = { readonly id: Id; readonly position: number } & {
  readonly [K in keyof Declared<E>]: Nullable<Declared<E>[K]>
}

/** System columns of every record. Type aliases, so that a record is also a plain `Record<string, unknown>`. */
export type SystemFields<N extends string> = {
  readonly id: Id<N>
  readonly version: number
  readonly created_at: Instant
  readonly created_by: Id<'user'> | null
  readonly updated_at: Instant
  readonly updated_by: Id<'user'> | null
  /** Present when the entity declares `stages`. */
  readonly stage?: string | null
}
/** What a document carries besides. */
export type DocumentFields = {
  readonly number: string | null
  readonly state: DocumentState
  readonly effective_at: Instant | null
  /** Why it was voided, or while it is effective, is to be. */
  readonly void_reason: string | null
  /** Of a mirror document: the one it reverses. */
  readonly reverses: Id | null
}
export type DocumentState = 'draft' | 'pending' | 'effective' | 'rejected' | 'reversed' | 'void' | 'closed'

type NameOf<E> = E extends { name: infer N extends string } ? N : never
/** A record as the store returns it to one who may read every field. */
export type RecordOf<E> = SystemFields<NameOf<E>> & {
  readonly [K in keyof Declared<E>]: Nullable<Declared<E>[K]>
} & (E extends { def: { kind: 'document' } } ? DocumentFields : object)

type Writable<F> = {
  [K in keyof F as F[K] extends { formula: string } | { system: true } | { projected: true } | { kind: 'serial' }
    ? never
    : K]: F[K]
}
type InputValue<F> = F extends { kind: 'lines'; of: infer E }
  ? E extends EntityName
    ? readonly LineInput<Entities[E]>[]
    : never
  : F extends { required: true }
    ? F extends { when: string }
      ? ValueOf<F> | null
      : ValueOf<F>
    : ValueOf<F> | null
type Demanded<F> = {
  [K in keyof F]: F[K] extends { required: true }
    ? F[K] extends { default: Json } | { when: string }
      ? never
      : K
    : never
}[keyof F]
type Given<F> = { readonly [K in Demanded<F>]: InputValue<F[K]> } & {
  readonly [K in Exclude<keyof F, Demanded<F>>]?: InputValue<F[K]>
}

/** A line to write: with its id it updates, without it is new; with a position it moves there. */
export type LineInput<E> = { readonly id?: Id; readonly position?: number } & Given<Writable<Declared<E>>>
/** What creates a record: required fields, no computed or system field. */
export type InputOf<E> = { readonly id?: Id<NameOf<E>> } & Given<Writable<Declared<E>>>
/** What changes a record: any writable field; lines by upsert and remove, absent lines stay untouched. */
export type PatchOf<E> = {
  readonly [K in keyof Writable<Declared<E>>]?: Declared<E>[K] extends { kind: 'lines'; of: infer L }
    ? L extends EntityName
      ? {
          readonly upsert?: readonly (Partial<LineInput<Entities[L]>> & { readonly id?: Id })[]
          readonly remove?: readonly Id[]
        }
      : never
    : InputValue<Declared<E>[K]>
}
