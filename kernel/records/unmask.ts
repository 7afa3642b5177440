// unmask(): the whole of a value that its reader sees masked. Who asked for which field stands in the history (domain §12).
import { type Json, unmasking } from '@yingzao/kernel/entity'
import { rightsOf } from '../access/rights.ts'
import type { Ctx } from '../context.ts'
import { refuse } from '../refuse.ts'
import { recordChanges, unmaskedField } from './change.ts'
import { lineRow } from './draft.ts'
import { lockRecord } from './lock.ts'
import { asJson } from './present.ts'
import { write } from './transaction.ts'
import { type EntityRef, entityShape } from './typed.ts'

export interface Masked {
  /** `phone`, or `accounts.number` of a line. */
  readonly field: string
  /** The line's id, where the field is a line's. */
  readonly line?: string | undefined
}

/**
 * Refuses with `record.not_found` what the caller cannot see at all (the record, the line) and with `access.denied` where the
 * field is not his to see masked, or he may not ask for it whole.
 */
export async function unmask(ctx: Ctx, entity: EntityRef, id: string, { field, line }: Masked): Promise<Json> {
  const shape = entityShape(ctx, entity)
  const rights = rightsOf(ctx, shape.name)
  const asked = {
    may: rights.rows(unmasking),
    masked: rights.field(field, 'masked'),
    whole: rights.field(field, 'read'),
  }
  return write(ctx, async inside => {
    const { draft, allowed } = await lockRecord(inside, shape, id, asked)
    if (!allowed.masked || !(allowed.may || allowed.whole)) throw refuse('access.denied', { function: unmasking })
    const [lines = '', inner] = field.split('.')
    const row =
      inner === undefined ? draft.values : (draft.lines[lines] ?? []).map(lineRow).find(each => each.id === line)
    if (!row) throw refuse('record.not_found', { entity: shape.name })
    if (!allowed.whole)
      await recordChanges(inside, [
        {
          ...{ entity: shape.name, record: id, version: draft.version, op: 'action', action: unmasking },
          diff: { [unmaskedField]: [null, field] },
        },
      ])
    return asJson(row[inner ?? field])
  })
}
