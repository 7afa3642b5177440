// "When will it be done", with how often such an answer has held so far — or that there is too little to say.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { Forecast } from '../report.ts'
import { text } from './text.ts'

/** Fewer weeks than this say nothing (engines/flow). */
const leastWeeks = 4

export function ForecastCard({ forecast }: { forecast: Forecast | null }) {
  const t = useText(text)
  const formats = useFormats()
  if (!forecast || forecast.weeks < leastWeeks)
    return <p className="yz-soft">{t('tooEarly', { weeks: forecast?.weeks ?? 0, least: leastWeeks })}</p>
  if (forecast.remaining === 0) return <p className="yz-good">{t('allDone')}</p>
  if (forecast.levels.every(each => each.weeks === null))
    return <p className="yz-soft">{t('neverDone', { remaining: forecast.remaining })}</p>
  const { judged, needed } = forecast
  const corrected = forecast.levels.some(each => each.hitRate !== null)
  const percent = (share: number | null) => (share === null ? '—' : `${Math.round(100 * share)}%`)
  return (
    <>
      <p>{t('forecastOf', { remaining: forecast.remaining, weeks: forecast.weeks })}</p>
      {!corrected && <Alert type="warning" showIcon title={t('uncorrected', { judged, needed })} />}
      <div className="yz-scroll-x">
        <table className="yz-plain-table yz-agile-forecast">
          <thead>
            <tr>
              <th scope="col">{t('confidence')}</th>
              <th scope="col">{t('doneBy')}</th>
              <th scope="col" className="yz-right">
                {t('inWeeks')}
              </th>
              {corrected &&
                (['drawn', 'factor', 'hitRate', 'drawnHitRate'] as const).map(key => (
                  <th key={key} scope="col" className="yz-right">
                    {t(key)}
                  </th>
                ))}
            </tr>
          </thead>
          <tbody>
            {forecast.levels.map(each => (
              <tr key={each.level} className="yz-figure">
                <td>{percent(each.level)}</td>
                <td>
                  <strong>{each.on === null ? t('beyond') : formats.date(each.on)}</strong>
                </td>
                <td className="yz-right">{each.weeks ?? '—'}</td>
                {corrected && (
                  <>
                    <td className="yz-right yz-soft">{each.drawn ?? '—'}</td>
                    <td className="yz-right yz-soft">×{each.factor.toFixed(2)}</td>
                    <td className="yz-right">
                      {each.hitRate === null ? '—' : t('hitOf', { rate: percent(each.hitRate), judged: each.judged })}
                    </td>
                    <td className="yz-right yz-soft">{percent(each.drawnHitRate)}</td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="yz-faint yz-agile-note">{t(corrected ? 'correctedNote' : 'drawnNote')}</p>
    </>
  )
}
