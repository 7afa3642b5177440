// Contingency of every project: what is left, drawn and how far the work is; the furthest ahead first.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatAmount, formatPercent } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { ContingencyLine } from '../contingency-shape.ts'
import { text } from './text.ts'

export function ContingencyLines() {
  const t = useText(text)
  const formats = useFormats()
  const client = useClient()
  const found = useQuery({
    queryKey: ['cost_center.contingencies'],
    queryFn: () => client.perform<{ lines: ContingencyLine[] }>('cost_center.contingencies', {}),
  })
  if (!found.data || found.data.lines.length === 0) return null
  return (
    <section className="yz-stack">
      <h2 className="yz-cost-heading">{t('contingency')}</h2>
      <FigureTable<ContingencyLine>
        label={t('contingency')}
        rows={found.data.lines}
        keyOf={line => line.project}
        columns={[
          {
            ...{ key: 'project', label: t('project') },
            cell: line => (
              <Link
                to="/$module/$name/$id"
                params={{ module: 'project', name: 'project', id: line.project }}
                search={{ tab: 'cost' }}
                className="yz-link"
              >
                {line.name}
              </Link>
            ),
          },
          { ...{ key: 'total', label: t('setAside'), figure: true }, cell: line => formatAmount(line.total) },
          { ...{ key: 'drawn', label: t('drawn'), figure: true }, cell: line => formatAmount(line.drawn) },
          { ...{ key: 'left', label: t('left'), figure: true }, cell: line => formatAmount(line.left) },
          { ...{ key: 'share', label: t('drawnShare'), figure: true }, cell: line => formatPercent(line.drawnShare) },
          { ...{ key: 'progress', label: t('progress'), figure: true }, cell: line => formatPercent(line.progress) },
          {
            ...{ key: 'ahead', label: t('ahead'), figure: true },
            cell: line =>
              line.ahead === null ? (
                '—'
              ) : (
                <span className={line.ahead.startsWith('-') || line.ahead === '0.00' ? undefined : 'yz-bad'}>
                  {formatAmount(line.ahead)}
                </span>
              ),
          },
          {
            ...{ key: 'usedUpOn', label: t('usedUpOn'), figure: true },
            cell: line => (line.usedUpOn === null ? '—' : formats.date(line.usedUpOn)),
          },
        ]}
      />
    </section>
  )
}
