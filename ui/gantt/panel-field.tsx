// The panel's fields: a labelled line, and the one that reads and writes as a grid cell does.
import { Input } from 'antd'
import { type ReactNode, useEffect, useState } from 'react'
import { cellEdits, editOf, editorText } from './cell-edit.ts'
import type { ColumnId } from './column.ts'
import type { Controller } from './controller.ts'
import { newId } from './new-id.ts'

export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="yzg-field">
      <span>{label}</span>
      <div>{children}</div>
    </div>
  )
}

/** A field that reads and writes exactly as the grid's cell does. */
export function CellField({
  controller,
  at,
  column,
  label,
}: {
  controller: Controller
  at: number
  column: ColumnId
  label: string
}) {
  const sheet = controller.sheet()
  const current = editorText(sheet, at, column)
  const [text, setText] = useState(current)
  const [error, setError] = useState<string>()
  useEffect(() => {
    setText(current)
    setError(undefined)
  }, [current])
  const disabled = !controller.editable() || editOf(sheet, at, column) === undefined
  function commit(): void {
    if (text === current) return
    const outcome = cellEdits(sheet, at, column, text, newId)
    if (!outcome.ok) setError(outcome.message)
    else if (controller.edit(outcome.edits)) setError(undefined)
    else setText(current)
  }
  return (
    <Field label={label}>
      <Input
        aria-label={label}
        disabled={disabled}
        value={text}
        {...(error ? { status: 'error' as const } : {})}
        onChange={event => setText(event.target.value)}
        onBlur={commit}
        onPressEnter={event => {
          if (!event.nativeEvent.isComposing) commit()
        }}
      />
      {error ? (
        <div className="yzg-bad" role="alert">
          {error}
        </div>
      ) : null}
    </Field>
  )
}
