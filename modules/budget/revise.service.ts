// 调整与调剂: a new version with the lines of the effective one, to be changed and approved.
import type { RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create, handle, list, refuse } from '@yingzao/kernel/server'
import { budget } from './budget.entity.ts'

type Budget = RecordOf<typeof budget>

/** As the system: what stood before is not for people to write. The right to adjust was checked on the way in. */
async function next(ctx: Ctx, of: Budget, kind: 'adjust' | 'transfer') {
  const system = asSystem(ctx)
  const { items } = await list(system, budget, {
    filter: { project: { eq: of.project }, state: { in: ['draft', 'pending', 'rejected'] } },
    limit: 1,
  })
  if (items[0]) throw refuse('budget.in_work', { name: items[0].name })
  const version_no = (of.version_no ?? 1) + 1
  const made = await create(system, budget.name, {
    name: `${of.name.replace(/ V\d+$/, '')} V${version_no}`,
    project: of.project,
    kind,
    version_no,
    base: of.id,
    reason:
      ctx.lang === 'zh'
        ? kind === 'adjust'
          ? '目标成本调整'
          : '科目间调剂'
        : kind === 'adjust'
          ? 'Adjustment'
          : 'Transfer',
    lines: of.lines.map(({ item, unit, qty, price, amount, responsible, note }) => ({
      ...{ item, unit, qty, price, responsible, note },
      previous_amount: amount,
    })),
  })
  return { id: made.id, version_no }
}

export default handle(budget, {
  adjust: (ctx, record) => next(ctx, record, 'adjust'),
  reallocate: (ctx, record) => next(ctx, record, 'transfer'),
})
