// The portfolio as a Gantt: a row per project against promise, publication and contract, with the links between projects.
// On a phone a list of cards with small bars on one axis of time.
import { useNavigate } from '@tanstack/react-router'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { Gantt } from '@yingzao/ui/gantt/gantt.tsx'
import type { Given } from '@yingzao/ui/gantt/given'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { usePhone, useTheme } from '@yingzao/ui/theme/mode.tsx'
import { useMemo, useRef, useState } from 'react'
import type { Line } from '../shape.ts'
import { grouped } from './choice.ts'
import { LineCards } from './line-cards.tsx'
import type { LookProps } from './overview.tsx'
import { isLate, isUndated, portfolioPlan } from './portfolio-plan.ts'
import { text } from './text.ts'
import { useNames } from './use-names.ts'

export default function GanttLook(props: LookProps) {
  return usePhone() ? <LineCards {...props} /> : <Chart {...props} />
}

const columns = ['name', 'percent', 'finish', 'deadline', 'finish_variance', 'responsible'] as const

/** "3 working days late". */
export function useGap(): (days: number | null) => string {
  const t = useText(text)
  return days => {
    if (days === null) return '—'
    if (days === 0) return t('onTheDay')
    return days > 0 ? t('daysLate', { days }) : t('daysEarly', { days: -days })
  }
}

function Chart({ portfolio, lines, choice: { group } }: LookProps) {
  const t = useText(text)
  const formats = useFormats()
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const navigate = useNavigate()
  const nameOf = useNames(portfolio)
  const gap = useGap()
  const said = useRef({ nameOf, gap })
  said.current = { nameOf, gap }
  const drawn = useMemo(() => {
    const groups = group ? grouped(lines, group) : [{ key: '', lines }]
    return portfolioPlan(t('title'), groups, portfolio.links, {
      group: key => (group ? said.current.nameOf(group, key) : key),
      line: line => ({
        label: labelOf(line, t, said.current.gap),
        about: aboutOf(line, t, formats.date, said.current.gap),
      }),
      row: row => (row.promised ? [row.finish, t('aboutMilestone', { on: row.promised })] : [row.finish]),
      link: (link, from, to) => [
        `${from} → ${to}`,
        t('aboutLink', { type: link.type, days: link.lagDays }),
        ...(link.note ? [link.note] : []),
        ...(link.broken ? [t('aboutBroken')] : []),
      ],
    })
  }, [lines, group, portfolio.links, t, formats])
  // Each new picture is a newer version; the chart keeps what is folded and where one looks.
  const version = useRef({ of: drawn, count: 1 })
  if (version.current.of !== drawn) version.current = { of: drawn, count: version.current.count + 1 }
  const plans = useMemo(() => new Map(lines.map(line => [line.id, line])), [lines])
  const owners = useMemo(
    () => new Map(lines.flatMap(line => line.rows.map(row => [row.id, line.plan] as const))),
    [lines],
  )
  const people = useMemo(
    () =>
      new Map(
        lines.flatMap(line => (line.manager ? [[line.manager, portfolio.names[line.manager] ?? ''] as const] : [])),
      ),
    [lines, portfolio.names],
  )
  const given = useMemo<Given>(() => {
    const late = lines.filter(isLate).length
    const broken = [...drawn.links.values()].filter(each => each.broken).length
    return {
      ...{ rows: drawn.rows, links: drawn.links, closed: drawn.closed, columns },
      names: {
        ...{ name: t('name'), percent: t('shortProgress'), finish: t('shortForecast'), deadline: t('shortContract') },
        ...{ finish_variance: t('slip'), responsible: t('manager') },
      },
      legend: [
        { sign: 'bar', label: t('legendBar') },
        { sign: 'late', label: t('legendLate') },
        { sign: 'baseline', label: t('legendBaseline') },
        { sign: 'deadline', label: t('legendContract') },
        { sign: 'published', label: t('legendPublished') },
        { sign: 'milestone', label: t('legendMilestone') },
        { sign: 'link', label: t('legendLink') },
        { sign: 'broken', label: t('legendBroken') },
      ],
      summary: t('summaryLine', {
        ...{ projects: lines.length, late, watch: lines.filter(line => line.health === 'watch').length },
        ...{ links: drawn.links.size, broken },
      }),
      open(row) {
        const line = plans.get(row)
        const plan = line ? line.plan : owners.get(row)
        if (plan)
          void navigate({
            to: '/$module/$name/$id',
            params: { module: 'schedule', name: 'plan', id: plan },
            search: line ? {} : { task: row },
          })
        else if (line)
          void navigate({ to: '/$module/$name/$id', params: { module: 'project', name: 'project', id: line.id } })
      },
    }
  }, [drawn, lines, plans, owners, navigate, t])
  const undated = lines.filter(isUndated)
  const [today] = useState(() => minuteOfWallClock(new Date()))
  return (
    <>
      <div className="yz-pf-chart">
        <Gantt
          plan={drawn.plan}
          schedule={drawn.schedule}
          version={version.current.count}
          lang={lang}
          theme={mode}
          today={today}
          people={people}
          given={given}
          layoutKey="yingzao.portfolio"
        />
      </div>
      <Legend given={given} />
      <Notes undated={undated} hidden={portfolio.hiddenLinks} />
    </>
  )
}

type T = ReturnType<typeof useText<typeof text>>

const labelOf = (line: Line, t: T, gap: (days: number | null) => string): string =>
  line.plan === null
    ? t('noPlan')
    : line.gaps.contract === null
      ? ''
      : t('against', { what: t('contract'), gap: gap(line.gaps.contract) })

function aboutOf(
  line: Line,
  t: T,
  date: (day: string | null) => string,
  gap: (days: number | null) => string,
): readonly string[] {
  const progress = line.progress === null ? '—' : `${Math.round(100 * line.progress)}%`
  return [
    t('aboutDates', { start: date(line.start), finish: date(line.forecast), progress }),
    ...(line.contract ? [t('aboutContract', { on: line.contract, gap: gap(line.gaps.contract) })] : []),
    ...(line.published
      ? [t('aboutPublished', { name: line.published.name, on: line.published.finish, gap: gap(line.gaps.published) })]
      : []),
    ...(line.promised ? [t('aboutPromised', { on: line.promised.finish, gap: gap(line.gaps.promised) })] : []),
    ...(line.warnings > 0 ? [t('aboutWarnings', { count: line.warnings })] : []),
    t('openHint'),
  ]
}

function Notes({ undated, hidden }: { undated: readonly Line[]; hidden: number }) {
  const t = useText(text)
  if (undated.length === 0 && hidden === 0) return null
  return (
    <p className="yz-pf-notes yz-faint">
      {undated.length > 0 && <span>{t('unplanned', { count: undated.length })}</span>}
      {hidden > 0 && <span>{t('hiddenLinks', { count: hidden })}</span>}
    </p>
  )
}

/** What the signs of the chart mean. */
function Legend({ given }: { given: Given }) {
  return (
    <ul className="yz-pf-legend">
      {given.legend.map(({ sign, label }) => (
        <li key={sign}>
          <span className="yz-pf-sign" data-sign={sign} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  )
}
