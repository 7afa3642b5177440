// What another module may do with progress on the server: propose it, as whoever asks would from the spot.
import type { Decimal, Id, PlainDate } from '@yingzao/kernel/entity'
import { asId } from '@yingzao/kernel/entity'
import { type Ctx, create } from '@yingzao/kernel/server'
import { progressReport } from './progress-report.entity.ts'

export interface Proposed {
  readonly task: string
  readonly reported_on: PlainDate
  /** The share follows: done of total, in the unit. */
  readonly done_qty: Decimal
  readonly total_qty: Decimal
  readonly qty_unit: string
  readonly note: string
}

/**
 * A progress report in the caller's name and with his right, in his transaction; it waits for the planner like any other.
 * Answers its id.
 */
export async function proposeProgress(ctx: Ctx, { task, ...said }: Proposed): Promise<Id<'progress_report'>> {
  const made = await create(ctx, progressReport, { task: asId('task', task), ...said })
  return made.id
}
