// What one link from another plan asks of its successor: where it would have to stand. Nothing is moved by asking.
import { calendarClock } from '../schedule/calendar.ts'
import { compute } from '../schedule/index.ts'
import type { Plan } from '../schedule/plan.ts'
import type { Schedule } from '../schedule/result.ts'
import { joinedTo, type Span } from './forecast.ts'
import type { CrossLink } from './outlook.ts'

export interface Asked {
  /** Where the link puts the successor, with the links of its own plan but without its own constraint. */
  readonly span: Span
  /** Working minutes by which the plan has it earlier than that; 0 when the plan waits long enough. */
  readonly late: number
}

/** `schedule` is the plan's own, `from` where the predecessor stands. Undefined when either cannot be computed. */
export function waitsFor(
  plan: Plan,
  schedule: Schedule,
  link: CrossLink,
  from: Span & { readonly duration: number },
): Asked | undefined {
  const own = schedule.tasks.find(each => each.id === link.to.task)
  const clock = calendarClock(plan.calendars, plan.options.calendar)
  if (!own || !clock.ok) return undefined
  const free: Plan = {
    ...plan,
    tasks: plan.tasks.map(task =>
      task.id === link.to.task ? { ...task, constraint: { type: 'asap' }, manual: false } : task,
    ),
  }
  const { duration, ...span } = from
  const outcome = compute(joinedTo(free, [link], () => ({ span, duration })))
  const at = outcome.ok ? outcome.schedule.tasks.find(each => each.id === link.to.task) : undefined
  if (!at) return undefined
  const starts = link.type === 'FS' || link.type === 'SS'
  const late = starts ? clock.clock.work(own.start, at.start) : clock.clock.work(own.finish, at.finish)
  return { span: { start: at.start, finish: at.finish }, late: Math.max(0, late) }
}
