// A field's editor inside a cell: Enter, Tab and leaving save; Esc gives up; a choice made is saved at once.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { type KeyboardEvent, useRef, useState } from 'react'
import { FieldEditor } from '../field/editor.tsx'
import type { Refs } from '../field/value.tsx'

const pickedAtOnce = new Set(['choice', 'ref', 'user', 'org_unit', 'date'])

interface Props {
  readonly field: FieldMeta
  readonly value: Json | undefined
  readonly refs: Refs
  readonly typed: string | undefined
  /** The row, where what is offered may follow its other values. */
  readonly record?: Readonly<Record<string, Json | undefined>>
  /** Undefined: nothing changed. */
  readonly onDone: (value: Json | undefined, move?: 'down' | 'right' | 'left') => void
}

export function CellEditor({ field, value, refs, typed, record, onDone }: Props) {
  const [draft, setDraft] = useState<Json>(value ?? null)
  const latest = useRef<Json>(draft)
  const ended = useRef(false)
  const end = (given: Json | undefined, move?: 'down' | 'right' | 'left') => {
    if (ended.current) return
    ended.current = true
    onDone(given !== undefined && JSON.stringify(given) === JSON.stringify(value ?? null) ? undefined : given, move)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      end(undefined)
    } else if (event.key === 'Tab') {
      event.preventDefault()
      end(latest.current, event.shiftKey ? 'left' : 'right')
    } else if (
      event.key === 'Enter' &&
      !pickedAtOnce.has(field.kind) &&
      !(field.kind === 'long_text' && event.shiftKey)
    ) {
      event.preventDefault()
      end(latest.current, 'down')
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: catches the keys of the input inside
    <div
      className="yz-td-editor"
      onKeyDown={onKeyDown}
      onBlur={event => {
        // Popups (lists, calendars) live elsewhere in the document; focus going there is not leaving.
        const to = event.relatedTarget
        if (
          to instanceof Element &&
          (event.currentTarget.contains(to) || to.closest('.ant-select-dropdown,.ant-picker-dropdown,.ant-modal-root'))
        )
          return
        if (document.querySelector('.ant-modal-wrap:not([style*="display: none"])')) return
        end(latest.current)
      }}
    >
      <FieldEditor
        field={field}
        value={draft}
        refs={refs}
        {...(record ? { record } : {})}
        cell
        autoFocus
        create
        {...(typed === undefined ? {} : { typed })}
        onChange={next => {
          latest.current = next
          setDraft(next)
          if (pickedAtOnce.has(field.kind)) end(next, 'down')
        }}
      />
    </div>
  )
}
