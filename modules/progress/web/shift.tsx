// A distance in days from what was promised: later is bad, earlier is good.
import { useText } from '@yingzao/ui/text/language.tsx'
import { text } from './text.ts'

export function Shift({ days }: { days: number }) {
  const t = useText(text)
  if (days === 0) return <span className="yz-soft">{t('same')}</span>
  return (
    <span className={`yz-tag yz-figure ${days > 0 ? 'yz-tag-bad' : 'yz-tag-good'}`}>
      {days > 0 ? t('later', { days }) : t('earlier', { days: -days })}
    </span>
  )
}
