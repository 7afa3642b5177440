// 延误预测: open tasks by their chance of finishing late, why, and how right such chances were before.
import type { DelayReason, DelayRisk } from '@yingzao/engines/prediction'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useBackground } from '@yingzao/ui/background/background'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { Alert } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { PlanDelays } from '../delay-risk.ts'
import { promiseOf } from '../promise.ts'
import { dayText, More, Nothing, PrintButton, taskNames } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import type { DelayInput } from './delay.worker.ts'
import { featureText, text, yesNo } from './delay-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import { TaskLink } from './public.tsx'
import { useHistory } from './use-history.ts'
import './advice.css'

const open = () => new Worker(new URL('./delay.worker.ts', import.meta.url), { type: 'module' })

/** The plan's own moment: its status date, else the wall clock of whoever looks. */
function nowOf(plan: Plan): number {
  const now = new Date()
  return plan.options.statusDate ?? Math.floor(now.getTime() / 60_000) - now.getTimezoneOffset()
}

export default function PlanDelay({ record, known: { plan } }: PlanLookProps) {
  const a = useText(analysisText)
  const t = useText(text)
  const { history, error, retry } = useHistory(record)
  const { work, start } = useBackground<DelayInput, never, PlanDelays>(open)
  const [last, setLast] = useState<PlanDelays | null>(null)
  if (work.at === 'done' && work.result !== last) setLast(work.result)
  const now = useMemo(() => nowOf(plan), [plan])
  useEffect(() => {
    if (history) start({ id: record.id, plan, history, now })
  }, [record.id, plan, history, now, start])

  if (plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>
  if (error) return <Failed error={error} retry={() => void retry()} />
  if (work.at === 'broken') return <Alert type="error" showIcon title={a('broken', { message: work.message })} />
  if (!last) return <Waiting />
  if (last.open === 0) return <Nothing title={t('allFinished')}>{t('allFinishedNext')}</Nothing>
  if (last.unpromised === last.open) return <Nothing title={t('noBaseline')}>{t('noBaselineNext')}</Nothing>
  return <Shown id={record.id} plan={plan} delays={last} now={now} />
}

interface ShownProps {
  readonly id: string
  readonly plan: Plan
  readonly delays: PlanDelays
  readonly now: number
}

function Shown({ id, plan, delays, now }: ShownProps) {
  const t = useText(text)
  const formats = useFormats()
  const share = (value: number) => `${formats.number(100 * value, 0)}%`
  const { method, reason, record, labelled } = delays
  const skill = record ? formats.number(record.skill, 2) : '—'
  const auc = record && record.auc !== null ? formats.number(record.auc, 2) : '—'
  return (
    <div className="yz-analysis">
      <section className="yz-section">
        <div className="yz-analysis-head">
          <h2>{t('title')}</h2>
          <PrintButton />
        </div>
        <Figures
          items={[
            { label: t('method'), value: t(`method_${method}`) },
            { label: t('rate'), value: share(delays.rate) },
            ...(record
              ? [
                  { label: t('skill'), value: skill, note: t('skillNote') },
                  { label: t('auc'), value: auc, note: t('aucNote') },
                  { label: t('ece'), value: share(record.ece), note: t('eceNote', { count: record.count }) },
                ]
              : []),
          ]}
        />
        <p className="yz-soft yz-analysis-note">
          {t('note', { count: formats.number(labelled, 0), date: dayText(now) })}
        </p>
        {reason && <Alert type="info" showIcon title={t(reason, { count: formats.number(labelled, 0), skill, auc })} />}
      </section>
      <section className="yz-section">
        {delays.risks.length > 0 ? <Risks id={id} plan={plan} risks={delays.risks} /> : <p>{t('none')}</p>}
        <p className="yz-faint">
          {t('left', { overdue: delays.overdue.length, far: delays.far, unpromised: delays.unpromised })}
        </p>
      </section>
      {record && reason === null && (
        <section className="yz-section">
          <h2>{t('record')}</h2>
          <p className="yz-soft">{t('recordNote', { count: formats.number(record.count, 0) })}</p>
          <table className="yz-plain-table yz-delay-record">
            <thead>
              <tr>
                {(['said', 'happened', 'judged'] as const).map(key => (
                  <th key={key} scope="col" className="yz-right">
                    {t(key)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {record.reliability.map(({ said, happened, count }) => (
                <tr key={said}>
                  <td className="yz-figure yz-right">{share(said)}</td>
                  <td className="yz-figure yz-right">{share(happened)}</td>
                  <td className="yz-figure yz-right">{formats.number(count, 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </div>
  )
}

/** Rows drawn at once; the rest on demand. */
const SHOWN = 50
const LIKELY = 0.5

function Risks({ id, plan, risks }: { id: string; plan: Plan; risks: readonly DelayRisk[] }) {
  const t = useText(text)
  const a = useText(analysisText)
  const formats = useFormats()
  const [most, setMost] = useState(SHOWN)
  const names = useMemo(() => taskNames(plan), [plan])
  const promises = useMemo(() => new Map(plan.tasks.map(each => [each.id, promiseOf(each)])), [plan])
  const words = useReasonWords()
  return (
    <>
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-delay">
          <thead>
            <tr>
              <th scope="col">{a('number')}</th>
              <th scope="col">{a('task')}</th>
              <th scope="col">{t('promised')}</th>
              <th scope="col" className="yz-right">
                {t('probability')}
              </th>
              <th scope="col">{t('reasons')}</th>
            </tr>
          </thead>
          <tbody>
            {risks.slice(0, most).map(({ task, probability, reasons }) => {
              const promise = promises.get(task)
              return (
                <tr key={task}>
                  <td className="yz-figure">{names.get(task)?.number}</td>
                  <td>
                    <TaskLink plan={id} task={task}>
                      {names.get(task)?.name || '—'}
                    </TaskLink>
                  </td>
                  <td className="yz-figure yz-nowrap">{promise && dayText(promise.finish)}</td>
                  <td className={`yz-figure yz-right ${probability >= LIKELY ? 'yz-bad' : ''}`}>
                    {formats.number(100 * probability, 0)}%
                  </td>
                  <td className="yz-soft">
                    {reasons.length === 0 ? (
                      t('noReasons')
                    ) : (
                      <ul className="yz-delay-reasons">
                        {reasons.map(each => (
                          <li key={each.feature}>{words(each)}</li>
                        ))}
                      </ul>
                    )}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <More rest={risks.length - most} step={SHOWN * 4} onMore={() => setMost(most + SHOWN * 4)} />
    </>
  )
}

/** "predecessors 3 d late: more likely". */
function useReasonWords(): (reason: DelayReason) => string {
  const t = useText(text)
  const y = useText(yesNo)
  const label = useLabel()
  const formats = useFormats()
  const shown = ({ feature, value }: DelayReason): string => {
    switch (feature) {
      case 'constrained':
        return y(value > 0 ? 'yes' : 'no')
      case 'person_late':
      case 'plan_late':
      case 'class_late':
      case 'rain':
        return `${formats.number(100 * value, 0)}%`
      case 'length':
        return formats.number(Math.expm1(value), 0)
      default:
        return formats.number(value, value % 1 === 0 ? 0 : 1)
    }
  }
  return reason => {
    const words = fill(label(featureText[reason.feature]), { value: shown(reason) })
    return t(reason.weight > 0 ? 'raises' : 'lowers', { reason: words })
  }
}
