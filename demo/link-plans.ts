// What the three projects wait for from each other, and the report that makes one of them late: the ERP's acceptance test
// takes a week and a half longer, and the factory's leak test needs the ERP's item codes.
import type { PlanEdit } from '@yingzao/engines/schedule'
import { crossLink } from '@yingzao/modules/schedule/cross-link.entity'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { task } from '@yingzao/modules/schedule/task.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Handover {
  readonly from: Both
  readonly to: Both
  readonly lag: `${number}`
  readonly note: Both
}

const handovers: readonly Handover[] = [
  {
    from: ['正式上线', 'Live'],
    to: ['闭水检测工位空载调试', 'Leak test station: dry run'],
    lag: '10',
    note: ['物料编码和追溯条码取自 ERP', 'Item codes and trace labels come from the ERP'],
  },
  {
    from: ['首批试制 20 套', 'Pilot run of 20 pods'],
    to: ['站台层公共区吊顶龙骨', 'Platform public area ceiling frame'],
    lag: '5',
    note: ['车站卫生间整体卫浴到场后封顶', 'The ceiling closes over the pods of the station'],
  },
]
const late = { task: ['用户验收测试', 'User acceptance test'], days: 21, percent: 43 } as const

/** `pmo` may edit every plan; `manager` is the ERP's, who reports. */
export async function linkPlans(pmo: Client, manager: Client, t: (both: Both) => string): Promise<void> {
  const named = async (both: Both) => {
    const { items } = await pmo.entity(task).list({ filter: { name: { eq: t(both) } }, limit: 1 })
    const [found] = items
    if (!found) throw new Error(`the demo has no task ${t(both)}`)
    return found
  }
  for (const { from, to, lag, note } of handovers) {
    const [before, after] = [await named(from), await named(to)]
    await pmo.entity(crossLink).create({ from_task: before.id, to_task: after.id, lag_days: lag, note: t(note) })
  }
  const slow = await named(late.task)
  const { revision } = await manager.entity(plan).get(slow.plan)
  const patch = { duration: late.days * 480, percentComplete: late.percent, remainingDuration: 12 * 480 }
  const edits: readonly PlanEdit[] = [{ kind: 'task.set', id: slow.id, patch }]
  await manager.entity(plan).run(slow.plan, 'edit', { base: revision, edits, summary: '' })
}
