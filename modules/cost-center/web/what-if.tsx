// 假如…: what the gate says of another amount on an item, and what becomes of deviation and margin.
import { overBudget } from '@yingzao/engines/dynamic-cost'
import {
  add,
  compare,
  type Decimal,
  formatAmount,
  formatPercent,
  parseDecimal,
  subtract,
  sum,
} from '@yingzao/engines/money'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { InputNumber, Select, Tag } from 'antd'
import { useId, useState } from 'react'
import { levels } from '../reckon.ts'
import type { ProjectCost } from '../shape.ts'
import { text } from './text.ts'

const tones = { pass: 'success', warn: 'warning', escalate: 'error', block: 'error' } as const
const says = { pass: 'passSays', warn: 'warnSays', escalate: 'escalateSays', block: 'blockSays' } as const

export function WhatIf({ cost }: { readonly cost: ProjectCost }) {
  const t = useText(text)
  const ids = { item: useId(), amount: useId() }
  const leaves = cost.rows.filter(row => row.leaf)
  const [item, setItem] = useState(leaves[0]?.item)
  const [typed, setTyped] = useState<string | null>(null)
  const row = leaves.find(each => each.item === item)
  if (!row) return <p className="yz-soft">{t('empty')}</p>
  const amount = parseDecimal(typed ?? '') ?? '0'
  const used = sum([row.committed, row.estimated, row.direct, row.pending])
  const answer = overBudget({ target: row.target, used, amount }, levels)
  // What is still to be bound gives way first; only what lies beyond it makes the project dearer.
  const beyond = compare(amount, row.uncommitted) > 0 ? subtract(amount, row.uncommitted) : '0.00'
  const pairs: readonly (readonly [string, Decimal | null, Decimal | null])[] = [
    [t('expected'), cost.total.expected, add(cost.total.expected, beyond)],
    [t('deviation'), cost.total.deviation, subtract(cost.total.deviation, beyond)],
    [t('margin'), cost.margin, cost.margin === null ? null : subtract(cost.margin, beyond)],
  ]
  return (
    <div className="yz-stack yz-cost-if">
      <div className="yz-flex">
        <label htmlFor={ids.item}>{t('whatIfItem')}</label>
        <Select
          id={ids.item}
          value={item}
          onChange={setItem}
          showSearch={{ optionFilterProp: 'label' }}
          options={leaves.map(each => ({ value: each.item, label: each.title }))}
        />
        <label htmlFor={ids.amount}>{t('whatIfAmount')}</label>
        <InputNumber<string>
          id={ids.amount}
          stringMode
          min="0"
          precision={2}
          value={typed}
          onChange={setTyped}
          controls={false}
        />
      </div>
      <div role="status">
        <Tag color={tones[answer.outcome]}>{t(answer.outcome)}</Tag>
        {t('used')} {formatPercent(answer.ratio ?? null)}. {t(says[answer.outcome])}
      </div>
      <div className="yz-cost-pairs">
        <FigureTable<(typeof pairs)[number]>
          label={t('whatIfAnswer')}
          rows={pairs}
          keyOf={([label]) => label}
          columns={[
            { key: 'answer', label: t('whatIfAnswer'), cell: ([label]) => label },
            { key: 'before', label: t('before'), figure: true, cell: ([, before]) => money(before) },
            {
              ...{ key: 'after', label: t('after'), figure: true },
              cell: ([, , after]) => (
                <span className={after?.startsWith('-') ? 'yz-bad' : undefined}>{money(after)}</span>
              ),
            },
          ]}
        />
      </div>
    </div>
  )
}

const money = (value: Decimal | null) => (value === null ? '—' : formatAmount(value))
