// Figures of plans side by side; the first is the reference, the others say how far they are from it.

import { exact } from '@yingzao/engines/money'
import { dayOf } from '@yingzao/engines/schedule/civil'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import type { SideFigures } from '../compare.ts'
import { dayText } from './analysis.tsx'
import type { Compared, ComparedSide, SideInput } from './compare.worker.ts'
import { text } from './compare-text.ts'
import { ScrollBox } from './scroll-box.tsx'

interface Props {
  readonly compared: Compared
  readonly sides: readonly SideInput[]
  readonly nameOf: (key: string) => string
}

interface Line {
  readonly key: string
  readonly label: string
  readonly cell: (side: ComparedSide, figures: SideFigures) => ReactNode
  /** Of a side against the first: how much more it is, said and toned; null = nothing to say. */
  readonly delta?: (figures: SideFigures, first: SideFigures) => { readonly by: number; readonly said: string } | null
}

const SHOWN = 8
const NAMES = 4

export function CompareFigures({ compared, sides, nameOf }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const { lang } = useLanguage()
  const [milestones, setMilestones] = useState(SHOWN)
  const [first] = compared.sides
  const names = new Map(sides.flatMap(({ plan }) => plan.tasks.map(({ id, name }) => [id, name] as const)))
  const perDay = sides[0]?.plan.options.minutesPerDay ?? 480
  const signed = (value: number, said: string) => `${value > 0 ? '+' : '−'}${said}`
  const later = (by: number) => ({ by, said: t(by > 0 ? 'later' : 'earlier', { days: Math.abs(by) }) })
  const more = (by: number, said: (size: number) => string) =>
    by === 0 ? null : { by, said: signed(by, said(Math.abs(by))) }
  const list = (ids: readonly string[]) => {
    const shown = ids.slice(0, NAMES).map(id => names.get(id) ?? '')
    const joined = shown.join(lang === 'zh' ? '、' : ', ')
    return ids.length > NAMES ? t('andMore', { names: joined, count: ids.length }) : joined
  }
  const lengthOf = ({ start, finish }: SideFigures) => dayOf(finish) - dayOf(start) + 1
  const lines: readonly Line[] = [
    {
      key: 'finish',
      label: t('finish'),
      cell: (_, { finish }) => <strong>{dayText(finish)}</strong>,
      delta: (a, b) => {
        const by = dayOf(a.finish) - dayOf(b.finish)
        return by === 0 ? null : later(by)
      },
    },
    {
      key: 'length',
      label: t('length'),
      cell: (_, figures) => t('calendarDays', { days: lengthOf(figures) }),
      delta: (a, b) => more(lengthOf(a) - lengthOf(b), size => String(size)),
    },
    {
      key: 'cost',
      label: t('cost'),
      cell: (_, { cost }) => formats.moneyShort(cost),
      delta: (a, b) =>
        a.cost === null || b.cost === null
          ? null
          : more(exact(a.cost).minus(exact(b.cost)).toNumber(), size => formats.moneyShort(size)),
    },
    { key: 'tasks', label: t('tasks'), cell: (_, { tasks }) => formats.integer(tasks) },
    {
      key: 'changed',
      label: t('changedTasks'),
      cell: side =>
        side === first ? '—' : formats.integer(side.differences.filter(each => each.what !== 'moved').length),
    },
    {
      key: 'moved',
      label: t('movedTasks'),
      cell: side =>
        side === first ? '—' : formats.integer(side.differences.filter(each => each.what === 'moved').length),
    },
    { key: 'critical', label: t('criticalTasks'), cell: (_, { critical }) => formats.integer(critical) },
    {
      key: 'path',
      label: t('criticalNow'),
      cell: (side, { path }) =>
        side === first || !first?.figures ? (
          <span className="yz-prose">{list(path) || '—'}</span>
        ) : (
          <PathChange path={path} was={first.figures.path} list={list} />
        ),
    },
    {
      key: 'peak',
      label: t('peak'),
      cell: (_, { peak }) =>
        peak === null ? (
          '—'
        ) : (
          <>
            <span className={peak.share > 1.005 ? 'yz-bad' : undefined}>{Math.round(100 * peak.share)}%</span>{' '}
            <span className="yz-faint">
              {peak.resource} · {dayText(peak.day)}
            </span>
          </>
        ),
    },
    {
      key: 'overload',
      label: t('overload'),
      cell: (_, { overload }) => t('personDays', { days: formats.number(overload / perDay, 1) }),
      delta: (a, b) => {
        const by = Math.round((10 * (a.overload - b.overload)) / perDay) / 10
        return more(by, size => formats.number(size, 1))
      },
    },
    ...percentiles(compared).map(
      (p): Line => ({
        key: `p${p}`,
        label: t('percentile', { p: Math.round(100 * p) }),
        cell: side => {
          const at = side.finishes?.find(each => each.p === p)?.at
          return at === undefined ? '—' : dayText(at)
        },
      }),
    ),
  ]
  const ids = [...new Set(compared.sides.flatMap(({ figures }) => [...(figures?.milestones.keys() ?? [])]))]
  const byDate = ids.sort((a, b) => reached(compared, a) - reached(compared, b))
  const milestoneLines = byDate.slice(0, milestones).map(
    (id): Line => ({
      key: id,
      label: names.get(id) ?? '',
      cell: (_, figures) => {
        const at = figures.milestones.get(id)
        return at ? dayText(at.finish) : t('notThere')
      },
      delta: (a, b) => {
        const [one, other] = [a.milestones.get(id), b.milestones.get(id)]
        const by = one && other ? dayOf(one.finish) - dayOf(other.finish) : 0
        return by === 0 ? null : later(by)
      },
    }),
  )
  const row = ({ key, label, cell, delta }: Line) => (
    <tr key={key}>
      <th scope="row">{label}</th>
      {compared.sides.map(side => {
        if (!side.figures) return <td key={side.key}>—</td>
        const change = side !== first && first?.figures && delta ? delta(side.figures, first.figures) : null
        return (
          <td key={side.key}>
            <span className="yz-figure">{cell(side, side.figures)}</span>
            {change && <div className={change.by > 0 ? 'yz-bad yz-small' : 'yz-good yz-small'}>{change.said}</div>}
          </td>
        )
      })}
    </tr>
  )
  return (
    <ScrollBox label={t('compare')}>
      <table className="yz-plain-table yz-compare-table" style={{ minWidth: 96 + 128 * compared.sides.length }}>
        <thead>
          <tr>
            <th scope="col">{t('figure')}</th>
            {compared.sides.map(side => (
              <th scope="col" key={side.key}>
                {nameOf(side.key)} {side === first && <span className="yz-tag yz-tag-neutral">{t('reference')}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{lines.map(row)}</tbody>
        {milestoneLines.length > 0 && (
          <tbody>
            <tr className="yz-compare-group">
              <th scope="rowgroup" colSpan={compared.sides.length + 1}>
                {t('milestones')}
              </th>
            </tr>
            {milestoneLines.map(row)}
          </tbody>
        )}
      </table>
      {byDate.length > milestones && (
        <Button className="yz-no-print" size="small" onClick={() => setMilestones(milestones + 20)}>
          {t('moreMilestones', { count: Math.min(20, byDate.length - milestones) })}
        </Button>
      )}
    </ScrollBox>
  )
}

const percentiles = ({ sides }: Compared): readonly number[] =>
  [...new Set(sides.flatMap(({ finishes }) => finishes?.map(({ p }) => p) ?? []))].sort((a, b) => a - b)

const reached = ({ sides }: Compared, id: string): number =>
  sides.flatMap(({ figures }) => figures?.milestones.get(id)?.finish ?? [])[0] ?? 0

interface PathProps {
  readonly path: readonly string[]
  readonly was: readonly string[]
  readonly list: (ids: readonly string[]) => string
}

function PathChange({ path, was, list }: PathProps) {
  const t = useText(text)
  const [now, before] = [new Set(path), new Set(was)]
  const came = path.filter(id => !before.has(id))
  const went = was.filter(id => !now.has(id))
  if (came.length + went.length === 0) return <span className="yz-faint">{t('samePath')}</span>
  return (
    <span className="yz-prose">
      {came.length > 0 && <div>{t('becameCritical', { names: list(came) })}</div>}
      {went.length > 0 && <div className="yz-soft">{t('noLongerCritical', { names: list(went) })}</div>}
    </span>
  )
}
