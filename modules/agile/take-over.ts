// A history that comes from another tool is being written: hooks do not log it again as if it happened now.
import type { Ctx } from '@yingzao/kernel/server'

const units = new WeakSet<object>()

export const isTakingOver = ({ unit }: Ctx): boolean => unit !== undefined && units.has(unit)

export async function takingOver<T>(ctx: Ctx, work: () => Promise<T>): Promise<T> {
  if (!ctx.unit) throw new Error('a history is taken over in a transaction')
  units.add(ctx.unit)
  try {
    return await work()
  } finally {
    units.delete(ctx.unit)
  }
}
