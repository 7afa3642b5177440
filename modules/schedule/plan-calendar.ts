// A whole plan as a calendar file: its tasks as days, its milestones, its meetings with their hours.
import { dayOf, type Plan } from '@yingzao/engines/schedule'
import { writeIcs } from '@yingzao/formats/ics'
import type { Ctx } from '@yingzao/kernel/server'
import type { PlanRecord } from './keep.ts'
import { reckon } from './reckon.ts'

const DAY = 1440

export function planCalendar(ctx: Ctx, record: PlanRecord, plan: Plan): string {
  const tasks = new Map(plan.tasks.map(each => [each.id, each]))
  const events = reckon(plan).tasks.flatMap(({ id, start, finish }) => {
    const task = tasks.get(id)
    if (!task || task.inactive || task.kind === 'summary' || task.kind === 'wbs_summary') return []
    const milestone = task.milestone === true || task.kind === 'milestone' || task.kind === 'start_milestone'
    const meeting = task.recurring === true && finish - start < DAY
    return [
      {
        uid: `task-${id}`,
        // Work that ends at midnight ends on the day before.
        at: meeting
          ? { start, finish }
          : { from: dayOf(start), to: Math.max(dayOf(start), dayOf(finish - (finish > start ? 1 : 0))) },
        summary: `${milestone ? '◆ ' : ''}${task.name}`,
        ...(task.notes ? { description: task.notes } : {}),
        busy: meeting,
        changed: record.updated_at,
      },
    ]
  })
  return writeIcs({ name: record.name, zone: ctx.zone, events })
}
