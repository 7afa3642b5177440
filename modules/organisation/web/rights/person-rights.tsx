// Beside a user's fields: what this person may do, and why.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import Why from './why.tsx'
import '@yingzao/ui/form/form.css'
import './rights.css'

export default function PersonRights({ record }: { entity: EntityMeta; record: RecordJson }) {
  return <Why user={record.id} />
}
