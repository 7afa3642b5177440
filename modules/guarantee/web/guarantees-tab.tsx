// The guarantees of a contract or a project, the one that runs out next first.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { RelatedList } from '@yingzao/ui/record/related-list.tsx'

export default function GuaranteesTab({
  entity: of,
  record,
}: {
  readonly entity: EntityMeta
  readonly record: RecordJson
}) {
  const { project, counterparty } = record
  const given = {
    [of.name]: record.id,
    ...(of.name === 'contract' && typeof project === 'string' ? { project } : {}),
    ...(of.name === 'contract' && typeof counterparty === 'string' ? { counterparty } : {}),
  }
  return (
    <RelatedList
      {...{ entity: 'guarantee', by: of.name, id: record.id, sort: 'valid_to', sums: 'amount', given }}
      columns={`kind direction${of.name === 'contract' ? '' : ' contract'} counterparty valid_to standing amount`}
    />
  )
}
