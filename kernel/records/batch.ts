// batch(): several writes as one: all of them happen or none.
import type { RecordJson } from '@yingzao/kernel/entity'
import type { Ctx } from '../context.ts'
import { Refusal, refuse } from '../refuse.ts'
import { create } from './create.ts'
import { patch } from './patch.ts'
import { remove, restore } from './remove.ts'
import { write } from './transaction.ts'

export type Operation =
  | { readonly op: 'create'; readonly entity: string; readonly input: Readonly<Record<string, unknown>> }
  | {
      readonly op: 'patch'
      readonly entity: string
      readonly id: string
      readonly version: number
      readonly input: Readonly<Record<string, unknown>>
    }
  | { readonly op: 'remove' | 'restore'; readonly entity: string; readonly id: string; readonly version: number }

const most = 500

/** The record after each operation (null after a removal). A refusal says by its paths which operation it was. */
export async function batch(ctx: Ctx, operations: readonly Operation[]): Promise<(RecordJson | null)[]> {
  if (operations.length > most) throw refuse('batch.too_many', { max: most })
  return write(ctx, async ctx => {
    const results: (RecordJson | null)[] = []
    for (const [index, each] of operations.entries())
      try {
        results.push(await one(ctx, each))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const errors = error.errors.map(found => ({ ...found, path: `${index}.${found.path}` }))
        throw new Refusal(error.code, { ...error.values, operation: index }, errors, error)
      }
    return results
  })
}

async function one(ctx: Ctx, each: Operation): Promise<RecordJson | null> {
  switch (each.op) {
    case 'create':
      return create(ctx, each.entity, each.input)
    case 'patch':
      return patch(ctx, each.entity, each.id, each.version, each.input)
    case 'restore':
      return restore(ctx, each.entity, each.id, each.version)
    case 'remove':
      await remove(ctx, each.entity, each.id, each.version)
      return null
  }
}
