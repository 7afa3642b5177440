// What is asked for is frozen when it is submitted: what is edited meanwhile is not published with it, and a branch that is not
// as it was reviewed is not taken over.
import { asSystem, type Ctx, get, hooks, list, refuse, run } from '@yingzao/kernel/server'
import { planBaseline } from './baseline.entity.ts'
import { frozen, keepFrozen } from './freeze.ts'
import { plan } from './plan.entity.ts'
import { planPublication } from './publication.entity.ts'

const open: readonly unknown[] = [undefined, 'draft', 'rejected']

export default hooks(planPublication, {
  async beforeSave(ctx, record, before) {
    if (!open.includes(before?.state)) return undefined
    const system = asSystem(ctx)
    const of = await get(system, plan, record.plan)
    const { project, company, branch_of } = of
    if ((record.kind === 'take_over') !== (branch_of !== null))
      throw refuse(branch_of === null ? 'schedule.no_branch' : 'schedule.publish_original', { name: of.name })
    if (ctx.action !== 'submit') return { project, company }
    const now = await frozen(ctx, of)
    const original = branch_of === null ? null : await get(system, plan, branch_of)
    return {
      ...{ project, company, revision: now.revision, task_count: now.task_count },
      finish_on: now.finish_on,
      published_finish_on: await publishedFinish(system, original?.id ?? of.id),
      original_revision: original?.revision ?? null,
      // Of a branch its edits are taken over, not its dates.
      dates: original ? null : now.dates,
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective') return
    const system = asSystem(ctx)
    const { revision, original_revision, decisions } = after
    if (after.kind === 'take_over') {
      await run(system, plan, after.plan, 'take_over', {
        ...{ revision: original_revision, branch_revision: revision, decisions },
      })
      return
    }
    await keepFrozen(system, await get(system, plan, after.plan), after, {
      ...{ name: after.name, note: after.note, published: true },
    })
  },
})

async function publishedFinish(system: Ctx, of: string) {
  const { items } = await list(system, planBaseline, {
    filter: { plan: { eq: of }, published: { eq: true } },
    fields: ['finish_on'],
    sort: ['-created_at'],
    limit: 1,
  })
  return items[0]?.finish_on ?? null
}
