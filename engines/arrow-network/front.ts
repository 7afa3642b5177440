// The progress front line (前锋线): where work really is at the status date, drawn over the network from top to bottom.
import type { Minute } from '../schedule/plan.ts'
import type { Diagram } from './diagram.ts'
import type { ArrowTask } from './input.ts'

export interface FrontPoint {
  readonly row: number
  readonly time: Minute
  /** Whose progress this is; absent at the ends of the line, which stand at the status date. */
  readonly task?: string
  /** Minutes behind (negative) or ahead of the status date. */
  readonly ahead: Minute
}

/**
 * Points of the front line, row by row from above the first to below the last. `reached` says until which moment of its
 * own span a task is done (its start when nothing is, its finish when all is). Tasks that neither run at the status date
 * nor are behind or ahead of it leave the line where it is.
 */
export function frontLine(
  diagram: Diagram,
  tasks: readonly ArrowTask[],
  reached: (task: string) => Minute,
  statusDate: Minute,
): readonly FrontPoint[] {
  const span = new Map(tasks.map(task => [task.id, task]))
  const seen = new Set<string>()
  const points = diagram.arrows.flatMap((arrow): FrontPoint[] => {
    const task = span.get(arrow.task)
    if (!task || seen.has(task.id)) return []
    seen.add(task.id)
    const time = Math.min(task.finish, Math.max(task.start, reached(task.id)))
    const running = task.start < statusDate && task.finish > statusDate
    const behind = task.finish <= statusDate && time < task.finish
    const early = task.start >= statusDate && time > task.start
    return running || behind || early ? [{ row: arrow.row, time, task: task.id, ahead: time - statusDate }] : []
  })
  const end = (row: number): FrontPoint => ({ row, time: statusDate, ahead: 0 })
  return [end(-1), ...points.toSorted((a, b) => a.row - b.row || a.time - b.time), end(diagram.rows)]
}
