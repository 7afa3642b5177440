// What *.service.ts, *.hooks.ts and *.jobs.ts files export: registrations as values. The loader collects them by suffix;
// nothing registers itself by being imported.
import type { Decimal, Entity, Fields, FileRef, Id, Json, RecordOf, SystemFields } from '@yingzao/kernel/entity'
import type { Ctx } from './context.ts'
import type { Report } from './report.ts'

/** Input of a verb or job: validated against its declared `input` fields before the code runs. */
export type Input = Readonly<Record<string, Json>>

export interface Handler {
  readonly is: 'handler'
  readonly entity: string
  readonly verbs: Readonly<
    Record<
      string,
      (ctx: Ctx, record: { readonly id: Id } & Readonly<Record<string, unknown>>, input: Input) => Promise<unknown>
    >
  >
}
export interface ActionHandler<T = unknown> {
  readonly is: 'action'
  readonly name: string
  readonly run: (ctx: Ctx, input: Input) => Promise<T>
}
export interface Hooks {
  readonly is: 'hooks'
  readonly entity: string
  /** Fields: `beforeSave` has nothing to do where none of them holds anything, now or before. */
  readonly about?: readonly string[]
  /** May fill or refuse, and change only its own record: returns the fields to set, and of `lines` those it was shown with their own fields set. `before` is null on create. */
  readonly beforeSave?: (
    ctx: Ctx,
    record: Readonly<Record<string, unknown>>,
    before: Readonly<Record<string, unknown>> | null,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>
  /**
   * Of a mirror document (红冲), once: figures that do not follow from the original's by negation. Fills or refuses as
   * `beforeSave`, which is not asked about mirrors.
   */
  readonly beforeReverse?: (
    ctx: Ctx,
    mirror: Readonly<Record<string, unknown>>,
    original: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>> | undefined>
  /** May refuse that a record goes to the recycle bin. */
  readonly beforeRemove?: (ctx: Ctx, record: Readonly<Record<string, unknown>>) => Promise<void>
  /** Keeps other records in step, in the same transaction. `after` is null on delete. */
  readonly afterSave?: (
    ctx: Ctx,
    after: Readonly<Record<string, unknown>> | null,
    before: Readonly<Record<string, unknown>> | null,
  ) => Promise<void>
}
export interface JobProgress {
  /** 0–1 with a short text; throws `Cancelled` when the user cancelled. */
  (done: number, note?: { zh: string; en: string }): Promise<void>
  readonly signal: AbortSignal
}
export interface Job {
  readonly is: 'job'
  readonly name: string
  readonly label: { readonly zh: string; readonly en: string }
  readonly input?: Fields
  /** Cron expression in the tenant's zone: "0 2 * * *". */
  readonly every?: string
  /** `asker`: with the rights, then, of whoever asked for it, and in his name. Without it as the system. */
  readonly as?: 'asker'
  /** At least once: must be idempotent. */
  readonly run: (ctx: Ctx, input: Input, progress: JobProgress) => Promise<Json | undefined>
}
/** Working time: what an approval's due date is counted in. One module gives it. */
export interface WorkTime {
  readonly is: 'work_time'
  /** The instant so many working hours after another. */
  readonly add: (ctx: Ctx, from: string, hours: number) => Promise<string>
}
/** What happened to one record, by the names of common tells: who is told, and whom which earlier news concerns no more. */
export interface News {
  readonly entity: string
  readonly record: string
  readonly told: readonly { readonly tell: string; readonly people: readonly string[] }[]
  readonly over: readonly { readonly tells: readonly string[]; readonly people: readonly string[] }[]
}
/** Who carries news to people, in the transaction that makes it: the platform's inbox. Without one nobody is told. */
export interface Teller {
  readonly is: 'teller'
  readonly tell: (ctx: Ctx, news: News) => Promise<void>
}
/** Who stores files: refuses those that are not the giver's own uploads and keeps the others, whatever refers to them. */
export interface FileKeeper {
  readonly is: 'file_keeper'
  readonly keep: (ctx: Ctx, files: readonly FileRef[]) => Promise<readonly FileRef[]>
}
/** One document before its power table. */
export interface PowerQuestion {
  readonly entity: string
  /** What it is about; null where it has no amount. */
  readonly amount: Decimal | null
  readonly project: string | null
  /** The organisation units it belongs to and those above, with how far above each is. */
  readonly units: ReadonlyMap<string, number>
}
/** 授权表: who may approve what up to which amount. One module keeps it. Answers groups of people, the lowest sufficient power first. */
export interface PowerTable {
  readonly is: 'power_table'
  readonly people: (ctx: Ctx, question: PowerQuestion) => Promise<readonly (readonly string[])[]>
}
export const powerTable = (people: PowerTable['people']): PowerTable => ({ is: 'power_table', people })

export type Registration = Handler | ActionHandler | Hooks | Job | WorkTime | Teller | FileKeeper | PowerTable | Report

/** Verbs of an entity: `export default handle(plan, { edit: async (ctx, plan, input) => … })`. */
export const handle = <E extends Entity>(
  entity: E,
  verbs: Readonly<Record<string, (ctx: Ctx, record: RecordOf<E>, input: Input) => Promise<unknown>>>,
): Handler => ({ is: 'handler', entity: entity.name, verbs: verbs as unknown as Handler['verbs'] })

/** A verb of the module that belongs to no single record. */
export const act = <T>(name: string, run: ActionHandler<T>['run']): ActionHandler<T> => ({ is: 'action', name, run })

export const hooks = <E extends Entity>(
  entity: E,
  on: {
    readonly beforeSave?: (
      ctx: Ctx,
      record: RecordOf<E>,
      before: RecordOf<E> | null,
    ) => Promise<Partial<Omit<RecordOf<E>, keyof SystemFields<string>>> | undefined>
    readonly beforeReverse?: (
      ctx: Ctx,
      mirror: RecordOf<E>,
      original: RecordOf<E>,
    ) => Promise<Partial<Omit<RecordOf<E>, keyof SystemFields<string>>> | undefined>
    readonly beforeRemove?: (ctx: Ctx, record: RecordOf<E>) => Promise<void>
    readonly afterSave?: (ctx: Ctx, after: RecordOf<E> | null, before: RecordOf<E> | null) => Promise<void>
  },
): Hooks => ({ is: 'hooks', entity: entity.name, ...(on as unknown as Omit<Hooks, 'is' | 'entity'>) })

export const job = (name: string, rest: Omit<Job, 'is' | 'name'>): Job => ({ is: 'job', name, ...rest })

export const workTime = (add: WorkTime['add']): WorkTime => ({ is: 'work_time', add })
