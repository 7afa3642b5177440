// What is unusual, as a list of warnings to be read before it is submitted.
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert } from 'antd'
import type { Concern, VariationConcern } from '../figures-shape.ts'
import { text } from './text.ts'

const blank = {
  ...{
    count: 0,
    share: '',
    months: 0,
    cap: '',
    planned: '',
    sum: '',
    name: '',
    ceiling: '',
    changes: '',
    original: '',
    most: '',
    least: '',
  },
}

export function Concerns({ of }: { readonly of: readonly (Concern | VariationConcern)[] }) {
  const t = useText(text)
  if (of.length === 0) return null
  return (
    <Alert
      type="warning"
      showIcon
      title={t('checks')}
      description={
        <ul className="yz-plain-list">
          {of.map(({ code, values }) => (
            <li key={code}>{t(`c_${code}`, { ...blank, ...values })}</li>
          ))}
        </ul>
      }
    />
  )
}
