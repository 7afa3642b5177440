// What the runs say: dates with their chance, the distribution, cost, and the tasks that decide it.
import { type Findings, jointConfidence } from '@yingzao/engines/risk'
import { parseDay } from '@yingzao/engines/schedule/civil'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { useMemo } from 'react'
import { type PlanRisk, uncertainTasks } from '../risk.ts'
import { classOfTasks } from '../risk-part.ts'
import { dayText, PrintButton, type TaskName, taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { TaskLink } from './public.tsx'
import { FinishChart, Tornado } from './risk-chart.tsx'
import { JointChart } from './risk-joint.tsx'
import { text } from './risk-text.ts'

interface Props {
  readonly id: string
  readonly plan: Plan
  readonly findings: Findings
  readonly risk: PlanRisk
  /** Contract finish, a day; null when the project has none. */
  readonly contract: string | null
}

/** Tasks listed as worth watching. */
const WATCHED = 15

const share = (of: number) => `${Math.round(1000 * of) / 10}%`

export function RiskOutcome({ id, plan, findings, risk, contract }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const names = useMemo(() => taskNames(plan), [plan])
  const due = contract === null ? undefined : parseDay(contract)
  // The whole of the contract's last day counts.
  const dueBy = due === undefined ? undefined : due * 1440 + 1439
  const kept = useMemo(
    () =>
      dueBy === undefined
        ? null
        : findings.samples.finish.reduce((sum, at) => sum + (at <= dueBy ? 1 : 0), 0) / findings.iterations,
    [findings, dueBy],
  )
  const marks = useMemo(
    () => [
      { at: findings.planned, name: t('computed') },
      ...(dueBy === undefined ? [] : [{ at: dueBy, name: t('contract') }]),
      ...findings.finish.filter(({ p }) => p === 0.8).map(({ at }) => ({ at, name: 'P80' })),
    ],
    [findings, dueBy, t],
  )
  const open = useMemo(() => uncertainTasks(plan), [plan])
  const own = new Set(risk.tasks.map(each => each.task))
  const judged = open.filter(({ id: task }) => own.has(task)).length
  const classed = useMemo(() => classOfTasks(plan, open, risk.classes), [plan, open, risk])
  const byClass = [...classed.keys()].filter(task => !own.has(task)).length
  return (
    <>
      <section className="yz-section yz-stack">
        <div className="yz-analysis-head">
          <h2>{t('title')}</h2>
          <PrintButton />
        </div>
        <Figures
          items={[
            ...findings.finish.map(({ p, at }) => ({
              label: t('percentile', { p: Math.round(100 * p) }),
              value: dayText(at),
              note: t('holds', { p: Math.round(100 * p) }),
              tone: dueBy !== undefined && at > dueBy ? ('bad' as const) : undefined,
            })),
            {
              label: t('computed'),
              value: dayText(findings.planned),
              note: t('confidence', { share: share(findings.plannedConfidence) }),
            },
            kept === null
              ? { label: t('contract'), value: '—', note: t('noContract') }
              : {
                  label: t('contract'),
                  value: contract ?? '—',
                  note: t('confidence', { share: share(kept) }),
                  tone: kept < 0.5 ? ('bad' as const) : kept >= 0.8 ? ('good' as const) : ('warn' as const),
                },
          ]}
        />
        <p className="yz-analysis-note">
          <MergeBias findings={findings} plan={plan} names={names} />
        </p>
        <p className="yz-faint yz-analysis-note">
          {t('spreadNote', {
            judged,
            assumed: open.length - judged - byClass,
            shorter: risk.shorter,
            longer: risk.longer,
          })}{' '}
          {byClass > 0 && `${t('classNote', { classed: byClass })} `}
          {t('runs', { iterations: formats.integer(findings.iterations), seed: findings.seed })}
        </p>
      </section>
      <section className="yz-section yz-stack">
        <h2>{t('distribution')}</h2>
        <FinishChart findings={findings} marks={marks} />
        <details>
          <summary className="yz-link">{t('asTable')}</summary>
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('chance')}</th>
                <th scope="col">{t('finish')}</th>
                <th scope="col">{t('between')}</th>
              </tr>
            </thead>
            <tbody className="yz-figure">
              {findings.curve.map((at, p) =>
                p % 10 === 0 ? (
                  <tr key={p}>
                    <td>{p}%</td>
                    <td>{dayText(at)}</td>
                    <td className="yz-faint">
                      {findings.finish
                        .filter(each => Math.round(100 * each.p) === p)
                        .map(({ between: [low, high] }) =>
                          t('betweenDates', { low: dayText(low), high: dayText(high) }),
                        )}
                    </td>
                  </tr>
                ) : null,
              )}
            </tbody>
          </table>
        </details>
      </section>
      {findings.cost && <Cost findings={findings} />}
      <Deciding id={id} plan={plan} findings={findings} names={names} />
      {findings.events.length > 0 && <Events findings={findings} plan={plan} risk={risk} />}
      {findings.branches.length > 0 && <Branches findings={findings} risk={risk} />}
    </>
  )
}

const daysOf = (plan: Plan, minutes: number) =>
  String(Math.round((10 * Math.abs(minutes)) / Math.max(1, plan.options.minutesPerDay)) / 10)

function MergeBias({
  findings: { mergeBias, mergePoints },
  plan,
  names,
}: {
  findings: Findings
  plan: Plan
  names: ReadonlyMap<string, TaskName>
}) {
  const t = useText(text)
  const days = daysOf(plan, mergeBias)
  const [worst] = mergePoints
  return (
    <>
      <strong>{t('mergeBias')}</strong>{' '}
      {days === '0' ? t('mergeNone') : mergeBias > 0 ? t('mergeLater', { days }) : t('mergeEarlier', { days })}{' '}
      {mergeBias > 0 &&
        worst &&
        t('mergeAt', {
          name: names.get(worst.id)?.name ?? '',
          links: worst.links,
          days: daysOf(plan, worst.bias),
        })}
    </>
  )
}

function Cost({ findings }: { findings: Findings }) {
  const t = useText(text)
  const formats = useFormats()
  const { cost, finish } = findings
  if (!cost) return null
  const [finish80, cost80] = [finish.find(({ p }) => p === 0.8), cost.percentiles.find(({ p }) => p === 0.8)]
  const joint = finish80 && cost80 ? jointConfidence(findings, finish80.at, Number(cost80.amount)) : null
  return (
    <section className="yz-section yz-stack">
      <h2>{t('cost')}</h2>
      <Figures
        items={[
          ...cost.percentiles.map(({ p, amount }) => ({
            label: t('costP', { p: Math.round(100 * p) }),
            value: formats.moneyShort(amount),
          })),
          { label: t('mean'), value: formats.moneyShort(cost.mean) },
        ]}
      />
      <h3>{t('jointTitle')}</h3>
      <JointChart findings={findings} />
      <p className="yz-soft yz-analysis-note">
        {t('costNote', {
          r: formats.number(findings.costWithLength, 2),
          joint: joint === null ? '—' : share(joint),
        })}
      </p>
    </section>
  )
}

function Deciding({
  id,
  plan,
  findings,
  names,
}: {
  id: string
  plan: Plan
  findings: Findings
  names: ReadonlyMap<string, TaskName>
}) {
  const t = useText(text)
  const a = useText(analysisText)
  const top = useMemo(
    () =>
      [...findings.tasks]
        .filter(({ sd, criticality }) => sd > 0 && criticality > 0)
        .sort((one, other) => other.sensitivity - one.sensitivity || other.criticality - one.criticality)
        .slice(0, WATCHED),
    [findings],
  )
  const days = (minutes: number) => a('days', { days: daysOf(plan, minutes) })
  return (
    <>
      {findings.tornado.length > 0 && (
        <section className="yz-section yz-stack">
          <h2>{t('tornado')}</h2>
          <Tornado findings={findings} names={names} />
          <p className="yz-faint yz-analysis-note">{t('tornadoNote')}</p>
        </section>
      )}
      <section className="yz-section yz-stack">
        <h2>{t('deciding')}</h2>
        <p className="yz-soft yz-analysis-note">{t('decidingNote')}</p>
        <div className="yz-scroll-x">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{a('number')}</th>
                <th scope="col">{a('task')}</th>
                {(['criticality', 'ssi', 'cruciality', 'meanDays', 'sdDays', 'short', 'long'] as const).map(key => (
                  <th key={key} scope="col" className="yz-right">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="yz-figure">
              {top.map(({ id: task, criticality, sensitivity, cruciality, mean, sd }) => {
                const bar = findings.tornado.find(each => each.id === task)
                return (
                  <tr key={task}>
                    <td>{names.get(task)?.number}</td>
                    <td>
                      <TaskLink plan={id} task={task}>
                        {names.get(task)?.name || '—'}
                      </TaskLink>
                    </td>
                    <td className="yz-right">{share(criticality)}</td>
                    <td className="yz-right">{sensitivity.toFixed(3)}</td>
                    <td className="yz-right">{cruciality.toFixed(2)}</td>
                    <td className="yz-right">{days(mean)}</td>
                    <td className="yz-right">{days(sd)}</td>
                    <td className="yz-right">{bar ? dayText(bar.low) : '—'}</td>
                    <td className="yz-right">{bar ? dayText(bar.high) : '—'}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      </section>
    </>
  )
}

/** How often each way was taken. */
function Branches({ findings, risk }: { findings: Findings; risk: PlanRisk }) {
  const t = useText(text)
  const branchOf = (id: string) => risk.branches.find(each => each.id === id)
  return (
    <section className="yz-section yz-stack">
      <h2>{t('branches')}</h2>
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{t('branchName')}</th>
            <th scope="col">{t('wayName')}</th>
            <th scope="col" className="yz-right">
              {t('wayShare')}
            </th>
          </tr>
        </thead>
        <tbody>
          {findings.branches.flatMap(({ id, ways }) =>
            ways.map((taken, way) => (
              <tr key={`${id}/${branchOf(id)?.ways[way]?.name ?? way}`}>
                <td>{way === 0 ? branchOf(id)?.name || '—' : ''}</td>
                <td>{branchOf(id)?.ways[way]?.name || way + 1}</td>
                <td className="yz-figure yz-right">{share(taken)}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </section>
  )
}

function Events({ findings, plan, risk }: { findings: Findings; plan: Plan; risk: PlanRisk }) {
  const t = useText(text)
  const a = useText(analysisText)
  const formats = useFormats()
  const eventOf = (id: string) => risk.events.find(each => each.id === id)
  const paid = risk.events.some(({ cost }) => cost !== '')
  return (
    <section className="yz-section yz-stack">
      <h2>{t('events')}</h2>
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{t('eventName')}</th>
            <th scope="col" className="yz-right">
              {t('eventShare')}
            </th>
            <th scope="col" className="yz-right">
              {t('eventDelay')}
            </th>
            {paid && (
              <th scope="col" className="yz-right">
                {t('eventCostMean')}
              </th>
            )}
          </tr>
        </thead>
        <tbody className="yz-figure">
          {findings.events.map(({ id, share: happened, delay }) => (
            <tr key={id}>
              <td>{eventOf(id)?.name || '—'}</td>
              <td className="yz-right">{share(happened)}</td>
              <td className="yz-right">
                {delay === null ? '—' : `${delay < 0 ? '−' : ''}${a('days', { days: daysOf(plan, delay) })}`}
              </td>
              {paid && (
                <td className="yz-right">
                  {formats.moneyShort((happened * Number(eventOf(id)?.cost || 0)).toFixed(2))}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
