// The numbers a template asks for, and what it becomes with them.
import { expandTemplate, type PlanTemplate, templatePlan } from '@yingzao/engines/plan-template'
import { calendarClock, compute } from '@yingzao/engines/schedule'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { InputNumber } from 'antd'
import { useId, useMemo } from 'react'
import { text } from './template-text.ts'

export type Counts = Readonly<Record<string, number>>

type Outlook =
  | { readonly ok: true; readonly tasks: number; readonly days: number }
  | { readonly ok: false; readonly code: 'parameter' | 'too_many'; readonly at: string }

/** How many tasks and working days it makes, in weeks of five days. */
export function outlookOf(template: PlanTemplate, counts: Counts): Outlook {
  let last = 0
  const outcome = expandTemplate(template, counts, () => `${++last}`)
  if (!outcome.ok) return { ok: false, ...outcome.error }
  const plan = templatePlan({ ...template, ...outcome.plan }, '', 0)
  const [computed, clock] = [compute(plan), calendarClock(plan.calendars, plan.options.calendar)]
  const minutes = computed.ok && clock.ok ? clock.clock.work(computed.schedule.start, computed.schedule.finish) : 0
  return { ok: true, tasks: plan.tasks.length, days: Math.ceil(minutes / template.minutesPerDay) }
}

interface Props {
  readonly template: PlanTemplate
  readonly counts: Counts
  readonly onChange: (counts: Counts) => void
}

export function TemplateCounts({ template, counts, onChange }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const ids = useId()
  const outlook = useMemo(() => outlookOf(template, counts), [template, counts])
  return (
    <div className="yz-template-counts">
      {template.parameters.map(({ key, name, count }) => (
        <div key={key} className="yz-template-count">
          <label htmlFor={`${ids}-${key}`}>{name}</label>
          <InputNumber
            id={`${ids}-${key}`}
            min={1}
            max={500}
            precision={0}
            value={counts[key] ?? count}
            onChange={value => onChange({ ...counts, [key]: value ?? 1 })}
          />
        </div>
      ))}
      <p className={outlook.ok ? 'yz-soft' : 'yz-bad'} role="status">
        {outlook.ok
          ? t('becomes', { tasks: formats.integer(outlook.tasks), days: formats.integer(outlook.days) })
          : outlook.code === 'too_many'
            ? t('tooMany', { count: outlook.at })
            : t('badCount', { name: outlook.at })}
      </p>
    </div>
  )
}
