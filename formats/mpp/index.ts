// Microsoft Project files (.mpp) as a library of their own: bytes in, a plan and what was left out.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { defaultLimits, type FormatError, type ReadLimits, Refused } from '../limit.ts'
import { type Loss, lossLog } from '../loss.ts'
import { mppSteps } from './read.ts'

export { mppSteps } from './read.ts'

export type MppReading = { ok: true; plan: Plan; loss: Loss[] } | { ok: false; error: FormatError }

/**
 * Reads a Microsoft Project file of Project 2000 or later in one go; `mppSteps` reads it in pieces, for a thread that
 * has other things to do.
 *
 * @param bytes the whole file
 * @param limits how much is taken; the rest keeps its default
 * @returns the plan with everything that was not carried over, or why the file was refused: `mpp.broken`,
 *   `mpp.password`, `mpp.version` (Project 98), `plan_file.ole` (another program's document), `format.too_many`
 */
export function readMpp(bytes: Uint8Array, limits: Partial<ReadLimits> = {}): MppReading {
  const losses = lossLog()
  try {
    const steps = mppSteps(bytes, losses, { ...defaultLimits, ...limits })
    for (;;) {
      const step = steps.next()
      if (step.done) return { ok: true, plan: step.value, loss: losses.list() }
    }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal }
    throw error
  }
}
