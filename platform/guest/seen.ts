// What a guest saw, as a digest: of the values of the fields he was shown and of his attachments. It does not depend on who asks,
// in which language, or what else the record holds, so it is the same until one of those values changes.
import { createHash } from 'node:crypto'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { canonical } from '@yingzao/kernel/records/draft'
import { asSystem, get } from '@yingzao/kernel/server'

export interface Seen {
  readonly fields: readonly string[]
  /** Ids of attachments. */
  readonly files: readonly string[]
}

/** Where it stands is not what it says: a state that moves on leaves a confirmation good. */
const standing: ReadonlySet<string> = new Set(['number', 'state', 'stage'])

export async function digestOfSeen(ctx: Ctx, entity: string, record: string, { fields, files }: Seen): Promise<string> {
  const row: Readonly<Record<string, Json>> = await get(asSystem(ctx), entity, record)
  const whole = fields.filter(name => !name.includes('.') && !standing.has(name))
  const values = Object.fromEntries(
    whole.map(name => {
      const inner = fields.flatMap(each => (each.startsWith(`${name}.`) ? [each.slice(name.length + 1)] : []))
      return [name, inner.length === 0 ? (row[name] ?? null) : linesOf(row[name], inner)]
    }),
  )
  return createHash('sha256')
    .update(canonical({ entity, record, values, files: [...files].sort() }))
    .digest('hex')
}

const linesOf = (lines: Json | undefined, names: readonly string[]): Json =>
  (Array.isArray(lines) ? lines : []).map(line =>
    typeof line === 'object' && line !== null && !Array.isArray(line)
      ? Object.fromEntries(names.map(name => [name, line[name] ?? null]))
      : null,
  )
