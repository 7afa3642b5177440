// 目标成本执行 on a project's page: target, bound, spent, in approval and what is left, by cost item.
import { useQuery } from '@tanstack/react-query'
import { type Decimal, formatAmount, formatPercent } from '@yingzao/engines/money'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { ListLink, RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { words } from '@yingzao/ui/text/words'
import { Tag } from 'antd'
import type { Standing, StandingRow } from '../standing-shape.ts'

const text = words({
  none: { zh: '项目还没有生效的目标成本。', en: 'The project has no effective target cost yet.' },
  make: { zh: '编制目标成本', en: 'Make a target cost' },
  version: { zh: '{name}（第 {number} 版）', en: '{name} (version {number})' },
  basis: { zh: '成本口径，单位：元', en: 'Cost basis, in CNY' },
  item: { zh: '成本科目', en: 'Cost item' },
  target: { zh: '目标成本', en: 'Target' },
  committed: { zh: '已签约', en: 'Contracted' },
  estimated: { zh: '预计变更', en: 'Expected' },
  direct: { zh: '非合同', en: 'Without contract' },
  pending: { zh: '审批中', en: 'In approval' },
  available: { zh: '可用', en: 'Left' },
  ratio: { zh: '使用率', en: 'Used' },
  total: { zh: '合计', en: 'Total' },
  warn: { zh: '接近', en: 'Near' },
  escalate: { zh: '超出', en: 'Exceeded' },
  block: { zh: '超 5%', en: 'Over 5 %' },
})
const columns = ['target', 'committed', 'estimated', 'direct', 'pending', 'available'] as const
const tones = { warn: 'warning', escalate: 'error', block: 'error' } as const

export default function StandingTab({ record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const meta = useMeta()
  const entity = entityOf(meta, 'budget')
  const found = useQuery({
    queryKey: ['budget.standing', record.id],
    queryFn: () => client.perform<Standing>('budget.standing', { project: record.id }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  const { budget, rows, total } = found.data
  if (!budget)
    return (
      <div className="yz-stack">
        <p className="yz-soft">{t('none')}</p>
        {entity?.can.includes('create') && (
          <div>
            <ListLink entity={entity}>{t('make')}</ListLink>
          </div>
        )}
      </div>
    )
  const amount = (value: Decimal) => (
    <span className={value.startsWith('-') ? 'yz-bad' : undefined}>{formatAmount(value)}</span>
  )
  return (
    <div className="yz-stack">
      <p>
        {entity && (
          <RecordLink entity={entity} id={budget.id}>
            {t('version', { name: budget.name, number: budget.version_no ?? 1 })}
          </RecordLink>
        )}{' '}
        <span className="yz-soft">{t('basis')}</span>
      </p>
      <Figures
        items={[
          { label: t('target'), value: formatAmount(total.target) },
          { label: t('committed'), value: formatAmount(total.committed) },
          { label: t('pending'), value: formatAmount(total.pending) },
          { label: t('available'), value: formatAmount(total.available) },
        ]}
      />
      <FigureTable<StandingRow>
        label={t('target')}
        rows={rows}
        keyOf={row => row.item}
        columns={[
          {
            ...{ key: 'item', label: t('item') },
            cell: row => (
              <>
                {row.title} {row.level !== 'pass' && <Tag color={tones[row.level]}>{t(row.level)}</Tag>}
              </>
            ),
          },
          ...columns.map(name => ({
            ...{ key: name, label: t(name), figure: true },
            cell: (row: StandingRow) => amount(row[name]),
          })),
          { ...{ key: 'ratio', label: t('ratio'), figure: true }, cell: row => formatPercent(row.ratio) },
        ]}
        total={{
          ...{ item: t('total'), ratio: formatPercent(total.ratio) },
          ...Object.fromEntries(columns.map(name => [name, amount(total[name])])),
        }}
      />
    </div>
  )
}
