// What a number is made of: formula in words, day, who sees it, entries with their documents, and what is in approval.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { formatAmount } from '@yingzao/engines/money'
import type { MetricEntry, MetricMeta } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Button, Drawer } from 'antd'
import type { ReactNode } from 'react'
import { RecordLink } from '../data/link.tsx'
import { entityOf, useMeta } from '../data/meta.ts'
import { Failed, Waiting } from '../shell/notice.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import type { MetricAt } from './metric-value.tsx'
import { text } from './text.ts'

interface Props extends MetricAt {
  readonly value: ReactNode
  readonly close: () => void
}

export default function MetricPanel({ name, title, where, until, value, close }: Props) {
  const t = useText(text)
  const client = useClient()
  const formats = useFormats()
  const phone = usePhone()
  const query = { ...(where ? { where } : {}), ...(until ? { until } : {}) }
  const meta = useQuery({ queryKey: ['metric', name], queryFn: () => client.metrics.meta(name) })
  const entries = useInfiniteQuery({
    queryKey: ['metric entries', name, query],
    queryFn: ({ pageParam }) => client.metrics.entries(name, query, pageParam ?? undefined),
    initialPageParam: null as string | null,
    getNextPageParam: page => page.next,
  })
  const pages = entries.data?.pages ?? []
  const items = pages.flatMap(page => page.items)
  const pending = pages.flatMap(page => page.pending)
  const error = meta.error ?? entries.error
  return (
    <Drawer
      open
      onClose={close}
      size={phone ? '100%' : 640}
      title={meta.data ? `${meta.data.label} · ${title}` : title}
      destroyOnHidden
    >
      {error ? (
        <Failed error={error} retry={() => void Promise.all([meta.refetch(), entries.refetch()])} />
      ) : !meta.data || entries.isPending ? (
        <Waiting />
      ) : (
        <div className="yz-stack">
          <p className="yz-metric-value">{value}</p>
          <dl className="yz-metric-about">
            <dt>{t('says')}</dt>
            <dd>{meta.data.says}</dd>
            <dt>{t('formula')}</dt>
            <dd>{inWords(meta.data, what => t('pendingOf', { what }))}</dd>
            <dt>{t('ledger')}</dt>
            <dd>{meta.data.ledger}</dd>
            <dt>{t('asOf')}</dt>
            <dd>{until ? formats.date(until) : t('now')}</dd>
            <dt>{t('seenBy')}</dt>
            <dd>{meta.data.roles.join(t('and')) || '—'}</dd>
          </dl>
          {pending.length > 0 && <Entries label={t('pending')} items={pending} meta={meta.data} />}
          <Entries label={t('entries')} items={items} meta={meta.data} />
          {items.length === 0 && pending.length === 0 && <p className="yz-soft">{t('none')}</p>}
          {entries.hasNextPage && (
            <div>
              <Button loading={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Drawer>
  )
}

/** The formula with its measures in the reader's words. */
const inWords = ({ formula, words }: MetricMeta, pendingOf: (what: string) => string): string =>
  formula
    .replaceAll(/[a-z_]+/g, name => {
      const own = words[name]
      if (own) return own
      const held = words[name.replace(/_reserved$/, '')]
      return held ? pendingOf(held) : name
    })
    .replaceAll('*', '×')
    .replaceAll(' / ', ' ÷ ')
    .replaceAll(' - ', ' − ')

function Entries({ label, items, meta }: { label: string; items: readonly MetricEntry[]; meta: MetricMeta }) {
  const t = useText(text)
  const words = useLabel()
  const formats = useFormats()
  const app = useMeta()
  if (items.length === 0) return null
  const measures = [...new Set(items.flatMap(each => Object.keys(each.measures)))]
  return (
    <table className="yz-metric-entries">
      <caption>{label}</caption>
      <thead>
        <tr>
          <th scope="col">{t('day')}</th>
          <th scope="col">{t('document')}</th>
          {measures.map(each => (
            <th key={each} scope="col" className="yz-right">
              {meta.words[each] ?? each}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map(each => {
          const entity = entityOf(app, each.entity)
          const late = each.period !== '' && each.on.slice(0, 7) !== each.period
          const about = Object.entries(each.dims).flatMap(([dim, title]) =>
            title && meta.words[dim] ? [`${meta.words[dim]} ${title}`] : [],
          )
          return (
            <tr key={each.id}>
              <td>
                {formats.date(each.on)}
                {late && <div className="yz-soft">{t('countsIn', { month: each.period })}</div>}
              </td>
              <td>
                {entity && each.title !== null ? (
                  <>
                    <span className="yz-soft">{words(entity.label)}</span>{' '}
                    <RecordLink entity={entity} id={each.document}>
                      {each.title}
                    </RecordLink>
                  </>
                ) : (
                  <span className="yz-soft">{t('hidden')}</span>
                )}
                {about.length > 0 && <div className="yz-soft">{about.join(' · ')}</div>}
              </td>
              {measures.map(name => (
                <td key={name} className="yz-right">
                  {formatAmount(each.measures[name] ?? '0')}
                </td>
              ))}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
