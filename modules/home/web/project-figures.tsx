// Figures of a project in a line or on a card: health, finish against contract, progress against time.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { dayGap, elapsedShare, type Health, type ProjectLine } from './project-line.ts'
import { text } from './text.ts'

const tones = { late: 'bad', watch: 'warn', good: 'good', unknown: 'neutral' } as const

export function HealthTag({ health }: { health: Health }) {
  const t = useText(text)
  return <span className={`yz-tag yz-tag-${tones[health]} yz-health`}>{t(health)}</span>
}

export function Finish({ line }: { line: ProjectLine }) {
  const t = useText(text)
  const formats = useFormats()
  const days = dayGap(line.contract, line.forecast)
  return (
    <div>
      <div className="yz-figure">
        {line.forecast ? (
          <strong className={days !== null && days > 0 ? 'yz-bad' : ''}>{formats.date(line.forecast)}</strong>
        ) : (
          <span className="yz-faint">{t('noForecast')}</span>
        )}
        <span className="yz-faint"> / {line.contract ? formats.date(line.contract) : t('noContract')}</span>
      </div>
      {days !== null && (
        <div className={`yz-small yz-figure ${days > 0 ? 'yz-bad' : 'yz-faint'}`}>
          {days > 0 ? t('lateBy', { days }) : days < 0 ? t('earlyBy', { days: -days }) : t('onTime')}
        </div>
      )}
    </div>
  )
}

/** Filled: work done. The mark: how much of the contract time has passed. */
export function ProgressBar({ line, now }: { line: ProjectLine; now: string }) {
  const t = useText(text)
  const done = line.progress ?? 0
  const elapsed = elapsedShare(line, now)
  const percent = (share: number) => `${Math.round(share * 100)}%`
  const words = t('progressOf', { done: percent(done), elapsed: elapsed === null ? '—' : percent(elapsed) })
  return (
    <div className="yz-progress-line" title={words}>
      <div className="yz-progress" role="img" aria-label={words}>
        <span className="yz-progress-done" style={{ width: percent(Math.min(1, done)) }} />
        {elapsed !== null && <span className="yz-progress-now" style={{ left: percent(elapsed) }} />}
      </div>
      <span className="yz-figure yz-small">{percent(done)}</span>
      <span className="yz-figure yz-small yz-faint">/ {elapsed === null ? '—' : percent(elapsed)}</span>
    </div>
  )
}
