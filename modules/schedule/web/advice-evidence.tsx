// The finished tasks behind an advice, each with the way to its own plan.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import type { TaskAdvice } from '../duration-advice.ts'
import type { HistoryPlan } from '../history-shape.ts'
import { text } from './advice-text.ts'
import { dayText } from './analysis.tsx'
import { text as analysisText } from './analysis-text.ts'
import { TaskLink } from './public.tsx'

interface Props {
  readonly row: TaskAdvice
  readonly plans: Readonly<Record<string, HistoryPlan>>
}

export function AdviceEvidence({ row, plans }: Props) {
  const t = useText(text)
  const a = useText(analysisText)
  const formats = useFormats()
  const ratio = row.advice.basis === 'ratio'
  const took = (each: TaskAdvice['evidence'][number]) =>
    row.elapsed
      ? t('calendarDays', { days: formats.number(each.calendarDays, 1) })
      : t('workDays', { days: formats.number(each.workDays, 1) })
  return (
    <>
      <p className="yz-faint">{t('evidence', { shown: row.evidence.length, count: row.count })}</p>
      <table className="yz-plain-table">
        <thead>
          <tr>
            <th scope="col">{a('task')}</th>
            <th scope="col">{t('project')}</th>
            <th scope="col" className="yz-right">
              {t('actual')}
            </th>
            {ratio && (
              <th scope="col" className="yz-right">
                {t('ratio')}
              </th>
            )}
            <th scope="col">{t('finished')}</th>
          </tr>
        </thead>
        <tbody>
          {row.evidence.map(each => (
            <tr key={each.id}>
              <td>
                <TaskLink plan={each.plan} task={each.id}>
                  {each.name}
                </TaskLink>
              </td>
              <td className="yz-soft">{plans[each.plan]?.projectName ?? plans[each.plan]?.name}</td>
              <td className="yz-figure yz-right">{took(each)}</td>
              {ratio && (
                <td className="yz-figure yz-right">{each.ratio === null ? '—' : formats.number(each.ratio, 2)}</td>
              )}
              <td className="yz-figure">{dayText(each.finish)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
