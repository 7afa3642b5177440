// Earned value of the plan at its status date: where it stands in money and time, and where it will end.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { exact, subtract } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { useBackground } from '@yingzao/ui/background/background'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useSay } from '@yingzao/ui/data/say'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, App, Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { FinishedProject, Reference } from '../reference-class.ts'
import type { PastStanding } from '../standing-shape.ts'
import { dayText, More, Nothing, PrintButton, Running, taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import { TaskLink } from './public.tsx'
import { ScrollBox } from './scroll-box.tsx'
import { text as planText } from './text.ts'
import { useHistory } from './use-history.ts'
import type { Value, ValueInput, ValueResult } from './value.worker.ts'
import { ValueCurve } from './value-curve.tsx'
import { costMethod, durationMethod, text } from './value-text.ts'
import { ValueTrend } from './value-trend.tsx'

const PlanOptions = lazy(() => import('./plan-options.tsx'))
const open = () => new Worker(new URL('./value.worker.ts', import.meta.url), { type: 'module' })

export default function PlanValue({ record, known, link, mayEdit }: PlanLookProps) {
  const t = useText(text)
  const a = useText(analysisText)
  const { work, start, cancel } = useBackground<ValueInput, never, ValueResult>(open)
  const { plan, revision } = known
  const based = plan.tasks.some(task => task.baselines?.some(each => each.number === 0 && each.finish !== undefined))
  const ready = based && plan.options.statusDate !== undefined
  const { history, type, error } = useHistory(record)
  const { id } = record
  const project = String(record.project)
  // Who may not read finished work gets a forecast without a class.
  const learnt = error ? null : history
  useEffect(() => {
    if (ready && learnt !== undefined) start({ plan, revision, id, project, type, history: learnt })
  }, [ready, plan, revision, id, project, type, learnt, start])
  // While a newer revision is computed, the last one stays in sight.
  const [last, setLast] = useState<ValueResult | null>(null)
  if (work.at === 'done' && work.result !== last) setLast(work.result)
  if (plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>
  if (!based) return <NoBaseline link={link} may={record._can.includes('set_baseline')} />
  if (plan.options.statusDate === undefined) return <NoStatusDate known={known} link={link} mayEdit={mayEdit} />
  if (work.at === 'broken') return <Nothing title={a('broken', { message: work.message })} />
  if (!last)
    return <div className="yz-analysis">{work.at === 'running' && <Running share={null} onCancel={cancel} />}</div>
  if (!last.ok) return <Nothing title={t('nothingEarned')} />
  return <Shown record={record} mayEdit={mayEdit} known={known} value={last.value} />
}

function NoBaseline({ link, may }: { link: PlanLookProps['link']; may: boolean }) {
  const t = useText(text)
  const p = useText(planText)
  const say = useSay()
  const { modal } = App.useApp()
  const set = () =>
    void modal.confirm({
      title: p('setBaseline'),
      content: p('baselineNote'),
      okText: p('setBaseline'),
      cancelText: p('cancel'),
      onOk: () => link.run('set_baseline', { number: 0 }).then(() => say.good(p('baselineDone')), say.bad),
    })
  return (
    <Nothing title={t('noBaseline')}>
      <p>{t('noBaselineNext')}</p>
      {may ? (
        <Button type="primary" onClick={set}>
          {p('setBaseline')}
        </Button>
      ) : (
        <p>{t('askPlanner')}</p>
      )}
    </Nothing>
  )
}

function NoStatusDate({ known, link, mayEdit }: Pick<PlanLookProps, 'known' | 'link' | 'mayEdit'>) {
  const t = useText(text)
  const [setting, setSetting] = useState(false)
  return (
    <Nothing title={t('noStatus')}>
      <p>{t('noStatusNext')}</p>
      {mayEdit ? (
        <Button type="primary" onClick={() => setSetting(true)}>
          {t('setStatus')}
        </Button>
      ) : (
        <p>{t('askPlanner')}</p>
      )}
      {setting && (
        <Suspense fallback={null}>
          <PlanOptions known={known} link={link} onClose={() => setSetting(false)} />
        </Suspense>
      )}
    </Nothing>
  )
}

const tone = (index: string | number | null) =>
  index === null ? undefined : Number(index) < 0.95 ? 'bad' : Number(index) >= 1 ? 'good' : undefined

interface ShownProps extends Pick<PlanLookProps, 'record' | 'known' | 'mayEdit'> {
  readonly value: Value
}

function Shown({ record, known: { plan, revision }, mayEdit, value }: ShownProps) {
  const { id } = record
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const { standing, performance, forecast } = value
  const { amounts, schedule } = standing
  const inMoney = standing.unit === 'cost'
  const spent = amounts.ac !== null
  const amount = (of: string | null) =>
    of === null ? '—' : inMoney ? formats.money(of) : `${formats.number(of, 1)} ${t('planDays')}`
  const short = (of: string | null) => (of === null ? '—' : inMoney ? formats.moneyShort(of) : amount(of))
  const index = (of: string | number | null) => (of === null ? '—' : formats.number(of, 2))
  const weeks = (of: number) => formats.number(of, 1)
  const standings = useStandings(id, revision)
  const eac = spent ? performance.eac.cpi : null
  const referenceText = (reference: Reference | null, weight: string) => {
    const count = reference?.all ?? 0
    if (!reference?.chosen) return t('estimator', { weight, count })
    const { name, projects, p50, p80 } = reference.chosen
    return t(name === 'type' ? 'estimatorType' : 'estimatorAll', {
      ...{ weight, count: projects.length, same: reference.sameType },
      ...{ p50: formats.number(p50, 2), p80: formats.number(p80, 2) },
    })
  }
  return (
    <div className="yz-analysis">
      {!inMoney && (
        <Alert
          type="info"
          showIcon
          title={t('cost_amount' in record ? 'inDays' : 'costsHidden')}
          action={
            mayEdit &&
            'cost_amount' in record && (
              <Link
                to="/$module/$name"
                params={{ module: 'schedule', name: 'import' }}
                className="yz-button yz-no-print"
              >
                {t('importPlan')}
              </Link>
            )
          }
        />
      )}
      {inMoney && !spent && <Alert type="info" showIcon title={t('noActual')} />}
      <section className="yz-section">
        <div className="yz-analysis-head">
          <h2>{t('standing', { date: dayText(standing.statusDate) })}</h2>
          <PrintButton />
        </div>
        <Figures
          items={[
            {
              label: t('bac'),
              value: short(amounts.bac),
              note: t('complete', { share: formats.percent(performance.complete) }),
            },
            { label: t('pv'), value: short(amounts.pv) },
            { label: t('ev'), value: short(amounts.ev), note: t('svNote', { sv: short(performance.sv) }) },
            {
              label: t('ac'),
              value: short(amounts.ac),
              note: spent ? t('cvNote', { cv: short(performance.cv) }) : undefined,
            },
            { label: t('spi'), value: index(performance.spi), tone: tone(performance.spi) },
            {
              label: t('cpi'),
              value: spent ? index(performance.cpi) : '—',
              tone: spent ? tone(performance.cpi) : undefined,
            },
            { label: t('spit'), value: index(schedule.spit), tone: tone(schedule.spit) },
            {
              label: t('earned'),
              value: t('weeks', { weeks: weeks(schedule.es) }),
              note: t('earnedNote', { at: weeks(schedule.at), es: weeks(schedule.es) }),
            },
          ]}
        />
      </section>
      <section className="yz-section">
        <h2>{t('forecast')}</h2>
        <Figures
          items={[
            {
              label: t('forecastFinish'),
              value: dayText(forecast.expected),
              note: (
                <>
                  {t('sure')} <span className="yz-nowrap">{dayText(forecast.low)}</span> –{' '}
                  <span className="yz-nowrap">{dayText(forecast.high)}</span>
                </>
              ),
              tone: forecast.expected > standing.plannedFinish + 1440 ? 'bad' : undefined,
            },
            { label: t('plannedFinish'), value: dayText(standing.plannedFinish) },
            { label: t('networkFinish'), value: dayText(value.computed), note: t('networkNote') },
            {
              label: t('eac'),
              value: short(eac),
              note: spent ? t('eacNote', { vac: short(performance.vac) }) : undefined,
              tone: spent && performance.vac?.startsWith('-') ? 'bad' : undefined,
            },
            { label: t('tcpi'), value: spent ? index(performance.tcpi) : '—', note: t('tcpiNote') },
          ]}
        />
        <p className="yz-faint yz-analysis-note">
          {referenceText(forecast.reference, `${Math.round(100 * forecast.weight)}%`)}
        </p>
        {forecast.reference?.chosen && <ReferenceTable projects={forecast.reference.chosen.projects} />}
      </section>
      <section className="yz-section yz-stack">
        <h2>{t('curves')}</h2>
        <ValueCurve value={value} standings={standings ?? none} amount={amount} />
      </section>
      {standings && <ValueTrend standings={standings} amount={amount} />}
      <section className="yz-section yz-stack">
        <h2>{t('methods')}</h2>
        <p className="yz-soft">{t('methodsNote')}</p>
        <div className="yz-analysis-two">
          {spent && (
            <table className="yz-plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('method')}</th>
                  <th scope="col" className="yz-right">
                    {t('amount')}
                  </th>
                  <th scope="col" className="yz-right">
                    {t('vac')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {(['budget', 'cpi', 'weighted', 'cpi_spi'] as const).map(method => {
                  const estimate = performance.eac[method]
                  return (
                    <tr key={method}>
                      <td>{label(costMethod[method])}</td>
                      <td className="yz-right yz-figure">{amount(estimate)}</td>
                      <td className="yz-right yz-figure">
                        {estimate === null ? '—' : amount(subtract(amounts.bac, estimate))}
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          )}
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('method')}</th>
                <th scope="col" className="yz-right">
                  {t('finish')}
                </th>
              </tr>
            </thead>
            <tbody>
              {forecast.methods.map(({ method, at }) => (
                <tr key={method}>
                  <td>{label(durationMethod[method])}</td>
                  <td className="yz-right yz-figure">{at === null ? '—' : dayText(at)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <ByTask id={id} plan={plan} value={value} amount={amount} />
    </div>
  )
}

const none: readonly PastStanding[] = []

/** What the server knows of earlier status dates; undefined until it has answered. */
/** The finished projects that the forecast learns from. */
function ReferenceTable({ projects }: { projects: readonly FinishedProject[] }) {
  const t = useText(text)
  const formats = useFormats()
  return (
    <details>
      <summary className="yz-link">{t('referenceProjects', { count: projects.length })}</summary>
      <ScrollBox label={t('referenceProjects', { count: projects.length })}>
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('referenceProject')}</th>
              {(['referenceFinish', 'referencePlanned', 'referenceActual', 'referenceRatio'] as const).map(key => (
                <th key={key} scope="col" className="yz-right">
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projects.map(each => (
              <tr key={each.plan}>
                <td>
                  <Link
                    to="/$module/$name/$id"
                    params={{ module: 'schedule', name: 'plan', id: each.plan }}
                    className="yz-link"
                  >
                    {each.name}
                  </Link>
                </td>
                <td className="yz-right yz-figure">{dayText(each.finish)}</td>
                <td className="yz-right yz-figure">{formats.number(each.planned, 0)}</td>
                <td className="yz-right yz-figure">{formats.number(each.actual, 0)}</td>
                <td className="yz-right yz-figure">{formats.number(each.ratio, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  )
}

function useStandings(id: string, revision: number): readonly PastStanding[] | undefined {
  const client = useClient()
  return useQuery({
    queryKey: ['plan-standings', id, revision],
    queryFn: async () => (await client.entity('plan').read<{ standings: PastStanding[] }>(id, 'standings')).standings,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  }).data
}

/** Rows drawn at once; the rest on demand. */
const SHOWN = 25

function ByTask({
  id,
  plan,
  value: { standing },
  amount,
}: {
  id: string
  plan: PlanLookProps['known']['plan']
  value: Value
  amount: (of: string | null) => string
}) {
  const t = useText(text)
  const a = useText(analysisText)
  const names = taskNames(plan)
  const rows = standing.tasks
    .map(each => ({
      ...each,
      sv: subtract(each.ev, each.pv),
      cv: each.ac === null ? null : subtract(each.ev, each.ac),
    }))
    .filter(({ pv, ev, ac }) => [pv, ev, ac ?? '0'].some(of => Number(of) !== 0))
    .sort((one, other) => exact(one.sv).comparedTo(exact(other.sv)))
  const spent = standing.amounts.ac !== null
  const [most, setMost] = useState(SHOWN)
  const rest = rows.length - most
  return (
    <section className="yz-section yz-stack">
      <h2>{t('byTask')}</h2>
      <p className="yz-soft">{t('byTaskNote')}</p>
      <div className="yz-scroll-x">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{a('number')}</th>
              <th scope="col">{a('task')}</th>
              {(['budget', 'pv', 'ev', 'sv'] as const).map(key => (
                <th key={key} scope="col" className="yz-right">
                  {t(key)}
                </th>
              ))}
              {spent && (
                <>
                  <th scope="col" className="yz-right">
                    {t('ac')}
                  </th>
                  <th scope="col" className="yz-right">
                    {t('cv')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most).map(({ id: task, budget, pv, ev, ac, sv, cv }) => (
              <tr key={task} className="yz-figure">
                <td>{names.get(task)?.number}</td>
                <td>
                  <TaskLink plan={id} task={task}>
                    {names.get(task)?.name || '—'}
                  </TaskLink>
                </td>
                <td className="yz-right">{amount(budget)}</td>
                <td className="yz-right">{amount(pv)}</td>
                <td className="yz-right">{amount(ev)}</td>
                <td className={sv.startsWith('-') ? 'yz-right yz-bad' : 'yz-right'}>{amount(sv)}</td>
                {spent && (
                  <>
                    <td className="yz-right">{amount(ac)}</td>
                    <td className={cv?.startsWith('-') ? 'yz-right yz-bad' : 'yz-right'}>{amount(cv)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <More rest={rest} step={10 * SHOWN} onMore={() => setMost(most + 10 * SHOWN)} />
    </section>
  )
}
