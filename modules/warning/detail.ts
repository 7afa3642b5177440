// What a warning's page shows beyond its fields: kept whole with the record, given to each reader as far as he may see the
// plans it speaks of. Dates are days, lengths are working days of the plan they lie in.
import type { Foresight, LateReason, Warning } from '@yingzao/engines/foresight'
import { dayOf, formatDay, type Lag } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import type { Company, Watched } from './company.ts'

export interface Change {
  readonly was: string
  readonly will: string
}
export interface DetailStep {
  readonly plan: string
  readonly task: string
  readonly name: string
  readonly responsible: string | null
  /** Absent on the cause. */
  readonly link?: { readonly crosses: boolean; readonly type: string; readonly lag_days: number }
  readonly start: Change
  readonly finish: Change
  readonly float_days: number
  readonly absorbed_days: number
}
export interface DetailWay {
  readonly kind: 'float' | 'lag' | 'overlap' | 'shorten' | 'lend'
  readonly days: number
  readonly whole: boolean
  readonly plan: string
  readonly task: string
  readonly name: string
  /** By how many days something would be shorter or earlier. */
  readonly by_days?: number
  readonly from?: string
  readonly from_task?: string
  readonly resource?: string
  readonly room_days?: number
}
export interface Detail {
  /** What is known of the plan hit is known up to this day. */
  readonly as_of: string
  readonly reason: LateReason
  readonly late_days: number
  readonly chain: readonly DetailStep[]
  readonly finish: Change
  readonly milestones: readonly (Change & { readonly task: string; readonly name: string })[]
  readonly ways: readonly DetailWay[]
}

const day = (minute: number): string => formatDay(dayOf(minute))
const change = ({ was, will }: { readonly was: number; readonly will: number }): Change => ({
  was: day(was),
  will: day(will),
})

export function detailOf({ plans }: Company, foresight: Foresight, warning: Warning): Detail | undefined {
  const [hit, cause] = [plans.get(warning.hit.plan), plans.get(warning.cause.plan)]
  if (!hit || !cause) return undefined
  const chain = warning.chain.flatMap((step): DetailStep[] => {
    const at = plans.get(step.plan)
    if (!at) return []
    const task = taskOf(at, step.task)
    return [
      {
        ...{ plan: step.plan, task: step.task, name: task?.name ?? '' },
        responsible: task?.responsible ?? at.project.manager,
        ...(step.link && {
          link: { crosses: step.link.crosses, type: step.link.type, lag_days: lagDays(at, step.link.lag) },
        }),
        ...{ start: change(step.start), finish: change(step.finish) },
        ...{ float_days: days(at, step.float), absorbed_days: days(at, step.absorbed) },
      },
    ]
  })
  return {
    as_of: day(hit.watched.now),
    reason: warning.cause.reason,
    late_days: days(cause, warning.cause.lateBy),
    chain,
    finish: change(warning.consequence.finish),
    milestones: warning.consequence.milestones.map(({ task, ...moved }) => ({
      ...{ task, name: taskOf(hit, task)?.name ?? '' },
      ...change(moved),
    })),
    ways: foresight.waysOut(warning).flatMap((way): DetailWay[] => {
      const at = way.kind === 'float' ? warning.hit : way.kind === 'lag' || way.kind === 'overlap' ? way.to : way.at
      const owner = plans.get(at.plan)
      if (!owner) return []
      const told = { kind: way.kind, days: way.days, whole: way.whole, plan: at.plan, task: at.task }
      const named = { ...told, name: taskOf(owner, at.task)?.name ?? '' }
      if (way.kind === 'shorten' || way.kind === 'overlap') return [{ ...named, by_days: days(owner, way.by) }]
      if (way.kind !== 'lend') return [named]
      const resource = owner.watched.plan.resources.find(each => each.id === way.resource)?.name ?? ''
      const from = taskOf(owner, way.from.task)?.name ?? ''
      return [{ ...named, from, from_task: way.from.task, resource, room_days: days(owner, way.room) }]
    }),
  }
}

const taskOf = ({ watched }: Watched, id: string) => watched.plan.tasks.find(each => each.id === id)
const days = ({ watched }: Watched, minutes: number): number =>
  Math.round((minutes / Math.max(1, watched.plan.options.minutesPerDay)) * 10) / 10
const lagDays = (at: Watched, lag: Lag): number => ('minutes' in lag ? days(at, lag.minutes) : 0)

/** Part of the detail that one reader may see: of a plan that he may not see, only that something lies there. */
export interface SeenDetail {
  readonly as_of: string
  readonly reason: LateReason | null
  readonly late_days: number | null
  readonly chain: readonly (DetailStep | { readonly hidden: true })[]
  readonly finish: Change | null
  readonly milestones: Detail['milestones']
  readonly ways: readonly DetailWay[]
}

/** `seen`: plans that the reader may open; `hit` and `cause`: the plans of the warning. */
export function seenBy(
  detail: Detail,
  seen: ReadonlySet<string>,
  hit: string | null,
  cause: string | null,
): SeenDetail {
  const chain: (DetailStep | { readonly hidden: true })[] = []
  for (const step of detail.chain) {
    const last = chain.at(-1)
    const afterHidden = last !== undefined && 'hidden' in last
    // What the room took up would tell how late the hidden work is.
    if (seen.has(step.plan)) chain.push(afterHidden ? { ...step, absorbed_days: 0 } : step)
    else if (!afterHidden) chain.push({ hidden: true })
  }
  const seesHit = hit !== null && seen.has(hit)
  const seesCause = cause !== null && seen.has(cause)
  return {
    as_of: detail.as_of,
    ...{ reason: seesCause ? detail.reason : null, late_days: seesCause ? detail.late_days : null, chain },
    ...{ finish: seesHit ? detail.finish : null, milestones: seesHit ? detail.milestones : [] },
    ways: detail.ways.filter(way => seen.has(way.plan)),
  }
}

/** What `open` answers. */
export interface Opened {
  readonly detail: SeenDetail | null
  /** Names of people and plans that the reader may know, by id. */
  readonly people: Readonly<Record<string, string>>
  readonly plans: Readonly<Record<string, string>>
}

export const json = (value: object): Json => JSON.parse(JSON.stringify(value))
