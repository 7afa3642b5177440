// 燃尽: what is left of a sprint day by day, and how its scope moved.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { Segmented } from 'antd'
import { useCallback, useState } from 'react'
import type { BurnAnswer } from '../report.ts'
import './agile.css'
import { burnDown, burnUp, round } from './chart-option.ts'
import { text } from './text.ts'
import { useReport } from './use-report.ts'

const looks = ['burnDown', 'burnUp'] as const
type Look = (typeof looks)[number]

export default function SprintBurnTab({ record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const client = useClient()
  const burn = useReport('burn', { sprint: record.id, stage: record.stage ?? '' }, () =>
    client.entity('sprint').read<BurnAnswer>(record.id, 'burn'),
  )
  if (burn.error && !burn.data) return <Failed error={burn.error} retry={() => void burn.refetch()} />
  if (!burn.data) return <Waiting />
  if (burn.data.items.total === 0 && burn.data.changes.length === 0)
    return (
      <div className="yz-notice">
        <h2>{t('emptySprint')}</h2>
        <p className="yz-soft">{t('emptySprintNext')}</p>
      </div>
    )
  return <Shown burn={burn.data} started={record.started_at !== null} />
}

function Shown({ burn, started }: { burn: BurnAnswer; started: boolean }) {
  const t = useText(text)
  const formats = useFormats()
  const [look, setLook] = useState<Look>('burnDown')
  const option = useCallback(
    (palette: Palette) => (look === 'burnDown' ? burnDown(palette, burn, t) : burnUp(palette, burn, t)),
    [burn, look, t],
  )
  const points = (value: number) => formats.number(String(round(value)), 1)
  const sum = (what: string) => burn.changes.reduce((all, each) => all + (each.what === what ? each.points : 0), 0)
  return (
    <div className="yz-agile-report yz-agile-tab">
      <section className="yz-section">
        <Figures
          items={[
            { label: t(started ? 'committed' : 'planned'), value: points(burn.committed) },
            { label: t('completed'), value: points(burn.completed) },
            {
              label: t('scope'),
              value: points(burn.total),
              note:
                started &&
                t('scopeMoved', {
                  added: points(sum('added')),
                  removed: points(-sum('removed')),
                  estimate: signed(points, sum('estimate')),
                }),
            },
            {
              label: t('doneItems'),
              value: `${burn.items.done}/${burn.items.total}`,
              note: burn.items.unestimated > 0 && t('unestimated', { count: burn.items.unestimated }),
            },
          ]}
        />
      </section>
      <section className="yz-section">
        <div className="yz-agile-head">
          <h2>{t(look)}</h2>
          <Segmented<Look>
            aria-label={t('look')}
            value={look}
            options={looks.map(each => ({ value: each, label: t(each) }))}
            onChange={setLook}
          />
        </div>
        <Chart
          option={option}
          height={300}
          label={t('burnLabel', { committed: points(burn.committed), left: points(burn.total - burn.completed) })}
        />
        <p className="yz-faint yz-agile-note">{t('burnNote')}</p>
      </section>
      {started && <Changes burn={burn} points={points} />}
    </div>
  )
}

const signed = (points: (value: number) => string, value: number) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${points(Math.abs(value))}`

function Changes({ burn, points }: { burn: BurnAnswer; points: (value: number) => string }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const entity = entityOf(meta, 'work_item')
  if (!entity) return null
  return (
    <section className="yz-section">
      <h2>{t('scopeChanges')}</h2>
      {burn.changes.length === 0 ? (
        <p className="yz-soft">{t('noScopeChanges')}</p>
      ) : (
        <div className="yz-scroll-x">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('day')}</th>
                <th scope="col">{t('item')}</th>
                <th scope="col">{t('change')}</th>
                <th scope="col" className="yz-right">
                  {t('points')}
                </th>
              </tr>
            </thead>
            <tbody>
              {burn.changes.map((each, at) => (
                <tr key={at}>
                  <td className="yz-figure">{formats.date(each.on)}</td>
                  <td>
                    {burn.titles[each.item] === undefined ? (
                      '—'
                    ) : (
                      <RecordLink entity={entity} id={each.item}>
                        {burn.titles[each.item]}
                      </RecordLink>
                    )}
                  </td>
                  <td>{t(each.what)}</td>
                  <td className="yz-figure yz-right">{signed(points, each.points)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
