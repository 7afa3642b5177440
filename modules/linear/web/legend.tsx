// What lines, blocks and colours mean.
import { useText } from '@yingzao/ui/text/language.tsx'
import type { ReactNode } from 'react'
import { text } from './text.ts'

const sign = (drawn: ReactNode) => (
  <svg width={26} height={12} aria-hidden="true" className="yz-lin">
    {drawn}
  </svg>
)
const line = (name: string) => sign(<path className={name} d="M1 6H25" />)
const states = ['done', 'behind', 'active', 'open'] as const

export function Legend({ kinds }: { kinds: readonly string[] }) {
  const t = useText(text)
  return (
    <ul className="yz-lin-legend yz-grow">
      {kinds.map((kind, i) => (
        <li key={kind} data-kind={i % 6}>
          {line('yz-lin-plan')}
          {kind}
        </li>
      ))}
      <li>
        {line('yz-lin-promise')}
        {t('legendPromise')}
      </li>
      <li>
        {line('yz-lin-actual')}
        {t('legendActual')}
      </li>
      <li>
        {line('yz-lin-forecast')}
        {t('legendForecast')}
      </li>
      <li>
        {sign(<circle className="yz-lin-conflict" cx={12} cy={6} r={5} />)}
        {t('legendConflict')}
      </li>
      <li>{t('legendRight')}</li>
      {states.map(state => (
        <li key={state}>
          {sign(<rect className="yz-lin-piece" data-state={state} x={1} y={1} width={24} height={10} />)}
          {t(state)}
        </li>
      ))}
    </ul>
  )
}
