// On-time rate: promised work of each month by what became of it; every figure opens the tasks it counts.
import { Link } from '@tanstack/react-router'
import type { Filter } from '@yingzao/kernel/entity'
import { Chart } from '@yingzao/ui/chart/chart.tsx'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import type { Palette } from '@yingzao/ui/theme/token'
import { Segmented } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { OnTime } from '../shape.ts'
import { byMonth, dueOf, type Kinds, monthsBetween, ofKinds, partsOf, rateOf, type Sum, totalOf } from './on-time.ts'
import { rateChart } from './on-time-chart.ts'
import type { LookProps } from './overview.tsx'
import { text } from './text.ts'
import { useNames } from './use-names.ts'
import { useOnTime } from './use-portfolio.ts'

const spans = [6, 12, 24]
const kindNames: readonly Kinds[] = ['everything', 'tasksOnly', 'milestonesOnly']
const parts = ['project', 'department', 'company'] as const
type By = (typeof parts)[number]

export default function OnTimeLook(props: LookProps) {
  const [months, setMonths] = useState(12)
  const { data, error, refetch } = useOnTime(months)
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />
  if (!data) return <Waiting />
  return <Shown {...props} answer={data} span={months} setSpan={setMonths} />
}

interface ShownProps extends LookProps {
  readonly answer: OnTime
  readonly span: number
  readonly setSpan: (months: number) => void
}

const percent = (rate: number | null) => (rate === null ? '—' : `${Math.round(100 * rate)}%`)

function Shown({ portfolio, lines, answer, span, setSpan }: ShownProps) {
  const t = useText(text)
  const nameOf = useNames(portfolio)
  const [kinds, setKinds] = useState<Kinds>('everything')
  const [by, setBy] = useState<By>('project')
  const months = useMemo(() => monthsBetween(answer.from, answer.today), [answer])
  const rows = useMemo(() => {
    const ids = new Set(lines.map(line => line.id))
    return ofKinds(answer.rows, kinds).filter(row => ids.has(row.project))
  }, [answer, lines, kinds])
  const monthly = useMemo(() => byMonth(rows, months), [rows, months])
  const total = totalOf(rows)
  const option = useCallback(
    (palette: Palette) =>
      rateChart(palette, months, monthly, {
        ...{ onTime: t('keptWork'), late: t('lateWork'), open: t('openWork'), rate: t('rate') },
      }),
    [months, monthly, t],
  )
  const unpromised = lines.filter(line => answer.unpromised.includes(line.id))
  const plans = [...new Set(rows.map(row => row.plan))]
  const projectNames = new Map(lines.map(line => [line.id, line.name]))
  const behind = { kinds, from: answer.from, today: answer.today }
  return (
    <div className="yz-pf-report">
      <section className="yz-section">
        <div className="yz-pf-bar yz-no-print">
          <Segmented<Kinds>
            aria-label={t('kinds')}
            value={kinds}
            onChange={setKinds}
            options={kindNames.map(value => ({ value, label: t(value) }))}
          />
          <Segmented
            aria-label={t('months')}
            value={span}
            onChange={setSpan}
            options={spans.map(count => ({ value: count, label: t('monthsN', { count }) }))}
          />
        </div>
        {dueOf(total) === 0 ? (
          <p>
            <strong>{t('noPromise')}</strong> <span className="yz-soft">{t('noPromiseNext')}</span>
          </p>
        ) : (
          <>
            <Figures
              items={[
                { label: t('rate'), value: percent(rateOf(total)) },
                { label: t('dueWork'), value: String(dueOf(total)) },
                {
                  label: t('keptWork'),
                  value: String(total.onTime),
                  tone: 'good',
                  note: (
                    <Behind {...behind} plans={plans} outcome="onTime">
                      {t('toTasks')}
                    </Behind>
                  ),
                },
                {
                  label: t('lateWork'),
                  value: String(total.late),
                  note: (
                    <Behind {...behind} plans={plans} outcome="late">
                      {t('toTasks')}
                    </Behind>
                  ),
                },
                {
                  label: t('openWork'),
                  value: String(total.open),
                  tone: total.open > 0 ? 'bad' : undefined,
                  note: (
                    <Behind {...behind} plans={plans} outcome="open">
                      {t('toTasks')}
                    </Behind>
                  ),
                },
              ]}
            />
            <Chart option={option} height={260} label={t('rateLabel', { rate: percent(rateOf(total)) })} />
          </>
        )}
        <p className="yz-soft">{t('rateNote')}</p>
        {unpromised.length > 0 && (
          <p className="yz-warn">
            {t('unpromised', { count: unpromised.length, names: unpromised.map(line => line.name).join(', ') })}
          </p>
        )}
      </section>
      {dueOf(total) > 0 && (
        <section className="yz-section">
          <div className="yz-pf-bar">
            <h2>{t('rate')}</h2>
            <Segmented<By>
              aria-label={t('by')}
              value={by}
              onChange={setBy}
              options={parts.map(value => ({ value, label: t(value) }))}
            />
          </div>
          <div className="yz-scroll-x">
            <table className="yz-plain-table yz-pf-table yz-pf-rates">
              <thead>
                <tr>
                  <th scope="col">{t(by)}</th>
                  {(['rate', 'dueWork', 'keptWork', 'lateWork', 'openWork'] as const).map(name => (
                    <th key={name} scope="col" className="yz-right">
                      {t(name)}
                    </th>
                  ))}
                  {months.map(month => (
                    <th key={month} scope="col" className="yz-right yz-figure yz-pf-month">
                      {month.slice(2, 7)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {partsOf(rows, lines, by, months).map(part => (
                  <tr key={part.key}>
                    <th scope="row">
                      {by === 'project' ? (projectNames.get(part.key) ?? part.key) : nameOf(by, part.key)}
                    </th>
                    <td className="yz-right yz-figure">
                      <strong>{percent(rateOf(part.sum))}</strong>
                    </td>
                    <td className="yz-right yz-figure">
                      <Behind {...behind} plans={part.plans}>
                        {String(dueOf(part.sum))}
                      </Behind>
                    </td>
                    {(['onTime', 'late', 'open'] as const).map(outcome => (
                      <td key={outcome} className="yz-right yz-figure">
                        {part.sum[outcome] === 0 ? (
                          <span className="yz-faint">0</span>
                        ) : (
                          <Behind {...behind} plans={part.plans} outcome={outcome}>
                            {String(part.sum[outcome])}
                          </Behind>
                        )}
                      </td>
                    ))}
                    {part.months.map((sum, i) => (
                      <Month key={months[i]} sum={sum} month={months[i] ?? ''} plans={part.plans} {...behind} />
                    ))}
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t('total')}</th>
                  <td className="yz-right yz-figure">
                    <strong>{percent(rateOf(total))}</strong>
                  </td>
                  {[dueOf(total), total.onTime, total.late, total.open].map((count, i) => (
                    <td key={i} className="yz-right yz-figure">
                      {count}
                    </td>
                  ))}
                  {monthly.map((sum, i) => (
                    <td key={months[i]} className="yz-right yz-figure">
                      {percent(rateOf(sum))}
                    </td>
                  ))}
                </tr>
              </tfoot>
            </table>
          </div>
        </section>
      )}
    </div>
  )
}

type Outcome = 'onTime' | 'late' | 'open'
interface BehindProps {
  readonly plans: readonly string[]
  readonly kinds: Kinds
  readonly from: string
  readonly today: string
  readonly outcome?: Outcome
  readonly children: ReactNode
}

const work = ['task', 'resource_dependent']
const marks = ['milestone', 'start_milestone']

/** The tasks that a figure counts, as a list of tasks: the same conditions as the server's (on-time.service.ts). */
function Behind({ plans, kinds, from, today, outcome, children }: BehindProps) {
  const yesterday = dayBefore(today)
  const kind = kinds === 'tasksOnly' ? work : kinds === 'milestonesOnly' ? marks : [...work, ...marks]
  const filter: Record<string, Filter> = {
    plan: { in: [...plans] },
    kind: { in: kind },
    promised_on: { ge: from, le: outcome === 'open' ? yesterday : today },
    ...(outcome === undefined ? {} : { actual_finish_at: { empty: outcome === 'open' } }),
    ...(outcome === 'onTime' ? { slip_days: { le: 0 } } : outcome === 'late' ? { slip_days: { gt: 0 } } : {}),
  }
  return (
    <Link
      to="/$module/$name"
      params={{ module: 'schedule', name: 'task' }}
      search={{ filter, sort: ['promised_on'], look: 'table' }}
      className="yz-link"
    >
      {children}
    </Link>
  )
}

function Month({ sum, month, ...behind }: { sum: Sum; month: string } & Omit<BehindProps, 'children' | 'outcome'>) {
  const rate = rateOf(sum)
  if (rate === null) return <td className="yz-right yz-faint">—</td>
  const last = lastOf(month)
  return (
    <td className="yz-right yz-figure" data-rate={rate >= 0.9 ? 'good' : rate >= 0.7 ? 'watch' : 'bad'}>
      <Behind {...behind} from={month} today={last < behind.today ? last : behind.today}>
        {percent(rate)}
      </Behind>
    </td>
  )
}

const dayBefore = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
const lastOf = (month: string) => {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
