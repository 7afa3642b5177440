// An ordered list with buttons that move and remove: works with a keyboard and a thumb alike.
import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { movedBy, removedAt } from './edit-list.ts'
import { text } from './text.ts'

interface MoveProps<T> {
  readonly list: readonly T[]
  readonly at: number
  /** What the buttons are about, for who does not see where they stand. */
  readonly name: string
  readonly onChange: (list: T[]) => void
}

export function MoveButtons<T>({ list, at, name, onChange }: MoveProps<T>) {
  const t = useText(text)
  const say = (act: string) => ({ 'aria-label': t('of', { act, name }), title: act })
  return (
    <span className="yz-print-moves">
      <Button
        {...say(t('up'))}
        type="text"
        size="small"
        icon={<ArrowUpOutlined aria-hidden="true" />}
        disabled={at === 0}
        onClick={() => onChange(movedBy(list, at, -1))}
      />
      <Button
        {...say(t('down'))}
        type="text"
        size="small"
        icon={<ArrowDownOutlined aria-hidden="true" />}
        disabled={at === list.length - 1}
        onClick={() => onChange(movedBy(list, at, 1))}
      />
      <Button
        {...say(t('remove'))}
        type="text"
        size="small"
        icon={<DeleteOutlined aria-hidden="true" />}
        onClick={() => onChange(removedAt(list, at))}
      />
    </span>
  )
}

interface RowsProps<T> {
  readonly list: readonly T[]
  readonly nameOf: (item: T) => string
  readonly keyOf: (item: T, at: number) => string
  readonly onChange: (list: T[]) => void
  readonly children: (item: T, at: number) => ReactNode
}

export const OrderedRows = <T,>({ list, nameOf, keyOf, onChange, children }: RowsProps<T>) => (
  <ul className="yz-print-rows">
    {list.map((item, at) => (
      <li key={keyOf(item, at)}>
        {children(item, at)}
        <MoveButtons list={list} at={at} name={nameOf(item)} onChange={onChange} />
      </li>
    ))}
  </ul>
)
