// The account of what a record holds beyond what the plan has a place for.
import type { LossLog } from '../loss.ts'
import type { Owner } from '../mspdi/custom-field.ts'
import type { RecordBytes } from './field-map.ts'
import type { Table } from './table.ts'

export function unreadFields(_of: Owner, _table: Table, _losses: LossLog): (record: RecordBytes) => void {
  return () => {}
}
