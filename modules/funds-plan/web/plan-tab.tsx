// 核定与执行: each line of a plan as asked, as decided and as kept; whoever may decide types the amounts here.
import { useQuery } from '@tanstack/react-query'
import { compare, type Decimal, divide, formatAmount, formatPercent, isDecimal } from '@yingzao/engines/money'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import type { PlanStanding, StandingLine } from '../shape.ts'
import './funds-plan.css'
import { lineWord } from './say.ts'
import { text } from './text.ts'

export default function PlanTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const say = useSay()
  const changes = useChanges('funds_plan')
  const contract = entityOf(useMeta(), 'contract')
  const [typed, setTyped] = useState<Readonly<Record<string, Decimal>>>({})
  const [busy, setBusy] = useState(false)
  const found = useQuery({
    queryKey: ['funds_plan.standing', record.id, record.version],
    queryFn: () => client.perform<PlanStanding>('funds_plan.standing', { plan: record.id }),
    placeholderData: before => before,
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { lines, month, project } = found.data
  if (lines.length === 0) return <p className="yz-soft">{t('noLines')}</p>
  const decides = record._can.includes('decide')
  const changed = lines.filter(line => typed[line.id] !== undefined && typed[line.id] !== line.approved)
  const save = async () => {
    setBusy(true)
    try {
      const amounts = changed.map(({ id }) => ({ id, amount: typed[id] ?? '0' }))
      await changes.run(record.id, 'decide', { amounts }, record.version)
      setTyped({})
      say.good(t('decided'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const name = (line: StandingLine) => line.title ?? lineWord(t, line.kind)
  const columns: readonly FigureColumn<StandingLine>[] = [
    {
      key: 'line',
      label: t('line'),
      cell: line => (
        <>
          {line.contract && contract ? (
            <RecordLink entity={contract} id={line.contract}>
              {name(line)}
            </RecordLink>
          ) : (
            name(line)
          )}
          {(line.note ?? line.why) && (
            <span className="yz-plan-why">{[line.note, line.why].filter(Boolean).join(' · ')}</span>
          )}
        </>
      ),
    },
    { key: 'way', label: t('way'), cell: line => t(line.direction) },
    { key: 'asked', label: t('asked'), figure: true, cell: line => formatAmount(line.asked) },
    {
      key: 'chance',
      label: t('chance'),
      figure: true,
      cell: line => (line.direction === 'in' ? formatPercent(line.probability) : ''),
    },
    {
      key: 'approved',
      label: t('approved'),
      figure: true,
      cell: line =>
        decides ? (
          <InputNumber<string>
            className="yz-plan-amount"
            aria-label={`${t('approved')} ${name(line)}`}
            stringMode
            precision={2}
            min="0"
            controls={false}
            value={typed[line.id] ?? line.approved}
            onChange={value => value !== null && isDecimal(value) && setTyped({ ...typed, [line.id]: value })}
          />
        ) : (
          <span className={compare(line.approved, line.asked) < 0 ? 'yz-warn' : undefined}>
            {formatAmount(line.approved)}
          </span>
        ),
    },
    {
      key: 'used',
      label: t('used'),
      figure: true,
      cell: line => (line.direction === 'out' ? formatAmount(line.used) : ''),
    },
    {
      key: 'done',
      label: t('done'),
      figure: true,
      cell: line => (
        <MetricValue
          name={line.direction === 'out' ? 'plan.paid' : 'plan.received'}
          title={name(line)}
          where={{ month, project, plan_line: line.key }}
        >
          {formatAmount(line.done)}
        </MetricValue>
      ),
    },
    {
      key: 'share',
      label: t('share'),
      figure: true,
      cell: line => formatPercent(divide(line.done, line.approved, 6) ?? null),
    },
  ]
  return (
    <div className="yz-stack">
      {decides && (
        <div className="yz-flex yz-plan-bar">
          <span className="yz-soft">{t('decideHint')}</span>
          <Button onClick={() => setTyped(Object.fromEntries(lines.map(({ id, asked }) => [id, asked])))}>
            {t('asAsked')}
          </Button>
          <Button type="primary" disabled={changed.length === 0} loading={busy} onClick={() => void save()}>
            {t('decide')}
          </Button>
          {changed.length > 0 && <span>{t('changed', { count: changed.length })}</span>}
        </div>
      )}
      <FigureTable label={t('lines')} columns={columns} rows={lines} keyOf={line => line.id} />
    </div>
  )
}
