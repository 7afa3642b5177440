// The red invoice: its paper, and which lines of the original it takes back with how much of each.
import { useQuery } from '@tanstack/react-query'
import { absolute, compare, type Decimal, formatAmount, isDecimal, isZero, negate, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import type { VerbDialogProps } from '@yingzao/ui/pages'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import type { LineLeft } from '../red-shape.ts'
import './invoice.css'
import { text } from './text.ts'

type Typed = Readonly<Record<string, Decimal>>

export default function ReddenDialog({ record, verb, onClose, onSubmit }: VerbDialogProps) {
  const label = useLabel()
  const [typed, setTyped] = useState<Typed>({})
  const { lines: _, ...input } = verb.input ?? {}
  const lines = Object.entries(typed).map(([line, amount]) => ({ line, amount }))
  return (
    <InputDialog
      title={label(verb.label)}
      note={null}
      fields={inputFields(input)}
      danger
      below={<Lines record={record} typed={typed} setTyped={setTyped} />}
      onClose={onClose}
      onSubmit={values => onSubmit({ ...values, lines: lines.length > 0 ? lines : null })}
    />
  )
}

/** What is taken of a negative line may be typed without its sign. */
const signed = (amount: Decimal, left: Decimal): Decimal =>
  left.startsWith('-') ? negate(absolute(amount)) : absolute(amount)

interface LinesProps {
  readonly record: VerbDialogProps['record']
  readonly typed: Typed
  readonly setTyped: (typed: Typed) => void
}
function Lines({ record, typed, setTyped }: LinesProps) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['invoice.left', record.id, record.version],
    queryFn: () => client.transport.call<readonly LineLeft[]>('GET', `/invoice/${record.id}/left`),
    gcTime: 0,
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const numberOf = (line: LineLeft) => (found.data?.indexOf(line) ?? 0) + 1
  const take = (line: LineLeft, amount: string | null) => {
    const { [line.id]: _, ...others } = typed
    setTyped(amount !== null && isDecimal(amount) && !isZero(amount) ? { ...others, [line.id]: amount } : others)
  }
  const isBeyond = ({ id, left }: LineLeft) => compare(absolute(typed[id] ?? '0'), absolute(left)) > 0
  return (
    <section className="yz-stack" aria-label={t('redLinesTitle')}>
      <p className="yz-soft">{t('redLines')}</p>
      <FigureTable
        label={t('redLinesTitle')}
        rows={found.data}
        keyOf={line => line.id}
        columns={[
          {
            key: 'name',
            label: t('line'),
            cell: line => `${numberOf(line)} ${[line.name, line.spec].filter(Boolean).join(' ')}`,
          },
          {
            key: 'amount',
            label: t(record.price_mode === 'net' ? 'lineNet' : 'lineGross'),
            figure: true,
            wide: true,
            cell: line => formatAmount(line.amount),
          },
          {
            key: 'left',
            label: t('lineLeft'),
            figure: true,
            cell: line =>
              isZero(line.left) ? (
                formatAmount(line.left)
              ) : (
                <Button
                  type="link"
                  size="small"
                  aria-label={t('takeAll', { line: numberOf(line), left: formatAmount(line.left) })}
                  onClick={() => take(line, line.left)}
                >
                  {formatAmount(line.left)}
                </Button>
              ),
          },
          {
            key: 'taken',
            label: t('takenBack'),
            figure: true,
            cell: line => (
              <>
                <InputNumber<string>
                  className="yz-inv-taken"
                  aria-label={t('takenOf', { line: numberOf(line) })}
                  aria-invalid={isBeyond(line)}
                  status={isBeyond(line) ? 'error' : ''}
                  stringMode
                  precision={2}
                  controls={false}
                  disabled={isZero(line.left)}
                  value={typed[line.id] ?? null}
                  onChange={value => take(line, value)}
                />
                {isBeyond(line) && (
                  <div role="alert" className="yz-negative">
                    {t('beyond')}
                  </div>
                )}
              </>
            ),
          },
        ]}
        total={{
          name: t('total'),
          left: formatAmount(sum(found.data.map(line => line.left))),
          taken: formatAmount(sum(found.data.map(({ id, left }) => signed(typed[id] ?? '0', left)))),
        }}
      />
    </section>
  )
}
