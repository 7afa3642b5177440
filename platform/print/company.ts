// Whose letterhead it is: the company of the record, of its project, or the organisation's first company.
import type { Ctx } from '@yingzao/kernel/context'
import { isId, type Json } from '@yingzao/kernel/entity'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { asSystem, get, list, Refusal, titlesOf } from '@yingzao/kernel/server'

type Row = Readonly<Record<string, Json>>

/** The name of a company is on every letter it sends: it is read as the system. */
export async function companyOf(ctx: Ctx, shape: Shape | null, record: Row | null): Promise<string> {
  const system = asSystem(ctx)
  const place = shape?.def.place ?? {}
  const own = place.company === undefined ? undefined : record?.[place.company]
  const project = place.project === undefined ? undefined : record?.[place.project]
  const company = isId(own) ? own : isId(project) ? await companyOfProject(system, project) : undefined
  const id = company ?? (await rootCompany(system))
  return id === undefined ? '' : ((await titlesOf(system, 'org_unit', [id]))[id] ?? '')
}

async function companyOfProject(ctx: Ctx, id: string): Promise<string | undefined> {
  const entity = ctx.registry.scopes.get('project')?.entity
  const field = entity === undefined ? undefined : ctx.registry.shapes.get(entity)?.def.place?.company
  if (entity === undefined || field === undefined) return undefined
  try {
    const project: Readonly<Record<string, unknown>> = await get(ctx, entity, id)
    return isId(project[field]) ? project[field] : undefined
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function rootCompany(ctx: Ctx): Promise<string | undefined> {
  const { items } = await list(ctx, 'org_unit', { filter: { parent: { empty: true } }, fields: [], limit: 1 })
  return items[0]?.id
}
