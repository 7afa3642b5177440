// 收付款 of a contract or a project: what was asked for, paid and received, each with the sum of what took effect.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { RelatedList } from '@yingzao/ui/record/related-list.tsx'

export default function PaymentsTab({
  entity: of,
  record,
}: {
  readonly entity: EntityMeta
  readonly record: RecordJson
}) {
  const at = { by: of.name, id: record.id }
  const given = { [of.name]: record.id }
  const ofContract = of.name === 'contract'
  const [income, expense] = [record.direction !== 'expense', record.direction !== 'income']
  const who = ofContract ? '' : ' contract'
  const open = !ofContract || (record.state === 'effective' && record.stage !== 'finished')
  return (
    <div className="yz-stack">
      {income && (
        <RelatedList
          {...{ entity: 'receipt', ...at, sort: '-received_on', sums: 'amount', given: open ? given : null }}
          columns={`received_on kind${who} counterparty state amount`}
        />
      )}
      {expense && (
        <RelatedList
          {...{ entity: 'payment_request', ...at, sort: '-created_at', sums: 'amount', given: open ? given : null }}
          columns={`kind${who} counterparty due_on state stage amount`}
        />
      )}
      {expense && (
        <RelatedList
          {...{ entity: 'payment', ...at, sort: '-paid_on', sums: 'amount' }}
          columns={`paid_on${who} counterparty account state amount`}
        />
      )}
    </div>
  )
}
