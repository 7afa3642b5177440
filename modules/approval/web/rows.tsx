// Documents of a box, one line each: what it is, how much, from whom, how long it waits; to-do lines approve in two taps.
import { formatAmount } from '@yingzao/engines/money'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Tag, type Tone } from '@yingzao/ui/field/tag.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox } from 'antd'
import type { BoxRow } from '../shape.ts'
import { text } from './text.ts'
import './approval.css'

interface Props {
  readonly rows: readonly BoxRow[]
  /** Only of a to-do box. */
  readonly onApprove?: (row: BoxRow) => void
  readonly picked?: ReadonlySet<string>
  readonly onPick?: (row: BoxRow) => void
}

const states: Readonly<
  Record<string, { word: 'running' | 'stateApproved' | 'rejected' | 'returned' | 'withdrawn'; tone: Tone }>
> = {
  running: { word: 'running', tone: 'info' },
  approved: { word: 'stateApproved', tone: 'good' },
  rejected: { word: 'rejected', tone: 'bad' },
  returned: { word: 'returned', tone: 'warn' },
  withdrawn: { word: 'withdrawn', tone: 'neutral' },
}

export function BoxRows({ rows, onApprove, picked, onPick }: Props) {
  const t = useText(text)
  const label = useLabel()
  const meta = useMeta()
  const formats = useFormats()
  return (
    <ul className="yz-box">
      {rows.map(row => {
        const entity = entityOf(meta, row.entity)
        const title = row.title || row.number || '—'
        const state = states[row.state]
        const late = row.due_at !== null && Date.parse(row.due_at) < Date.now()
        return (
          <li key={row.instance} className="yz-box-row">
            {onPick && (
              <Checkbox
                checked={picked?.has(row.instance) ?? false}
                aria-label={t('pick', { title })}
                onChange={() => onPick(row)}
              />
            )}
            <div className="yz-grow">
              <div className="yz-box-what">
                {entity ? (
                  <RecordLink entity={entity} id={row.document}>
                    {title}
                  </RecordLink>
                ) : (
                  <span>{title}</span>
                )}
                {!row.read && <Tag tone="info">{t('unread')}</Tag>}
                {row.for !== null && <Tag>{t('for', { name: row.for })}</Tag>}
              </div>
              <div className="yz-box-about yz-faint">
                <span>{entity ? label(entity.label) : row.entity}</span>
                {row.number && <span className="yz-figure">{row.number}</span>}
                {row.amount !== null && <span className="yz-figure yz-box-amount">{formatAmount(row.amount)}</span>}
                {row.starter && <span>{t('by', { name: row.starter.name })}</span>}
                <span title={formats.instant(row.at)}>
                  {onApprove ? t('since', { ago: formats.ago(row.at) }) : formats.ago(row.at)}
                </span>
              </div>
            </div>
            <div className="yz-box-end">
              {late ? (
                <Tag tone="bad">{t('overdue')}</Tag>
              ) : (
                row.due_at !== null && (
                  <span className="yz-faint yz-wide-only">{t('dueIn', { date: formats.instant(row.due_at) })}</span>
                )
              )}
              {row.step && row.state === 'running' && <Tag tone="info">{label(row.step)}</Tag>}
              {!onApprove && state && row.state !== 'running' && <Tag tone={state.tone}>{t(state.word)}</Tag>}
              {onApprove && (
                <Button type="primary" onClick={() => onApprove(row)} aria-label={t('approveTitle', { title })}>
                  {t('approve')}
                </Button>
              )}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
