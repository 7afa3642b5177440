// Filters, groups and order of the portfolio; only values that some project has are offered.
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Segmented, Select } from 'antd'
import type { Portfolio } from '../shape.ts'
import { type Choice, groupings, type Narrowing, narrowings, type Order, orders } from './choice.ts'
import { text } from './text.ts'
import { useNames } from './use-names.ts'

interface Props {
  readonly portfolio: Portfolio
  readonly shown: number
  readonly choice: Choice
  /** Does the look draw groups? */
  readonly groups: boolean
  readonly onChoose: (choice: Choice) => void
}

const anyOf = { company: 'anyCompany', type: 'anyType', stage: 'anyStage', health: 'anyHealth' } as const

export function ChoiceBar({ portfolio, shown, choice, groups, onChoose }: Props) {
  const t = useText(text)
  const meta = useMeta()
  const nameOf = useNames(portfolio)
  const project = entityOf(meta, 'project')
  const valuesOf = (name: Narrowing) => [...new Set(portfolio.lines.map(line => line[name]))]
  const offered = narrowings.filter(name => valuesOf(name).length > 1 || choice.only[name] !== undefined)
  return (
    <div className="yz-pf-bar yz-no-print">
      {project &&
        offered.map(name => (
          <Select
            key={name}
            aria-label={t(name)}
            className="yz-pf-pick"
            value={choice.only[name] ?? ''}
            onChange={value => {
              const { [name]: _, ...rest } = choice.only
              onChoose({ ...choice, only: value === '' ? rest : { ...rest, [name]: value } })
            }}
            options={[
              { value: '', label: t(anyOf[name]) },
              ...valuesOf(name).map(value => ({ value, label: nameOf(name, value) })),
            ]}
          />
        ))}
      {groups && (
        <Segmented
          aria-label={t('group')}
          value={choice.group ?? 'none'}
          onChange={value => onChoose({ ...choice, group: groupings.find(each => each === value) ?? null })}
          options={[...groupings.map(value => ({ value, label: t(value) })), { value: 'none', label: t('noGroup') }]}
        />
      )}
      <Select<Order>
        aria-label={t('sort')}
        prefix={<span className="yz-faint">{t('sort')}</span>}
        className="yz-pf-pick"
        value={choice.order}
        onChange={order => onChoose({ ...choice, order })}
        options={orders.map(value => ({ value, label: t(value) }))}
      />
      {shown < portfolio.lines.length && (
        <span className="yz-soft" role="status">
          {t('shown', { shown, all: portfolio.lines.length })}
        </span>
      )}
    </div>
  )
}
