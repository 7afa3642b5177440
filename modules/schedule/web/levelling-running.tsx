// A search under way: how far it is, the best so far and the bound, and the two ways to end it.
import type { LevelProgress } from '@yingzao/engines/levelling'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Progress } from 'antd'
import { useEffect, useRef } from 'react'
import { dayText } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly progress: LevelProgress | null
  readonly cancel: () => void
  readonly finish: () => void
}

export function SearchRunning({ progress, cancel, finish }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const percent = Math.round(100 * (progress?.share ?? 0))
  const card = useRef<HTMLElement>(null)
  useEffect(() => card.current?.scrollIntoView({ block: 'nearest' }), [])
  return (
    <section className="yz-res-card" ref={card} aria-label={t('running')}>
      <div className="yz-flex">
        <strong>{t('running')}</strong>
        <span className="yz-grow" />
        <Button disabled={!progress} onClick={finish}>
          {t('take')}
        </Button>
        <Button onClick={cancel}>{t('cancel')}</Button>
      </div>
      <Progress percent={percent} aria-label={t('running')} />
      {progress && (
        <p className="yz-figure yz-soft">
          {t('best', { finish: dayText(progress.finish) })} · {t('bestBound', { bound: dayText(progress.bound) })} ·{' '}
          {t('tried', { count: formats.integer(progress.schedules) })}
        </p>
      )}
    </section>
  )
}
