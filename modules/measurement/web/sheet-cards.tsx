// 计量表 on a phone: one card a line, the quantity of this period under the thumb, what is left beside it. Amounts only for who
// may see them.
import { formatAmount, formatPercent, formatQuantity } from '@yingzao/engines/money'
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { readCell } from '@yingzao/ui/field/paste'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Checkbox, Input } from 'antd'
import { useState } from 'react'
import { restOf, type Shown } from './sheet.ts'
import { text } from './text.ts'

interface Props {
  readonly rows: readonly Shown[]
  readonly may: boolean
  readonly priced: boolean
  readonly titleOf: (row: Shown) => string
  readonly fieldOf: (row: Shown) => FieldMeta | undefined
  readonly enter: (row: Shown, value: Json) => void
  readonly complete: (row: Shown, final: boolean) => void
}

/** Cards that are drawn at once; the search finds the others. */
const most = 60

export function SheetCards({ rows, may, priced, titleOf, fieldOf, enter, complete }: Props) {
  const t = useText(text)
  const [search, setSearch] = useState('')
  const found = rows.filter(row => titleOf(row).toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <>
      {rows.length > 8 && (
        <Input
          allowClear
          value={search}
          placeholder={t('find')}
          aria-label={t('find')}
          onChange={event => setSearch(event.target.value)}
        />
      )}
      <ul className="yz-sheet-cards">
        {found.slice(0, most).map(row => (
          <li key={row.id}>
            <strong>{titleOf(row)}</strong>
            <div className="yz-sheet-now">
              <NowInput
                row={row}
                may={may}
                label={`${t('now')} ${titleOf(row)}`}
                field={fieldOf(row)}
                onEnter={value => enter(row, value)}
              />
              <span className="yz-soft">{row.counted && typeof row.line.unit === 'string' ? row.line.unit : ''}</span>
              {priced && row.byQty && row.amount !== null && (
                <span className="yz-figure yz-sheet-amount">{formatAmount(row.amount)}</span>
              )}
            </div>
            {row.wrong !== null && <p className="yz-bad">{t(row.wrong)}</p>}
            {row.planned !== null && (
              <p className="yz-soft yz-figure">
                {t('cardStanding', {
                  planned: write(row, row.planned),
                  before: write(row, row.before),
                  left: write(row, restOf(row)),
                })}
                {row.share !== null && ` · ${formatPercent(row.share)}`}
              </p>
            )}
            {row.counted && (
              <Checkbox checked={row.final} disabled={!may} onChange={event => complete(row, event.target.checked)}>
                {t('final')}
              </Checkbox>
            )}
          </li>
        ))}
      </ul>
      {found.length > most && <p className="yz-soft">{t('cardsMore', { count: found.length - most })}</p>}
    </>
  )
}

const write = ({ byQty }: Shown, value: `${number}`) => (byQty ? formatQuantity(value) : formatAmount(value))

function NowInput({
  row,
  may,
  label,
  field,
  onEnter,
}: {
  readonly row: Shown
  readonly may: boolean
  readonly label: string
  readonly field: FieldMeta | undefined
  readonly onEnter: (value: Json) => void
}) {
  // What is being typed: “1.” is no number yet.
  const [typed, setTyped] = useState<string | null>(null)
  const stands = row.now === null ? '' : write(row, row.now)
  if (!may || field === undefined) return <span className="yz-figure">{stands}</span>
  return (
    <Input
      className="yz-sheet-qty"
      inputMode="decimal"
      aria-label={label}
      status={row.wrong === null ? '' : 'error'}
      value={typed ?? stands}
      onFocus={event => event.target.select()}
      onChange={event => {
        setTyped(event.target.value)
        onEnter(readCell(field, event.target.value))
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
