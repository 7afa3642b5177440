// 不可预见费: what is left against the linear plan by progress and what may still ask for it; every draw with its cause.
import { useQuery } from '@tanstack/react-query'
import { formatAmount, formatPercent, isZero, multiply, r2, subtract } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import type { Draw, ProjectContingency } from '../contingency-shape.ts'
import { text } from './text.ts'

export function ContingencyTab({ project }: { readonly project: string }) {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['cost_center.contingency', project],
    queryFn: () => client.perform<ProjectContingency>('cost_center.contingency', { project }),
  })
  if (found.error) return <Failed error={found.error} retry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  if (found.data.draws.length === 0)
    return (
      <p>
        <strong>{t('noContingency')}</strong> <span className="yz-soft">{t('noContingencyNext')}</span>
      </p>
    )
  return (
    <div className="yz-stack">
      <Standing of={found.data} />
      <Curve of={found.data} />
      <Draws draws={found.data.draws} />
      <Exposure of={found.data} />
      <div>
        <Button className="yz-no-print" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
    </div>
  )
}

function Standing({ of }: { readonly of: ProjectContingency }) {
  const t = useText(text)
  const formats = useFormats()
  const money = (value: ProjectContingency['ahead']) => (value === null ? '—' : formatAmount(value))
  const isAhead = of.ahead !== null && !isZero(of.ahead) && !of.ahead.startsWith('-')
  return (
    <>
      <Figures
        items={[
          { label: t('setAside'), value: money(of.total) },
          { label: t('drawn'), value: money(of.drawn), note: formatPercent(of.drawnShare) },
          { label: t('left'), value: money(of.left), tone: of.left.startsWith('-') ? 'bad' : undefined },
          {
            label: t('ahead'),
            value: money(of.ahead),
            note: of.progress === null ? t('noProgress') : `${t('progress')} ${formatPercent(of.progress)}`,
            tone: isAhead ? 'bad' : undefined,
          },
          { label: t('covered'), value: money(of.covered), tone: of.covered.startsWith('-') ? 'bad' : undefined },
        ]}
      />
      <Figures
        items={[
          { label: t('burn'), value: money(of.burn) },
          { label: t('usedUpOn'), value: of.usedUpOn === null ? '—' : formats.date(of.usedUpOn) },
          { label: t('needed'), value: money(of.needed) },
        ]}
      />
    </>
  )
}

function Curve({ of }: { readonly of: ProjectContingency }) {
  const t = useText(text)
  const formats = useFormats()
  const { today } = of
  const left = of.draws.map(({ on, left: after }): [string, number] => [on, Number(after)])
  const first = of.draws[0]?.on ?? today
  // Of one day there is no curve.
  if (first >= today) return null
  const plan = of.history
    .filter(({ on }) => on >= first)
    .map(({ on, progress }): [string, number] => [on, Number(r2(subtract(of.total, multiply(of.total, progress))))])
  const until = (points: [string, number][], value: number): [string, number][] => [...points, [today, value]]
  return (
    <Chart
      height={260}
      label={t('contingencySays')}
      option={palette => ({
        legend: { top: 0, left: 'center' },
        grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
        tooltip: { trigger: 'axis' },
        xAxis: { type: 'time' },
        yAxis: { type: 'value', axisLabel: { formatter: formats.moneyTick } },
        series: [
          {
            ...{ name: t('left'), type: 'line', step: 'end', symbol: 'circle', color: palette.accent },
            data: until(left, Number(of.left)),
          },
          {
            ...{ name: t('linear'), type: 'line', symbol: 'none', color: palette.textSoft },
            lineStyle: { type: 'dashed' },
            data:
              of.planned === null
                ? []
                : until([[first, Number(of.total)] as [string, number], ...plan], Number(of.planned)),
          },
          {
            ...{ name: t('exposure'), type: 'line', symbol: 'none', color: palette.warn },
            data: isZero(of.exposure.total)
              ? []
              : [
                  [first, Number(of.exposure.total)],
                  [today, Number(of.exposure.total)],
                ],
          },
        ],
      })}
    />
  )
}

function Draws({ draws }: { readonly draws: readonly Draw[] }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const meta = useMeta()
  const [budget, variation] = [entityOf(meta, 'budget'), entityOf(meta, 'variation')]
  const causes = budget?.fields.find(field => field.name === 'draw_cause')
  const causeOf = ({ cause }: Draw) => {
    const option = causes?.kind === 'choice' && cause !== null ? causes.options[cause] : undefined
    return option ? label(option) : t('setUp')
  }
  return (
    <FigureTable<Draw>
      label={t('draws')}
      rows={draws}
      keyOf={each => each.budget}
      columns={[
        {
          ...{ key: 'on', label: t('day') },
          cell: each => (
            <>
              {formats.date(each.on)}{' '}
              {budget && (
                <RecordLink entity={budget} id={each.budget}>
                  {each.number ?? each.name}
                </RecordLink>
              )}
            </>
          ),
        },
        {
          ...{ key: 'cause', label: t('cause') },
          cell: each => (
            <>
              {causeOf(each)}
              {each.risk && ` · ${each.risk}`}
              {each.variationName && ' · '}
              {each.variation && variation ? (
                <RecordLink entity={variation} id={each.variation}>
                  {each.variationName}
                </RecordLink>
              ) : (
                each.variationName
              )}
            </>
          ),
        },
        { key: 'reason', label: t('reason'), cell: each => each.reason ?? '—' },
        {
          ...{ key: 'amount', label: t('moved'), figure: true },
          cell: each => (
            <span className={each.amount.startsWith('-') ? 'yz-bad' : undefined}>{formatAmount(each.amount)}</span>
          ),
        },
        { ...{ key: 'left', label: t('left'), figure: true }, cell: each => formatAmount(each.left) },
      ]}
    />
  )
}

function Exposure({ of: { exposure } }: { readonly of: ProjectContingency }) {
  const t = useText(text)
  const rows = [
    ...exposure.risks.map(({ name, probability, amount }) => ({
      name: `${t('risk')} · ${name}（${probability}%）`,
      amount,
    })),
    { name: t('pendingVariations'), amount: exposure.pending },
    { name: t('estimated'), amount: exposure.estimated },
  ]
  return (
    <FigureTable<(typeof rows)[number]>
      label={t('exposure')}
      rows={rows}
      keyOf={each => each.name}
      columns={[
        { key: 'name', label: t('exposure'), cell: each => each.name },
        {
          ...{ key: 'amount', label: t('amount'), figure: true },
          cell: each => (isZero(each.amount) ? '—' : formatAmount(each.amount)),
        },
      ]}
      total={{ name: t('total'), amount: formatAmount(exposure.total) }}
    />
  )
}
