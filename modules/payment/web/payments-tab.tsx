// 收付款 of a contract or a project: what was asked for, paid and received, each with the sum of what took effect.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { RelatedList } from '@yingzao/ui/record/related-list.tsx'

const settledStages = ['settled', 'warranty', 'finished', 'terminated']

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
  // 应退: money of a settled contract goes both ways.
  const settled = ofContract && settledStages.includes(String(record.stage))
  const [income, expense] = [record.direction !== 'expense' || settled, record.direction !== 'income' || settled]
  const givenTo = (direction: 'income' | 'expense') =>
    settled && record.direction !== direction ? { ...given, kind: 'overpaid' } : given
  const who = ofContract ? '' : ' contract'
  const open = !ofContract || (record.state === 'effective' && record.stage !== 'finished')
  return (
    <div className="yz-stack">
      {income && (
        <RelatedList
          {...{
            entity: 'receipt',
            ...at,
            sort: '-received_on',
            sums: 'amount',
            given: open ? givenTo('income') : null,
          }}
          columns={`received_on kind${who} counterparty state amount`}
        />
      )}
      {expense && (
        <RelatedList
          {...{
            entity: 'payment_request',
            ...at,
            sort: '-created_at',
            sums: 'amount',
            given: open ? givenTo('expense') : null,
          }}
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
