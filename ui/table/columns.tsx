// Which columns a list shows, in which order and how wide.
import { HolderOutlined, TableOutlined } from '@ant-design/icons'
import type { EntityMeta } from '@yingzao/kernel/entity'
import { Button, Popover } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { allFields } from '../field/system.ts'
import { useLabel, useText } from '../text/language.tsx'
import type { ColumnState } from './list-state.ts'
import { text } from './text.ts'

export function moveTo<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const moved = items[from]
  if (moved === undefined || to < 0 || to >= items.length) return items
  const rest = items.filter((_, at) => at !== from)
  return [...rest.slice(0, to), moved, ...rest.slice(to)]
}

interface Props {
  readonly entity: EntityMeta
  readonly columns: readonly ColumnState[]
  readonly onChange: (columns: readonly ColumnState[]) => void
}

export function ColumnsButton(props: Props) {
  const t = useText(text)
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<Chooser {...props} />}
    >
      <Button icon={<TableOutlined aria-hidden="true" />} aria-expanded={open}>
        {t('columns')}
      </Button>
    </Popover>
  )
}

function Chooser({ entity, columns, onChange }: Props) {
  const t = useText(text)
  const label = useLabel()
  const [dragged, setDragged] = useState<number | null>(null)
  const fields = allFields(entity)
  const shown = columns.flatMap(column => fields.find(field => field.name === column.name) ?? [])
  const rest = fields.filter(field => !shown.includes(field) && field.kind !== 'lines')
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    onChange(moveTo(columns, at, at + (event.key === 'ArrowUp' ? -1 : 1)))
  }
  return (
    <div className="yz-columns">
      <div className="yz-faint">{t('columnsHint')}</div>
      <ul>
        {[...shown, ...rest].map((field, at) => {
          const on = at < shown.length
          return (
            <li
              key={field.name}
              draggable={on}
              onDragStart={() => setDragged(at)}
              onDragEnd={() => setDragged(null)}
              onDragOver={event => event.preventDefault()}
              onDrop={() => {
                if (dragged !== null && on) onChange(moveTo(columns, dragged, at))
              }}
            >
              <label>
                <input
                  type="checkbox"
                  checked={on}
                  disabled={on && shown.length === 1}
                  onKeyDown={event => onKeyDown(event, at)}
                  onChange={() =>
                    onChange(
                      on ? columns.filter(column => column.name !== field.name) : [...columns, { name: field.name }],
                    )
                  }
                />
                <span className="yz-clip yz-grow">{label(field.label)}</span>
              </label>
              {on && <HolderOutlined className="yz-faint" aria-hidden="true" />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
