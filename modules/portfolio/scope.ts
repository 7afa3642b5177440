// The projects that a portfolio speaks of: those under way that the reader may see, and whether these are all there are.
import type { RecordOf } from '@yingzao/kernel/entity'
import { aggregate, all, asSystem, type Ctx, Refusal } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { plan } from '../schedule/plan.entity.ts'

const over = ['closed', 'terminated']
/** Most values of one filter. */
export const atOnce = 500

type Scope = { readonly stage?: { readonly in: string[] } }
export const everyProject: Scope = {}
export const underWay: Scope = {
  stage: { in: Object.keys(project.def.stages ?? {}).filter(each => !over.includes(each)) },
}

export type ProjectRow = RecordOf<typeof project>
export type PlanRow = RecordOf<typeof plan>

/** Of an entity that this reader has nothing to do with: none, instead of a refusal of the whole answer. */
export async function orNone<T>(read: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read
  } catch (error) {
    if (error instanceof Refusal && error.code === 'access.denied') return []
    throw error
  }
}

/** Rows of many ids, as many at a time as a filter takes. */
export async function inParts<T>(ids: readonly string[], read: (ids: string[]) => Promise<readonly T[]>): Promise<T[]> {
  const rows: T[] = []
  for (let at = 0; at < ids.length; at += atOnce) rows.push(...(await read(ids.slice(at, at + atOnce))))
  return rows
}

export const countOf = async (ctx: Ctx, filter: Scope): Promise<number> => {
  const [row] = await aggregate(ctx, project, { filter, measures: [{ fn: 'count' }] })
  return Number(row?.values[0] ?? 0)
}

/** Complete or labelled: a figure over some of the projects says so. */
export async function isWhole(ctx: Ctx, seen: number, filter: Scope): Promise<boolean> {
  return (await countOf(asSystem(ctx), filter)) === seen
}

const planFields = [
  'name',
  'project',
  'start_on',
  'finish_on',
  'task_count',
  'critical_count',
  'promised_start_on',
  'promised_on',
  'options',
  'calendars',
]

/** The current plan of each project, as far as the reader may see it. */
export const currentPlans = (ctx: Ctx, projects: readonly string[]): Promise<readonly PlanRow[]> =>
  orNone(
    inParts(projects, ids =>
      all(ctx, plan, { filter: { project: { in: ids }, current: { eq: true } }, fields: planFields }),
    ),
  )
