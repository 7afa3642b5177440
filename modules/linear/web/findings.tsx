// Who gets in whose way, where and when; and metres that nobody is planned for.
import { formatMinute, MINUTES_PER_DAY } from '@yingzao/engines/schedule/civil'
import { useText } from '@yingzao/ui/text/language.tsx'
import { TaskLink } from '../../schedule/web/public.tsx'
import type { ChartAlignment, ChartStretch } from '../shape.ts'
import type { LocationScene } from './scene.ts'
import { text } from './text.ts'

interface Props {
  readonly scene: LocationScene
  readonly alignment: ChartAlignment
  readonly stretches: readonly ChartStretch[]
  readonly plan: string
  readonly sides: Readonly<Record<'left' | 'right', string>>
  readonly place: (at: number) => string
}

const dayOf = (minute: number) => formatMinute(Math.round(minute)).slice(0, 10)
const tenth = (value: number) => String(Math.round(value * 10) / 10)

export function Findings({ scene, alignment, stretches, plan, sides, place }: Props) {
  const t = useText(text)
  const of = new Map(stretches.map(each => [each.id, each]))
  const { conflicts, gaps } = scene
  return (
    <section className="yz-section">
      <h2>{t('conflicts')}</h2>
      <p className="yz-soft">{t('conflictNote', { metres: alignment.bufferMetres, days: alignment.bufferDays })}</p>
      {conflicts.length === 0 ? (
        <p>
          <strong>{t('noConflict')}</strong>
        </p>
      ) : (
        <div className="yz-scroll-x">
          <table className="yz-plain-table">
            <thead>
              <tr>
                <th scope="col">{t('who')}</th>
                <th scope="col">{t('what')}</th>
                <th scope="col">{t('where')}</th>
                <th scope="col">{t('when')}</th>
              </tr>
            </thead>
            <tbody>
              {conflicts.map(each => (
                <tr key={`${each.a} ${each.b}`}>
                  <td>
                    {[of.get(each.a), of.get(each.b)].map((one, i) =>
                      one ? (
                        <div key={one.id}>
                          {i > 0 && '× '}
                          <TaskLink plan={plan} task={one.task}>
                            {one.name}
                          </TaskLink>
                        </div>
                      ) : null,
                    )}
                  </td>
                  <td className="yz-bad">
                    {each.kind === 'same_place'
                      ? t('same_place')
                      : each.kind === 'too_close'
                        ? t('too_close', { least: tenth(each.least) })
                        : t('too_soon', { least: tenth(each.least / MINUTES_PER_DAY) })}
                  </td>
                  <td className="yz-figure">{place(each.at)}</td>
                  <td className="yz-figure">
                    {dayOf(each.from)}
                    {dayOf(each.to) === dayOf(each.from) ? '' : ` – ${dayOf(each.to)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {gaps.length > 0 && (
        <>
          <h2>{t('gaps')}</h2>
          <ul className="yz-plain-list">
            {gaps.map(each => (
              <li key={`${each.kind} ${each.side} ${each.from}`} className="yz-warn">
                {t('gapOf', {
                  ...{ work: each.kind, side: sides[each.side], from: place(each.from), to: place(each.to) },
                  length: tenth(each.to - each.from),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
