// What holds other projects up: late tasks and links between projects by the open warnings that come from them. Early
// warning keeps these (engines/foresight); each reader gets the part that he may see.
import { act, all, asSystem, type Ctx, titlesOf, visible } from '@yingzao/kernel/server'
import { crossLink } from '../schedule/cross-link.entity.ts'
import { plan } from '../schedule/plan.entity.ts'
import { task } from '../schedule/task.entity.ts'
import { warning } from '../warning/warning.entity.ts'
import { inParts, orNone } from './scope.ts'
import type { HeldUp, Holder, HoldingLink } from './shape.ts'

const open = { handling: { in: ['raised', 'acknowledged', 'assigned'] } }

export const heldUp = act('portfolio.held_up', async (ctx): Promise<HeldUp> => {
  const warnings = await all(ctx, warning, {
    filter: open,
    fields: ['code', 'cause_task', 'cause_plan', 'cause_project', 'plan', 'project', 'days', 'responsible'],
  })
  const across = warnings.filter(each => each.project !== null && each.project !== each.cause_project)
  const seen = await visible(ctx, plan, [...new Set(across.flatMap(each => each.cause_plan ?? []))])
  const shown = across.filter(each => each.cause_task !== null && seen.has(each.cause_plan ?? ''))
  const names = await titlesOf(ctx, 'task', [...new Set(shown.flatMap(each => each.cause_task ?? []))])
  const holders = new Map<string, Holder>()
  for (const each of shown) {
    const [id, owner, from] = [each.cause_task, each.cause_project, each.cause_plan]
    if (id === null || owner === null || from === null || each.project === null) continue
    const known = holders.get(id)
    const days = Number(each.days ?? 0)
    holders.set(id, {
      ...{ task: id, name: names[id] ?? '', plan: from, project: owner, responsible: each.responsible },
      projects: [...new Set([...(known?.projects ?? []), each.project])],
      warnings: [...(known?.warnings ?? []), { id: each.id, code: each.code ?? '', project: each.project, days }],
      worst: Math.max(known?.worst ?? 0, days),
    })
  }
  const list = [...holders.values()].sort((a, b) => b.projects.length - a.projects.length || b.worst - a.worst)
  const links = await holdingLinks(
    ctx,
    shown.map(each => each.id),
  )
  const projects = [
    ...list.flatMap(each => [each.project, ...each.projects]),
    ...links.flatMap(each => [each.from.project, each.to.project, ...each.projects]),
  ]
  return {
    ...{ holders: list, links, hidden: across.length - shown.length },
    names: {
      ...(await titlesOf(ctx, 'project', [...new Set(projects)])),
      ...(await titlesOf(ctx, 'user', [...new Set(list.flatMap(each => each.responsible ?? []))])),
    },
  }
})

/** Links that the chains of these warnings pass over, as far as the reader may see both their ends. */
async function holdingLinks(ctx: Ctx, warnings: readonly string[]): Promise<HoldingLink[]> {
  // The chain itself is granted to nobody (warning/detail.ts); of it only links that the reader sees anyway are told.
  const kept = await inParts(warnings, ids => all(asSystem(ctx), warning, { filter: { id: { in: ids } } }))
  const passed = new Map<string, { id: string; code: string; project: string; days: number }[]>()
  for (const each of kept) {
    if (each.project === null) continue
    const own = { id: each.id, code: each.code ?? '', project: each.project, days: Number(each.days ?? 0) }
    for (const ends of crossings(each.detail)) passed.set(ends, [...(passed.get(ends) ?? []), own])
  }
  if (passed.size === 0) return []
  const links = await orNone(all(ctx, crossLink, {}))
  const ends = [...new Set(links.flatMap(each => [each.to_task, each.from_task ?? []].flat()))]
  const names = new Map(
    (
      await orNone(
        inParts(ends, ids => all(ctx, task, { filter: { id: { in: ids } }, fields: ['name', 'plan', 'project'] })),
      )
    ).map(each => [String(each.id), each] as const),
  )
  return links
    .flatMap((each): HoldingLink[] => {
      const over = passed.get(`${each.from_task}>${each.to_task}`)
      const [from, to] = [names.get(each.from_task ?? ''), names.get(each.to_task)]
      if (!over || !from?.project || !to?.project) return []
      return [
        {
          link: each.id,
          from: { task: from.id, name: from.name, plan: from.plan, project: from.project },
          to: { task: to.id, name: to.name, plan: to.plan, project: to.project },
          note: each.note,
          projects: [...new Set(over.map(one => one.project))],
          warnings: over.map(({ id, code }) => ({ id, code })),
          worst: Math.max(...over.map(one => one.days)),
        },
      ]
    })
    .sort((a, b) => b.projects.length - a.projects.length || b.warnings.length - a.warnings.length || b.worst - a.worst)
}

/** Steps of a kept chain that cross from plan to plan, as `from>to`. */
function crossings(detail: unknown): string[] {
  const chain: unknown = typeof detail === 'object' && detail !== null ? Reflect.get(detail, 'chain') : undefined
  if (!Array.isArray(chain)) return []
  const found: string[] = []
  let before = ''
  for (const step of chain) {
    if (typeof step !== 'object' || step === null) continue
    const [id, link]: unknown[] = [Reflect.get(step, 'task'), Reflect.get(step, 'link')]
    if (typeof id !== 'string') continue
    if (typeof link === 'object' && link !== null && Reflect.get(link, 'crosses') === true)
      found.push(`${before}>${id}`)
    before = id
  }
  return found
}
