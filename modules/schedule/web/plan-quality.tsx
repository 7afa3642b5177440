// How well the plan is built: the DCMA 14 points with their measure and meaning, and the tasks behind each.
import { type CheckId, type CheckResult, checkQuality, type Finding } from '@yingzao/engines/quality'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { useMemo, useState } from 'react'
import { checkText, findingText, meaningText, repairText } from '../quality-text.ts'
import { More, Nothing, PrintButton, type TaskName, taskNames } from './analysis.tsx'
import { text } from './analysis-text.ts'
import type { PlanLookProps } from './plan-look.ts'
import { TaskLink } from './public.tsx'

/** Findings drawn at once; the rest on demand. */
const SHOWN = 20

const indices: ReadonlySet<CheckId> = new Set(['critical_path_length_index', 'baseline_execution_index'])
/** What a check that could not be judged is waiting for. */
const missing = (id: CheckId) => {
  if (id === 'invalid_dates') return 'missingStatus'
  if (id === 'resources') return 'missingResources'
  if (id === 'missed_tasks' || indices.has(id)) return 'missingBaseline'
  return 'missingOpen'
}

export default function PlanQuality({ record, known: { plan } }: PlanLookProps) {
  const t = useText(text)
  const formats = useFormats()
  const outcome = useMemo(() => checkQuality(plan), [plan])
  const names = useMemo(() => taskNames(plan), [plan])
  if (plan.tasks.length === 0) return <Nothing title={t('noTasks')}>{t('noTasksNext')}</Nothing>
  if (!outcome.ok) return <Nothing title={t('incomputable')}>{t('incomputableNext')}</Nothing>
  const { checks, score, confidence } = outcome.quality
  const count = (passed: boolean | null) => checks.filter(check => check.passed === passed).length
  // What failed comes first, the heavier part of the list to read.
  const order = [false, true, null]
  const sorted = [...checks].sort((a, b) => order.indexOf(a.passed) - order.indexOf(b.passed))
  return (
    <div className="yz-analysis">
      <section className="yz-section">
        <div className="yz-analysis-head">
          <h2>{t('score')}</h2>
          <PrintButton />
        </div>
        <p>
          <span className="yz-analysis-score">{formats.number(score, 1)}</span>{' '}
          <span className="yz-soft">{t('outOf')}</span>
        </p>
        <p className="yz-soft yz-analysis-note">
          {count(false) === 0 && <strong className="yz-good">{t('perfect')} </strong>}
          {t('scoreNote', {
            failed: count(false),
            passed: count(true),
            open: count(null),
            share: `${Math.round(100 * confidence)}%`,
          })}
        </p>
      </section>
      <section className="yz-section">
        {sorted.map(check => (
          <Check key={check.id} plan={plan} id={record.id} check={check} names={names} />
        ))}
      </section>
    </div>
  )
}

interface CheckProps {
  readonly plan: Plan
  readonly id: string
  readonly check: CheckResult
  readonly names: ReadonlyMap<string, TaskName>
}

function Check({ plan, id, check, names }: CheckProps) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const shown = (value: number | null) =>
    value === null ? '—' : indices.has(check.id) ? formats.number(value, 2) : `${formats.number(100 * value, 1)}%`
  const verdict = check.passed === null ? 'unjudged' : check.passed ? 'passed' : 'failed'
  const tone = { unjudged: 'neutral', passed: 'good', failed: 'bad' }[verdict]
  const limit = shown(check.limit)
  return (
    <details className="yz-check">
      <summary>
        <span>
          <span className={`yz-tag yz-tag-${tone}`}>{t(verdict)}</span>
        </span>
        <strong>{label(checkText[check.id])}</strong>
        <span className="yz-figure yz-check-figure">{t('measure', { value: shown(check.value) })}</span>
        <span className="yz-figure yz-faint yz-check-figure">
          {check.side === 'most' ? t('atMost', { limit }) : t('atLeast', { limit })}
        </span>
      </summary>
      <div className="yz-check-body yz-stack">
        <p className="yz-soft yz-analysis-note">{label(meaningText[check.id])}</p>
        {check.passed === null ? (
          <p>{t('unjudgedWhy', { missing: t(missing(check.id)) })}</p>
        ) : indices.has(check.id) ? (
          <p className="yz-faint">{t('indexNoFindings')}</p>
        ) : check.findings.length === 0 ? (
          <p className="yz-good">{t('noFindings')}</p>
        ) : (
          <FoundTasks plan={plan} id={id} check={check} names={names} />
        )}
      </div>
    </details>
  )
}

function FoundTasks({ plan, id, check, names }: CheckProps) {
  const t = useText(text)
  const label = useLabel()
  const [most, setMost] = useState(SHOWN)
  const links = useMemo(() => new Map(plan.links.map(link => [link.id, link])), [plan])
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const what = ({ code, link: by, value = 0 }: Finding) => {
    const link = by === undefined ? undefined : links.get(by)
    const amount = code === 'lead' || code === 'lag' ? value / perDay : value
    const rounded = String(Math.round(amount * 10) / 10).replace('-', '−')
    return fill(label(findingText[code]), {
      value: code === 'not_driving_finish' ? `${Math.round(100 * value)}%` : rounded,
      from: (link && names.get(link.from)?.name) ?? '',
      type: link?.type ?? '',
    })
  }
  const rest = check.findings.length - most
  return (
    <>
      <p className="yz-faint yz-figure">{t('counted', { count: check.count, of: check.of })}</p>
      <div className="yz-scroll-x">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('number')}</th>
              <th scope="col">{t('task')}</th>
              <th scope="col">{t('finding')}</th>
              <th scope="col">{t('repair')}</th>
            </tr>
          </thead>
          <tbody>
            {check.findings.slice(0, most).map(each => {
              const name = names.get(each.task)
              return (
                <tr key={`${each.task} ${each.code} ${each.link ?? ''}`}>
                  <td className="yz-figure">{name?.number}</td>
                  <td>
                    <TaskLink plan={id} task={each.task}>
                      {name?.name || '—'}
                    </TaskLink>
                  </td>
                  <td className="yz-figure">{what(each)}</td>
                  <td className="yz-soft">{label(repairText[each.repair])}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <More rest={rest} step={10 * SHOWN} onMore={() => setMost(most + 10 * SHOWN)} />
    </>
  )
}
