// 关口: what a gate request knows of its project, when it may be submitted, and the move that its approval makes.
import { asSystem, type Ctx, get, hooks, refuse, run } from '@yingzao/kernel/server'
import { projectGate } from './gate.entity.ts'
import { project } from './project.entity.ts'

export default hooks(projectGate, {
  async beforeSave(ctx, record) {
    const of = await get(asSystem(ctx), project, record.project)
    return { contract_amount: of.contract_amount, company: of.company, department: of.department }
  },
  async afterSave(ctx, after, before) {
    if (!after || after.state === before?.state) return
    if (after.state === 'pending') await demandOpen(ctx, after)
    if (after.state === 'effective') await run(asSystem(ctx), project, after.project, after.gate)
  },
})

/** The project stands before that gate. */
async function demandOpen(ctx: Ctx, request: { readonly project: string; readonly gate: string }): Promise<void> {
  const of = await get(asSystem(ctx), project, request.project)
  const moves = (project.def.transitions ?? []).filter(each => each.action === request.gate)
  if (moves.some(each => each.from.some(stage => stage === of.stage))) return
  const stage = of.stage == null ? undefined : project.def.stages?.[of.stage]
  throw refuse('project.gate_not_now', {
    gate: moves[0]?.label[ctx.lang] ?? request.gate,
    stage: stage?.label[ctx.lang] ?? '—',
  })
}
