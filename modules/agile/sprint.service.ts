// Verbs of sprints and of what their retrospectives found: close with what is left going on, figures of the burn-down, actions.
import { asId, type Id } from '@yingzao/kernel/entity'
import { all, asSystem, create, get, handle, list, patch, refuse } from '@yingzao/kernel/server'
import { titlesOf } from './item-title.ts'
import type { BurnAnswer } from './report.ts'
import { retroItem, sprint } from './sprint.entity.ts'
import { burnOf } from './sprint-burn.ts'
import { workItem } from './work-item.entity.ts'

export const sprintVerbs = handle(sprint, {
  /** What is not done goes on: to another open sprint, or back to the backlog. Done stays where it was done. */
  async close(ctx, record, input) {
    const system = asSystem(ctx)
    const to = typeof input.to === 'string' ? await openSprint(input.to) : null
    async function openSprint(id: string): Promise<Id<'sprint'>> {
      const found = (await list(ctx, sprint, { filter: { id: { eq: id } }, limit: 1 })).items[0]
      if (!found || found.project !== record.project || found.id === record.id || found.stage === 'closed')
        throw refuse('agile.sprint_not_planned', {})
      return found.id
    }
    const open = await all(system, workItem, {
      filter: { sprint: { eq: record.id }, stage: { in: ['backlog', 'ready', 'doing', 'review'] } },
      fields: ['title'],
    })
    for (const each of open) await patch(system, workItem, each.id, undefined, { sprint: to })
    return { moved: open.length }
  },

  async burn(ctx, record): Promise<BurnAnswer> {
    const burn = await burnOf(ctx, record)
    return { ...burn, titles: await titlesOf(ctx, record.project) }
  },
})

export const retroVerbs = handle(retroItem, {
  /** An action item is a work item like any other, at the end of the backlog; the finding leads to it. */
  async take_up(ctx, record, input) {
    const owner = await get(ctx, sprint, record.sprint)
    const made = await create(ctx, workItem, {
      title: String(input.title),
      kind: 'task',
      project: owner.project,
      description: `${owner.name}: ${record.text}`,
      assignee: typeof input.assignee === 'string' ? asId('user', input.assignee) : null,
    })
    await patch(asSystem(ctx), retroItem.name, record.id, undefined, { action: made.id })
    return { work_item: made.id }
  },
})
