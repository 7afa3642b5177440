// A card: its figures, its rows, what counts in it and when it was read; each number opens what it is made of.
import { Link } from '@tanstack/react-router'
import { formatAmount, isDecimal } from '@yingzao/engines/money'
import type { CardContent, CardLink, CardRow, CardShown, CardValue, Label } from '@yingzao/kernel/entity'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import '@yingzao/ui/chart/figures.css'
import { MetricValue } from '@yingzao/ui/metric/metric-value.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import type { ReactNode } from 'react'
import { text } from './text.ts'

interface Props {
  readonly card: CardShown
  readonly at: string
  readonly children?: ReactNode
}

export function Card({ card, at, children }: Props) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const { content } = card
  return (
    <section
      className={`yz-widget yz-home-card yz-span-${card.size}`}
      data-card={card.name}
      aria-label={label(card.label)}
    >
      {children}
      <div className="yz-flex">
        <h2 className="yz-grow">{label(card.label)}</h2>
        {card.opens && <Opens to={card.opens}>{t('open')}</Opens>}
      </div>
      {content === null ? (
        <p className="yz-soft">{t('notReadable')}</p>
      ) : isEmpty(content) ? (
        <p className="yz-soft">{label(card.empty)}</p>
      ) : (
        <Content content={content} card={card} />
      )}
      <p className="yz-card-about">
        {label(card.says)} · {t('asOf')} {formats.instant(at)}
      </p>
    </section>
  )
}

/** Nothing was ever there: a row of zeros would say that there was. */
const isEmpty = ({ rows = [], figures = [] }: CardContent) =>
  rows.length === 0 &&
  figures.every(({ value }) => value === null || (typeof value === 'string' && Number(value) === 0))

function Content({ content, card }: { readonly content: CardContent; readonly card: CardShown }) {
  const t = useText(text)
  const label = useLabel()
  const { figures = [], rows = [], columns = [], total, count = rows.length } = content
  const [first, ...others] = columns
  const words = (of: string | Label) => (typeof of === 'string' ? of : label(of))
  return (
    <>
      {figures.length > 0 && (
        <dl className="yz-figures">
          {figures.map(figure => (
            <div key={label(figure.label)}>
              <dt>{label(figure.label)}</dt>
              <dd>
                <Value {...figure} />
              </dd>
              {figure.note && <dd>{label(figure.note)}</dd>}
            </div>
          ))}
        </dl>
      )}
      {rows.length > 0 && first && (
        <FigureTable<CardRow>
          label={label(card.label)}
          rows={rows}
          keyOf={row => `${words(row.title)} ${JSON.stringify(row.opens ?? '')}`}
          columns={[
            {
              key: 'title',
              label: label(first),
              cell: row => (
                <>
                  {row.opens ? <Opens to={row.opens}>{words(row.title)}</Opens> : words(row.title)}
                  {row.note !== undefined && <div className="yz-soft yz-small">{words(row.note)}</div>}
                </>
              ),
            },
            ...others.map((column, at) => ({
              key: `${at}`,
              label: label(column),
              figure: rows.every(row => row.cells[at]?.unit !== 'text'),
              cell: (row: CardRow) => {
                const value = row.cells[at]
                return value ? <Value {...value} /> : null
              },
            })),
          ]}
          {...(total
            ? {
                total: {
                  title: t('totalOf'),
                  ...Object.fromEntries(
                    total.flatMap((value, at) =>
                      value.value === '' ? [] : [[`${at}`, <Value key={`${at}`} {...value} />]],
                    ),
                  ),
                },
              }
            : {})}
        />
      )}
      {count > rows.length && <p className="yz-soft yz-small">{t('firstOf', { shown: rows.length, count })}</p>}
    </>
  )
}

function Value({ value, unit, tone, opens }: CardValue) {
  const formats = useFormats()
  const label = useLabel()
  if (value === null) return <>—</>
  const plain = typeof value === 'string' ? value : label(value)
  const amount = unit === 'money' && isDecimal(plain)
  const words = amount
    ? formats.moneyShort(plain)
    : unit === 'share'
      ? formats.percent(plain)
      : unit === 'date'
        ? formats.date(plain)
        : unit === 'number'
          ? formats.number(plain)
          : plain
  const negative = amount && plain.startsWith('-')
  const shown = (
    <span
      className={tone ? `yz-${tone}` : negative ? 'yz-bad' : undefined}
      title={amount ? formatAmount(plain) : undefined}
    >
      {words}
    </span>
  )
  return opens ? <Opens to={opens}>{shown}</Opens> : shown
}

/** What may not be opened by its reader stays plain text. */
function Opens({ to, children }: { readonly to: CardLink; readonly children: ReactNode }) {
  const meta = useMeta()
  const label = useLabel()
  if ('metric' in to)
    return (
      <MetricValue
        name={to.metric}
        title={typeof to.title === 'string' ? to.title : label(to.title)}
        {...(to.where ? { where: to.where } : {})}
        {...(to.until ? { until: to.until } : {})}
      >
        {children}
      </MetricValue>
    )
  if ('module' in to)
    return (
      <Link to="/$module/$name" params={{ module: to.module, name: to.page }} className="yz-link">
        {children}
      </Link>
    )
  const entity = entityOf(meta, to.entity)
  if (!entity) return <>{children}</>
  if ('id' in to)
    return (
      <Link
        to="/$module/$name/$id"
        params={{ module: entity.module, name: entity.name, id: to.id }}
        search={to.tab === undefined ? {} : { tab: to.tab }}
        className="yz-link"
      >
        {children}
      </Link>
    )
  return (
    <Link
      to="/$module/$name"
      params={{ module: entity.module, name: entity.name }}
      search={to.filter ? { filter: to.filter } : {}}
      className="yz-link"
    >
      {children}
    </Link>
  )
}
