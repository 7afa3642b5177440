// 离职交接 and whatever else changes who answers for a task outside its plan: kept as an edit of the plan, so that open plans
// hear of it, nobody overwrites it unknowingly, and it can be taken back.
import type { Json } from '@yingzao/kernel/entity'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, create, hooks, patch } from '@yingzao/kernel/server'
import { isEditing } from './keep.ts'
import { plan, planEdit } from './plan.entity.ts'
import { task } from './task.entity.ts'

export default hooks(task, {
  async afterSave(ctx, after, before) {
    if (!after || !before || after.responsible === before.responsible || isEditing(ctx)) return
    const system = asSystem(ctx)
    // Locked as an edit of the plan does, so that two of them never get one revision.
    const { draft } = await lockRecord(system, shapeOf(ctx.registry, plan.name), after.plan, {})
    const revision = Number(draft.values.revision) + 1
    const set = (responsible: string | null): Json => [{ kind: 'task.set', id: after.id, patch: { responsible } }]
    await patch(system, plan.name, after.plan, undefined, { revision })
    await create(system, planEdit.name, {
      plan: after.plan,
      project: after.project,
      company: after.company,
      revision,
      summary: handedOver[ctx.lang](after.name).slice(0, 300),
      edits: set(after.responsible),
      inverse: set(before.responsible),
    })
  },
})

const handedOver = {
  zh: (name: string) => `负责人交接：${name}`,
  en: (name: string) => `Handed over: ${name}`,
}
