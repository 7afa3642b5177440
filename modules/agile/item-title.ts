// Names of a project's items for whoever may see them.
import { all, type Ctx } from '@yingzao/kernel/server'
import { workItem } from './work-item.entity.ts'

export async function titlesOf(ctx: Ctx, project: string): Promise<Readonly<Record<string, string>>> {
  const rows = await all(ctx, workItem, { filter: { project: { eq: project } }, fields: ['title'] })
  return Object.fromEntries(rows.map(row => [row.id, row.title]))
}
