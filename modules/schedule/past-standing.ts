// 历次状态: where a plan stood on each status date it had, from the plan as it was then: its edits are kept, so nothing else need be.
import { performance, planStanding, recordedCosts } from '@yingzao/engines/earned-value'
import { applyEdits, compute, type Plan, type PlanEdit, readEdits } from '@yingzao/engines/schedule'
import { all, asSystem, type Ctx } from '@yingzao/kernel/server'
import { asSeen } from './costs.ts'
import type { PlanRecord } from './keep.ts'
import { planEdit } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { revivedPlan } from './revive.ts'
import type { PastStanding } from './standing-shape.ts'

/** Two years of weeks. */
const MOST = 104

/** Oldest first; whoever may not know costs gets working days for money, as on the page. */
export async function standingsOf(ctx: Ctx, record: PlanRecord): Promise<PastStanding[]> {
  const states = await statesOf(ctx, record)
  const standings: PastStanding[] = []
  for (const { value, revision } of states.reverse()) {
    const found = standingOf(revivedPlan(await asSeen(ctx, record, value)), revision)
    if (found) standings.push(found)
  }
  return standings
}

interface State {
  readonly value: Plan
  readonly revision: number
}

const statusOf = ({ options }: Plan) => options.statusDate

/** The plan as it last was under each status date, newest first; a date that was taken back again is none. */
async function statesOf(ctx: Ctx, record: PlanRecord): Promise<State[]> {
  let now = await readPlan(ctx, record)
  const states: State[] = [{ value: now, revision: record.revision }]
  const rows = await all(asSystem(ctx), planEdit, {
    filter: { plan: { eq: record.id } },
    fields: ['inverse', 'revision'],
    sort: ['-revision'],
  })
  // Edits between two status dates are taken back together.
  const back: PlanEdit[] = []
  for (const { inverse, revision } of rows) {
    const read = readEdits(inverse, Number.POSITIVE_INFINITY)
    if (!read.ok || states.length >= MOST) break
    for (const edit of read.edits) back.push(edit)
    if (!read.edits.some(edit => edit.kind === 'options.set' && edit.patch.statusDate !== undefined)) continue
    const applied = applyEdits(now, back)
    if (!applied.ok) break
    back.length = 0
    now = applied.plan
    const [at, last] = [statusOf(now), statusOf(states.at(-1)?.value ?? now)]
    if (at !== undefined && last !== undefined && at < last) states.push({ value: now, revision: revision - 1 })
  }
  return states
}

/** Null without a status date, a baseline to compare with, or dates. */
function standingOf(value: Plan, revision: number): PastStanding | null {
  const at = statusOf(value)
  const computed = compute(value)
  if (at === undefined || !computed.ok) return null
  const outcome = planStanding(value, computed.schedule, at, recordedCosts(value))
  if (!outcome.ok || outcome.standing.basis !== 'baseline') return null
  const { unit, amounts, schedule } = outcome.standing
  const { spi, cpi } = performance({ ...amounts, ac: amounts.ac ?? '0.00' })
  return { at, revision, unit, ...amounts, spi, cpi: amounts.ac === null ? null : cpi, spit: schedule.spit }
}
