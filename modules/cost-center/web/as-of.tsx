// 截至: the day that the figures are of; empty is now.
import { isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { useText } from '@yingzao/ui/text/language.tsx'
import { lazy, Suspense, useId } from 'react'
import { text } from './text.ts'

const DayPicker = lazy(() => import('@yingzao/ui/field/day-picker.tsx'))

interface Props {
  readonly until: PlainDate | undefined
  readonly choose: (until: PlainDate | undefined) => void
}

export function AsOf({ until, choose }: Props) {
  const t = useText(text)
  const id = useId()
  return (
    <>
      <div className="yz-flex yz-cost-bar">
        <label htmlFor={id}>{t('asOf')}</label>
        <div className="yz-cost-day">
          <Suspense fallback={null}>
            <DayPicker
              id={id}
              time={false}
              value={until ?? ''}
              onChange={value => choose(isPlainDate(value) ? value : undefined)}
            />
          </Suspense>
        </div>
        <span className="yz-soft">{t('basis')}</span>
      </div>
      {until && <p className="yz-soft">{t('pastNote')}</p>}
    </>
  )
}
