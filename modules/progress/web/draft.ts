// What is being filled in for one task, and the report it makes. Pure.
import { parseDay } from '@yingzao/engines/schedule/civil'
import { plusDays } from './day.ts'
import type { ReportInput } from './outbox.ts'

export interface TaskLine {
  readonly id: string
  readonly name: string
  readonly project: string
  readonly start_on: string | null
  readonly finish_on: string | null
  readonly percent: number
  readonly started: boolean
  readonly duration: number
  readonly critical: boolean
}

/** Empty text is nothing said. */
export interface Draft {
  readonly asOf: string
  readonly percent: string
  readonly days: string
  readonly start: string
  readonly finish: string
  readonly done: string
  readonly total: string
  readonly unit: string
  readonly reason: string
  readonly note: string
  readonly photos: readonly File[]
}

export const emptyDraft = (asOf: string, quantity?: { readonly total: string; readonly unit: string }): Draft => ({
  ...{ asOf, percent: '', days: '', start: '', finish: '', done: '' },
  ...{ total: quantity?.total ?? '', unit: quantity?.unit ?? '', reason: '', note: '', photos: [] },
})

/** One tap: what else it means is filled in where nothing stands yet, and is there to be corrected. */
export function tapped(draft: Draft, task: TaskLine, what: 'start' | 'finish' | number): Draft {
  const begun = task.started || draft.start !== ''
  const planned = task.start_on !== null && task.start_on <= draft.asOf ? task.start_on : draft.asOf
  if (what === 'start') return { ...draft, percent: '', days: '', start: draft.asOf, finish: '' }
  if (what === 'finish')
    return { ...draft, percent: '100', days: '', finish: draft.asOf, start: begun ? draft.start : planned }
  return { ...draft, percent: String(what), days: '', finish: '', start: begun ? draft.start : planned }
}
export const tappedDays = (draft: Draft, task: TaskLine, days: number): Draft => ({
  ...tapped(draft, task, 0),
  percent: '',
  days: String(days),
})

/** Share of its time that has gone by, were it on plan: what is said below it is behind. */
export function wantedBy(task: TaskLine, asOf: string): number {
  const [from, to, at] = [task.start_on, task.finish_on, asOf].map(day => (day === null ? undefined : parseDay(day)))
  if (from === undefined || to === undefined || at === undefined || at < from) return 0
  return Math.min(1, (at - from + 1) / (to - from + 1))
}

export function isBehind(draft: Draft, task: TaskLine): boolean {
  if (draft.finish !== '') return task.finish_on !== null && draft.finish > task.finish_on
  if (draft.days !== '' && task.finish_on !== null)
    return plusDays(draft.asOf, Math.ceil(Number(draft.days))) > task.finish_on
  if (draft.percent !== '') return Number(draft.percent) / 100 < wantedBy(task, draft.asOf) - 0.01
  return draft.start !== '' && task.start_on !== null && draft.start > task.start_on
}

const number = (text: string) => text.trim().replace(/[,，]/g, '')
export const saysSomething = (draft: Draft): boolean =>
  [draft.percent, draft.days, draft.start, draft.finish, draft.done, draft.note].some(each => each.trim() !== '')

/** A working day has eight hours here, as everywhere on the screen. */
export const DAY = 480

export function inputOf(id: string, task: string, draft: Draft): ReportInput {
  const { asOf, percent, days, start, finish, done, total, unit, reason, note } = draft
  const share = Number(number(percent))
  return {
    id,
    task,
    reported_on: asOf,
    ...(percent.trim() === '' ? {} : { percent: String(Math.round(share * 100) / 10_000) }),
    ...(days.trim() === '' ? {} : { remaining: Math.round(Number(number(days)) * DAY) }),
    ...(start === '' ? {} : { start_on: start }),
    ...(finish === '' ? {} : { finish_on: finish }),
    ...(done.trim() === '' ? {} : { done_qty: number(done) }),
    ...(done.trim() === '' || total.trim() === '' ? {} : { total_qty: number(total) }),
    ...(done.trim() === '' || unit.trim() === '' ? {} : { qty_unit: unit.trim() }),
    ...(reason === '' ? {} : { reason }),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

const text = (value: string | number | undefined) => (value === undefined ? '' : String(value))

/** A kept report back in the hands of whoever corrects it. */
export const draftOf = (input: ReportInput, photos: readonly File[]): Draft => ({
  asOf: input.reported_on,
  percent: input.percent === undefined ? '' : String(Math.round(Number(input.percent) * 10_000) / 100),
  days: input.remaining === undefined ? '' : String(input.remaining / DAY),
  start: text(input.start_on),
  finish: text(input.finish_on),
  done: text(input.done_qty),
  total: text(input.total_qty),
  unit: text(input.qty_unit),
  reason: text(input.reason),
  note: text(input.note),
  photos,
})
