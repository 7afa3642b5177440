// 工期建议 of one task, under its duration in the Gantt's panel: P50 and P80 of finished work of its kind, the evidence, and a
// button that takes one, as an ordinary edit of the Gantt.
import type { RecordJson } from '@yingzao/kernel/entity'
import type { DurationNote } from '@yingzao/ui/gantt/gantt.tsx'
import { durationPatch } from '@yingzao/ui/gantt/intent'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { fill } from '@yingzao/ui/text/words'
import { Button, Modal } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { type TaskAdvice as Advised, roundedDays, taskAdviser } from '../duration-advice.ts'
import { AdviceEvidence } from './advice-evidence.tsx'
import { classText, levelText, text } from './advice-text.ts'
import { useHistory } from './use-history.ts'
import './advice.css'

type Props = Parameters<DurationNote>[0] & { readonly record: RecordJson }

export default function TaskAdvice({ record, plan, task: id, edit }: Props) {
  const t = useText(text)
  const label = useLabel()
  const formats = useFormats()
  const { history, type } = useHistory(record)
  const adviser = useMemo(() => history && taskAdviser(type, history), [history, type])
  const [found, setFound] = useState<Advised | null>(null)
  const [open, setOpen] = useState(false)
  // The panel opens first: thousands of finished tasks are compared after it stands.
  useEffect(() => {
    const timer = window.setTimeout(() => setFound(adviser?.(plan, id) ?? null))
    return () => window.clearTimeout(timer)
  }, [adviser, plan, id])
  const task = plan.tasks.find(each => each.id === id)
  if (!history || !task || found?.task !== id) return null
  const { advice, elapsed, count } = found
  const inDays = (value: number) => t(elapsed ? 'calendarDays' : 'workDays', { days: formats.number(value, 1) })
  const perDay = elapsed ? 1440 : Math.max(1, plan.options.minutesPerDay)
  const quantiles = [
    ['P50', advice.p50],
    ['P80', advice.p80],
  ] as const
  return (
    <div className="yz-advice-note" role="note" aria-label={t('title')}>
      <span className="yz-soft">{t('history')}</span>
      <div>
        <div className="yz-flex">
          <span className={advice.verdict === 'below' ? 'yz-bad' : ''}>
            {t('quantiles', { p50: inDays(advice.p50), p80: inDays(advice.p80) })}
          </span>
          {edit &&
            quantiles.map(([quantile, value]) => {
              const days = roundedDays(value, elapsed)
              const minutes = Math.round(days * perDay)
              return (
                <Button
                  key={quantile}
                  size="small"
                  disabled={minutes === task.duration}
                  aria-label={t('takeOne', { task: task.name, quantile, days: inDays(days) })}
                  title={t('takeOne', { task: task.name, quantile, days: inDays(days) })}
                  onClick={() => edit([{ kind: 'task.set', id, patch: durationPatch(plan, task, minutes) }])}
                >
                  {quantile}
                </Button>
              )
            })}
        </div>
        <button type="button" className="yz-link yz-advice-why" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t(advice.verdict)}
          {' · '}
          {fill(label(levelText[advice.level]), {
            count,
            class: advice.class === null ? '' : label(classText[advice.class]),
          })}
        </button>
      </div>
      <Modal
        open={open}
        title={t('evidenceOf', { task: task.name })}
        footer={null}
        width={720}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <div className="yz-scroll-x">
          <AdviceEvidence row={found} plans={history.plans} />
        </div>
      </Modal>
    </div>
  )
}
