// 工期建议: open tasks planned shorter, or far longer, than finished work of their kind took; taken by a button, as any edit.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useBackground } from '@yingzao/ui/background/background'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useSay } from '@yingzao/ui/data/say'
import { durationPatch } from '@yingzao/ui/gantt/intent'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import type { PlanAdvice, PlanAdviceOutcome } from '../duration-advice.ts'
import type { History } from '../history-shape.ts'
import type { AdviceInput } from './advice.worker.ts'
import { AdviceTable } from './advice-table.tsx'
import { classText, text } from './advice-text.ts'
import { Nothing, PrintButton } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { NormForm } from './norm-form.tsx'
import type { PlanLookProps } from './plan-look.ts'
import { useHistory } from './use-history.ts'
import './advice.css'

const open = () => new Worker(new URL('./advice.worker.ts', import.meta.url), { type: 'module' })

/** Changes the duration of one task, in minutes of its own clock, with its line in the plan's history. */
export type Take = (task: string, minutes: number, summary: string) => Promise<void>

export default function PlanAdvicePage({ record, known: { plan }, link, mayEdit }: PlanLookProps) {
  const a = useText(analysisText)
  const t = useText(text)
  const say = useSay()
  const { history, type, error, retry } = useHistory(record)
  const { work, start } = useBackground<AdviceInput, never, PlanAdviceOutcome>(open)
  // What was found stays in sight while an edit is taken into account.
  const [last, setLast] = useState<PlanAdviceOutcome | null>(null)
  if (work.at === 'done' && work.result !== last) setLast(work.result)
  useEffect(() => {
    if (history) start({ plan, type, history })
  }, [plan, type, history, start])

  if (plan.tasks.length === 0) return <Nothing title={a('noTasks')}>{a('noTasksNext')}</Nothing>
  if (error) return <Failed error={error} retry={() => void retry()} />
  if (work.at === 'broken') return <Alert type="error" showIcon title={a('broken', { message: work.message })} />
  if (!history || !last) return <Waiting />
  if (!last.ok) return <Nothing title={a('incomputable')}>{a('incomputableNext')}</Nothing>
  if (last.advice.asked === 0) return <Nothing title={t('noOpen')}>{t('noOpenNext')}</Nothing>

  const take: Take = async (id, minutes, summary) => {
    const task = plan.tasks.find(each => each.id === id)
    if (!task) return
    const edits: PlanEdit[] = [{ kind: 'task.set', id, patch: durationPatch(plan, task, minutes) }]
    try {
      const answer = await link.send({ id: newId(), edits }, summary.slice(0, 300))
      if (!answer.ok) return say.bad(new Error(answer.message))
      say.undoable(summary, () => link.run('undo').then(() => say.good(t('undone'))))
    } catch (problem) {
      say.bad(problem)
    }
  }
  return <Shown id={record.id} plan={plan} history={history} advice={last.advice} take={mayEdit ? take : null} />
}

interface ShownProps {
  readonly id: string
  readonly plan: Plan
  readonly history: History
  readonly advice: PlanAdvice
  readonly take: Take | null
}

function Shown({ id, plan, history, advice, take }: ShownProps) {
  const t = useText(text)
  const formats = useFormats()
  const count = (verdict: string) => advice.rows.filter(row => row.advice.verdict === verdict).length
  const whole = (value: number) => formats.number(value, 0)
  const below = count('below')
  const comparable = advice.asked > advice.unknown
  return (
    <div className="yz-analysis">
      <section className="yz-section">
        <div className="yz-analysis-head">
          <h2>{t('title')}</h2>
          <PrintButton />
        </div>
        <Figures
          items={[
            { label: t('asked'), value: whole(advice.asked) },
            { label: t('below'), value: whole(below), tone: below > 0 ? 'bad' : undefined },
            { label: t('above'), value: whole(count('above')) },
            { label: t('within'), value: whole(advice.within) },
            { label: t('unknown'), value: whole(advice.unknown) },
          ]}
        />
        <p className="yz-soft yz-analysis-note">
          {t('note', { count: whole(history.tasks.length) })} {history.more && t('noteMore')}
          {!take && ` ${t('readOnly')}`}
        </p>
      </section>
      <section className="yz-section">
        {advice.rows.length > 0 ? (
          <AdviceTable id={id} plan={plan} rows={advice.rows} plans={history.plans} take={take} />
        ) : comparable ? (
          <p className="yz-good">{t('allWithin')}</p>
        ) : (
          <Alert type="info" showIcon title={t('noHistory')} description={t('noHistoryNext')} />
        )}
      </section>
      <Shares advice={advice} />
      {take && <NormForm plan={plan} take={take} />}
    </div>
  )
}

function Shares({ advice: { shares } }: { advice: PlanAdvice }) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const share = useMemo(() => (value: number) => `${formats.number(100 * value, 1)}%`, [formats])
  return (
    <section className="yz-section">
      <h2>{t('shares')}</h2>
      {shares === null ? (
        <p className="yz-soft">{t('sharesUnknown')}</p>
      ) : shares.length === 0 ? (
        <p className="yz-good">{t('sharesFine')}</p>
      ) : (
        shares.map(each => (
          <Alert
            key={each.class}
            type="warning"
            showIcon
            title={t('shareLow', {
              class: label(classText[each.class]),
              share: share(each.share),
              usual: share(each.usual),
              plans: each.plans,
              days: formats.number(each.missingDays, 0),
            })}
          />
        ))
      )}
    </section>
  )
}
