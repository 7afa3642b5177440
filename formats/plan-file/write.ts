// The one door out: a plan as a file of another program, with everything that program cannot say.
import type { Schedule } from '@yingzao/engines/schedule'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { type Loss, lossLog } from '../loss.ts'
import { writeMspdi } from '../mspdi/write.ts'
import { writeXer } from '../xer/write.ts'

/** Formats that are written. */
export type WritableFormat = 'mspdi' | 'xer'

/** Usual ending of each format's file names. */
export const planExtension: Readonly<Record<WritableFormat, string>> = { mspdi: 'xml', xer: 'xer' }

/** The format a file name asks for; undefined when none can be written. */
export const planFormatOf = (name: string): WritableFormat | undefined =>
  /\.xml$/i.test(name) ? 'mspdi' : /\.xer$/i.test(name) ? 'xer' : undefined

/**
 * @param schedule computed dates to write; without it the dates that the plan's own file stored are written
 * @returns UTF-8 bytes, and each thing of the plan that the format has no place for
 */
export function writePlanFile(
  plan: Plan,
  format: WritableFormat,
  schedule?: Schedule,
): { bytes: Uint8Array; loss: Loss[] } {
  const losses = lossLog()
  // An id of ours: it means nobody to another program.
  for (const task of plan.tasks) if (task.responsible !== undefined) losses.add('target', 'task/responsible', task.name)
  if (format === 'xer')
    return { bytes: Buffer.from(writeXer([{ plan, schedule }], losses), 'utf8'), loss: losses.list() }
  const parts: Buffer[] = []
  let pending = ''
  const flush = (): void => {
    parts.push(Buffer.from(pending, 'utf8'))
    pending = ''
  }
  for (const piece of writeMspdi(plan, losses, schedule)) {
    pending += piece
    if (pending.length > 1 << 20) flush()
  }
  flush()
  return { bytes: Buffer.concat(parts), loss: losses.list() }
}
