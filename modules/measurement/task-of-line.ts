// WBS of what is measured and settled: as the line says, else as the contract line of the same cost item says.

import type { Ctx } from '@yingzao/kernel/server'
import { tasksElsewhere } from '../schedule/public.ts'
import type { Contract } from './facts.ts'

type Task = Contract['lines'][number]['task']

/** By cost item; an item whose contract lines name several tasks has none of its own. */
export function tasksByItem({ lines }: Pick<Contract, 'lines'>): ReadonlyMap<string, Task> {
  const found = new Map<string, Task>()
  for (const { item, task } of lines)
    if (item !== null) found.set(item, found.has(item) && found.get(item) !== task ? null : task)
  return found
}

/** Faults of lines whose task is of another project. */
export const taskFaults = async (system: Ctx, { project }: Contract, lines: readonly { readonly task: Task }[]) =>
  (
    await tasksElsewhere(
      system,
      project,
      lines.map(line => line.task),
    )
  ).map(at => ({ path: `lines.${at}.task`, code: 'schedule.task_elsewhere' }))
