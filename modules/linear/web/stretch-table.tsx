// The stretches as a table: where, when, how far, and whether the plan asks for more a day than the crew does.
import { formatMinute } from '@yingzao/engines/schedule/civil'
import { doneOf } from '@yingzao/engines/time-location'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { TaskLink } from '../../schedule/web/public.tsx'
import type { ChartStretch } from '../shape.ts'
import { text } from './text.ts'

interface Props {
  readonly stretches: readonly ChartStretch[]
  readonly plan: string
  readonly place: (at: number) => string
  readonly sides: Readonly<Record<'left' | 'right', string>>
}

const dayOf = (minute: number) => formatMinute(Math.round(minute)).slice(0, 10)
const tenth = (value: number) => String(Math.round(value * 10) / 10)
/** A pace that is a hair above the rate is rounding. */
const SLACK = 1.005

export function StretchTable({ stretches, plan, place, sides }: Props) {
  const t = useText(text)
  return (
    <section className="yz-section">
      <h2>{t('stretches')}</h2>
      <div className="yz-scroll-x">
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('task')}</th>
              <th scope="col">{t('work')}</th>
              <th scope="col">{t('from')}</th>
              <th scope="col">{t('to')}</th>
              <th scope="col">{t('side')}</th>
              <th scope="col" className="yz-right">
                {t('length')}
              </th>
              <th scope="col" className="yz-right">
                {t('donePart')}
              </th>
              <th scope="col">{t('dates')}</th>
              <th scope="col" className="yz-right">
                {t('pace')}
              </th>
              <th scope="col" className="yz-right">
                {t('rate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {stretches.map(each => {
              const length = Math.abs(each.to - each.from)
              const { done, all } = doneOf(each, each.reports)
              const pace = each.workDays > 0 ? length / each.workDays : null
              const fast = each.rate !== null && pace !== null && !each.finished && pace > each.rate * SLACK
              return (
                <tr key={each.id}>
                  <th scope="row">
                    <TaskLink plan={plan} task={each.task}>
                      {each.name}
                    </TaskLink>
                  </th>
                  <td>
                    <RecordLink entity={{ module: 'linear', name: 'stretch' }} id={each.id}>
                      {each.work}
                    </RecordLink>
                  </td>
                  <td className="yz-figure">{place(each.from)}</td>
                  <td className="yz-figure">{place(each.to)}</td>
                  <td>{each.side === 'both' ? t('both') : sides[each.side]}</td>
                  <td className="yz-right yz-figure">{tenth(length)}</td>
                  <td className="yz-right yz-figure">
                    {each.finished ? 100 : Math.round((100 * done) / Math.max(1, all))}%
                  </td>
                  <td className="yz-figure">
                    {dayOf(each.start)} – {dayOf(each.finish)}
                  </td>
                  <td className="yz-right yz-figure">
                    {pace === null ? '—' : tenth(pace)}
                    {fast && each.rate !== null && (
                      <div className="yz-bad">{t('tooFast', { days: Math.ceil(length / each.rate) })}</div>
                    )}
                  </td>
                  <td className="yz-right yz-figure">{each.rate === null ? '—' : tenth(each.rate)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}
