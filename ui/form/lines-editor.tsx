// Lines as an editable grid: keyboard, paste from Excel, one editor at a time, sums below.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { Button } from 'antd'
import { useId, useMemo, useRef, useState } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import { checkValue, type Errors } from '../field/check.ts'
import { readBlock, readCell } from '../field/paste.ts'
import { text as fieldText } from '../field/text.ts'
import { FieldValue, isFigure, type Refs, useValueText } from '../field/value.tsx'
import { CellEditor } from '../table/cell-editor.tsx'
import { type CellAt, Grid, type GridColumn } from '../table/grid.tsx'
import { useLabel, useText } from '../text/language.tsx'
import { startValues } from './draft.ts'
import { isWritable } from './fields-form.tsx'
import { lineFields, lineSums } from './line-fields.ts'
import { type Row, rowsOf } from './rows.ts'
import { text } from './text.ts'

interface Props {
  readonly field: FieldMeta & { readonly kind: 'lines' }
  readonly rows: readonly Json[]
  readonly errors: Errors
  readonly refs: Refs
  readonly readOnly: boolean
  readonly onChange: (rows: Json) => void
}

const widthOf = (field: FieldMeta) =>
  field.kind === 'long_text' || field.kind === 'ref'
    ? 200
    : field.kind === 'text'
      ? 160
      : field.kind === 'flag'
        ? 72
        : 120

export default function LinesEditor({ field, rows, errors, refs, readOnly, onChange }: Props) {
  const meta = useMeta()
  const t = useText(text)
  const label = useLabel()
  const textOf = useValueText()
  const hint = useId()
  const counter = useRef(0)
  const say = useText(fieldText)
  const [start, setStart] = useState<CellAt | null>(null)
  const line = entityOf(meta, field.of)
  const fields = useMemo(() => lineFields(line), [line])
  const list = rowsOf([...rows])
  const fresh = (): Row => ({ ...startValues(fields, meta.me.id), id: `new${++counter.current}-${Date.now()}` })
  const indexOf = (row: Row) => list.findIndex(each => each.id === row.id)
  const setAt = (at: number, patch: Row) =>
    onChange(list.map((row, index) => (index === at ? { ...row, ...patch } : row)))

  /** The server's or the last check's message; a filled cell is also checked at once. */
  const wrongIn = (row: Row, each: FieldMeta): string | undefined => {
    const told = errors[`${field.name}.${indexOf(row)}.${each.name}`]
    const value = row[each.name]
    if (told || readOnly || !isWritable(each) || value === undefined || value === null || value === '') return told
    return checkValue(each, value, say) ?? undefined
  }

  const columns: GridColumn<Row>[] = [
    {
      key: '#',
      title: t('position'),
      width: 48,
      figure: true,
      render: row => <span className="yz-faint">{indexOf(row) + 1}</span>,
    },
    ...fields.map(
      (each): GridColumn<Row> => ({
        key: each.name,
        title: label(each.label) + (each.unit ? ` (${label(each.unit)})` : ''),
        width: widthOf(each),
        figure: isFigure(each),
        head: (
          <>
            {label(each.label)}
            {each.required && isWritable(each) && !readOnly && <span className="yz-required">*</span>}
          </>
        ),
        editable: () => !readOnly && isWritable(each),
        invalid: row => wrongIn(row, each),
        // What cannot be right is shown as it was typed, not rounded into something else.
        render: row =>
          wrongIn(row, each) && row[each.name] ? (
            String(row[each.name])
          ) : (
            <FieldValue field={each} value={row[each.name]} refs={refs} rich={readOnly} />
          ),
      }),
    ),
    ...(readOnly
      ? []
      : [
          {
            key: 'remove',
            title: t('removeRow'),
            head: '',
            width: 40,
            render: (row: Row) => (
              <Button
                type="text"
                size="small"
                tabIndex={-1}
                icon={<DeleteOutlined aria-hidden="true" />}
                aria-label={`${t('removeRow')} ${indexOf(row) + 1}`}
                onClick={() => onChange(list.filter(each => each.id !== row.id))}
              />
            ),
          },
        ]),
  ]
  const sums = lineSums(fields, list)
  const foot =
    sums.length > 0
      ? Object.fromEntries(
          sums.map(([each, sum]) => [each.name, <FieldValue key={each.name} field={each} value={sum} />]),
        )
      : undefined

  const paste = (rowAt: number, columnAt: number, clip: string) => {
    const next: Row[] = [...list]
    readBlock(clip).forEach((cells, down) => {
      const at = rowAt + down
      const target = next[at] ?? fresh()
      const patch: Record<string, Json> = {}
      cells.forEach((cell, right) => {
        // The first column is the position.
        const each = fields[Math.max(0, columnAt - 1) + right]
        if (each && isWritable(each)) patch[each.name] = readCell(each, cell)
      })
      next[at] = { ...target, ...patch }
    })
    onChange(next)
  }

  return (
    <div className="yz-lines">
      <Grid<Row>
        label={label(field.label)}
        columns={columns}
        rows={list.map(row => ({ kind: 'row', key: String(row.id), row }))}
        rowHeight={32}
        feet={foot ? [{ key: 'sum', cells: foot }] : []}
        start={start}
        describedBy={hint}
        empty={<p className="yz-lines-empty yz-faint">{readOnly ? '—' : t('noRows')}</p>}
        {...(readOnly
          ? {}
          : {
              onPaste: (at, clip) => paste(at.row, at.column, clip),
              onPasteEmpty: (clip: string) => paste(0, 1, clip),
              onClear: (row: Row, key: string) => setAt(indexOf(row), { [key]: null }),
              onKey: (event, at) => {
                if ((event.ctrlKey || event.metaKey) && event.key === 'Delete') {
                  onChange(list.filter((_, index) => index !== at.row))
                  return true
                }
                if (event.key === 'ArrowDown' && at.row === list.length - 1 && list.length > 0 && event.altKey) {
                  onChange([...list, fresh()])
                  return true
                }
                return false
              },
              editor: (row, key, typed, done) => {
                const each = fields.find(found => found.name === key)
                if (!each) return null
                return (
                  <CellEditor
                    field={each}
                    value={row[key]}
                    refs={refs}
                    typed={typed}
                    onDone={(value, move) => {
                      done(move)
                      if (value !== undefined) setAt(indexOf(row), { [key]: value })
                    }}
                  />
                )
              },
            })}
        onCopy={(row, key) => {
          const each = fields.find(found => found.name === key)
          return each ? textOf(each, row[key], refs).replace('−', '-') : ''
        }}
      />
      {!readOnly && (
        <div className="yz-flex">
          <Button
            icon={<PlusOutlined aria-hidden="true" />}
            disabled={field.max !== undefined && list.length >= field.max}
            onClick={() => {
              onChange([...list, fresh()])
              setStart({ row: list.length, column: 1 })
            }}
          >
            {t('addRow')}
          </Button>
          <span id={hint} className="yz-faint yz-hint">
            {t('rowsHint')}
          </span>
        </div>
      )}
    </div>
  )
}
