// Microsoft mode: what a planner should know though it moves nothing.
import { workBetween } from './clock.ts'
import { linkStart } from './microsoft-forward.ts'
import type { MicrosoftState } from './microsoft-state.ts'
import { FF, FS, SS } from './network.ts'
import type { Warning } from './result.ts'
import { FINISHED, INACTIVE, MANUAL, STARTED } from './task-input.ts'

/**
 * `schedule.manual_before_link`: a manual task was put earlier than a link allows (`allowed`).
 * `schedule.constraint_over_link`: a constraint holds a task before its links would let it start (`allowed`).
 * `schedule.no_common_time`: the task's calendar and a resource's never work together; the task's is used.
 */
export function microsoftWarnings(state: MicrosoftState): Warning[] {
  const warnings: Warning[] = []
  const { network, inputs, plan, es, logicStart } = state
  for (let i = 0; i < network.tasks; i++) {
    const flags = inputs.flags[i]!
    if (network.summary[i] || flags & (INACTIVE | FINISHED)) continue
    const task = plan.tasks[i]!.id
    const clock = state.clocks[inputs.clock[i]!]!
    if (flags & MANUAL) {
      for (let k = network.inStart[i]!; k < network.inStart[i + 1]!; k++) {
        const edge = network.inEdge[k]!
        const type = network.type[edge]
        if (type !== FS && type !== SS && type !== FF) continue
        const allowed = linkStart(state, edge, i)
        const link = plan.links[network.link[edge]!]
        if (link && workBetween(clock, es[i]!, allowed) > 0) {
          warnings.push({
            code: 'schedule.manual_before_link',
            task,
            link: link.id,
            values: { allowed: Math.round(allowed) },
          })
        }
      }
    } else if (!(flags & STARTED) && workBetween(clock, es[i]!, logicStart[i]!) > 0) {
      warnings.push({ code: 'schedule.constraint_over_link', task, values: { allowed: Math.round(logicStart[i]!) } })
    }
    for (let k = inputs.driveStart[i]!; k < inputs.driveStart[i + 1]!; k++) {
      if (!inputs.driveApart[k]) continue
      const resource = plan.resources[inputs.driveResource[k]!]?.id ?? ''
      warnings.push({ code: 'schedule.no_common_time', task, values: { resource } })
    }
  }
  return warnings
}
