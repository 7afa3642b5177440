// The grid of records: cells edited in place, groups with totals, columns sorted, sized and moved.
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, FieldMeta, Json, Query, RecordJson } from '@yingzao/kernel/entity'
import { isFailure } from '@yingzao/platform/client'
import { keys, type ListResult, useAggregate } from '@yingzao/platform/client/react'
import { Dropdown } from 'antd'
import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { RecordLink } from '../data/link.tsx'
import { titleOf } from '../data/meta.ts'
import { speak, useSay } from '../data/say.ts'
import { checkValue } from '../field/check.ts'
import { readBlock, readCell } from '../field/paste.ts'
import { anyField } from '../field/system.ts'
import { text as fieldText } from '../field/text.ts'
import { FieldValue, isFigure, type Refs, useValueText } from '../field/value.tsx'
import { type Conflict, ConflictDialog, conflictOf } from '../form/conflict.tsx'
import { useFormats, useLabel, useText } from '../text/language.tsx'
import { CellEditor } from './cell-editor.tsx'
import { moveTo } from './columns.tsx'
import { type CellAt, Grid, type GridColumn, type GridRow, type Step } from './grid.tsx'
import { addsUp, type ListControl } from './list-state.ts'
import { text } from './text.ts'
import { scopeOf, sumsOf, useTotals } from './totals.tsx'

/** Width a kind needs before anyone drags it. */
const startWidth = (field: FieldMeta, title: boolean): number => {
  if (title) return 240
  switch (field.kind) {
    case 'money':
      return 128
    case 'date':
    case 'flag':
      return 104
    case 'instant':
    case 'serial':
      return 144
    case 'integer':
    case 'percent':
    case 'number':
    case 'duration':
    case 'choice':
      return 112
    case 'long_text':
      return 240
    default:
      return 152
  }
}

/** What the head's words need, up to a limit: a Chinese character is as wide as the type is high, others half of it. */
const headWidth = (words: string): number => {
  const letters = [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13 : 7.2), 0)
  return Math.min(200, Math.ceil(letters) + 34)
}

/** What a person may type into in a list; lines, files and long forms belong on the record's page. */
export const editableInCell = (field: FieldMeta) =>
  field.right === 'edit' &&
  !field.formula &&
  !field.system &&
  !['serial', 'lines', 'file', 'json', 'secret', 'instant'].includes(field.kind)

interface Props {
  readonly entity: EntityMeta
  readonly rows: ListResult<string>
  readonly list: ListControl
  readonly query: Query
  readonly selected: ReadonlySet<string>
  readonly setSelected: (keys: ReadonlySet<string>) => void
  readonly onOpen: ((record: RecordJson) => void) | undefined
  readonly empty: ReactNode
}

/** How a column is sorted now: its name, with a minus when descending. */
const sortOf = (sort: readonly string[], name: string) => sort.find(each => each === name || each === `-${name}`)

const groupKey = (value: Json | undefined) => JSON.stringify(value ?? null)

export function RecordGrid({ entity, rows, list, query, selected, setSelected, onOpen, empty }: Props) {
  const t = useText(text)
  const checkText = useText(fieldText)
  const label = useLabel()
  const formats = useFormats()
  const say = useSay()
  const textOf = useValueText()
  const changes = useChanges(entity.name)
  const cache = useQueryClient()
  const { state } = list
  /** Values on their way to the server, shown meanwhile. */
  const [pending, setPending] = useState<Readonly<Record<string, Readonly<Record<string, Json>>>>>({})
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())

  const fields = useMemo(
    () => state.columns.flatMap(column => anyField(entity, column.name) ?? []),
    [state.columns, entity],
  )
  const shownValue = useCallback(
    (record: RecordJson, name: string): Json | undefined => pending[record.id]?.[name] ?? record[name],
    [pending],
  )
  const drop = (id: string) =>
    setPending(before => {
      const { [id]: _, ...rest } = before
      return rest
    })

  const save = async (record: RecordJson, patch: Readonly<Record<string, Json>>) => {
    setPending(before => ({ ...before, [record.id]: { ...before[record.id], ...patch } }))
    try {
      await changes.patch(record.id, record.version, patch)
      speak(t('saved'))
    } catch (error) {
      const found = isFailure(error) ? conflictOf(entity, record, patch, error) : null
      if (found) {
        setConflict(found)
        void cache.invalidateQueries({ queryKey: keys.lists(entity.name) })
      } else say.bad(error)
    } finally {
      drop(record.id)
    }
  }
  const saveCell = (record: RecordJson, field: FieldMeta, value: Json) => {
    const wrong = checkValue(field, value, checkText)
    if (wrong) return say.bad(new Error(`${label(field.label)}: ${wrong}`))
    void save(record, { [field.name]: value })
  }

  const sortBy = (name: string, add: boolean, to?: 'asc' | 'desc' | null) => {
    const now = sortOf(state.sort, name)
    const next =
      to === undefined
        ? now === undefined
          ? name
          : now === name
            ? `-${name}`
            : null
        : to === null
          ? null
          : to === 'asc'
            ? name
            : `-${name}`
    const rest = state.sort.filter(each => each !== name && each !== `-${name}`)
    list.set({ sort: [...(add ? rest : []), ...(next === null ? [] : [next])] })
  }

  const columns = useMemo(
    () =>
      fields.map((field, at): GridColumn<RecordJson> => {
        const isTitle = field.name === entity.title
        const sort = sortOf(state.sort, field.name)
        const rank = state.sort.length > 1 && sort ? state.sort.indexOf(sort) + 1 : null
        const unit = field.unit ? ` (${label(field.unit)})` : ''
        return {
          key: field.name,
          title: label(field.label) + unit,
          head: (
            <>
              {label(field.label)}
              {unit && <span className="yz-faint">{unit}</span>}
              {rank && <sup className="yz-faint">{rank}</sup>}
            </>
          ),
          width: state.columns[at]?.width ?? Math.max(startWidth(field, isTitle), headWidth(label(field.label) + unit)),
          figure: isFigure(field),
          sortable: field.sortable,
          sorted: sort === undefined ? undefined : sort.startsWith('-') ? 'descending' : 'ascending',
          editable: record => !state.bin && editableInCell(field) && record._can.includes('update'),
          render: record => {
            const value = shownValue(record, field.name)
            const shown = <FieldValue field={field} value={value} refs={rows.refs} rich={!isTitle} />
            return isTitle && onOpen ? (
              <RecordLink entity={entity} id={record.id} className="yz-title-link">
                {shown}
              </RecordLink>
            ) : (
              shown
            )
          },
        }
      }),
    [fields, state.columns, state.sort, state.bin, entity, rows.refs, label, shownValue, onOpen],
  )

  const feet = useTotals(entity, fields, query, state.bin)
  const groups = useAggregate(
    entity.name,
    {
      ...scopeOf(query),
      by: [state.group ?? ''],
      measures: [{ fn: 'count' }, ...sumsOf(fields.filter(addsUp))],
      seen: true,
    },
    { enabled: state.group !== null && !state.bin },
  )
  // A group of what comes in and what goes out has no sum.
  const adds = entity.apart === undefined || state.group === entity.apart || feet.length < 2
  const groupField = state.group ? anyField(entity, state.group) : undefined
  const gridRows = useMemo<readonly GridRow<RecordJson>[]>(() => {
    const plain = (record: RecordJson): GridRow<RecordJson> => ({ kind: 'row', key: record.id, row: record })
    // Rows read before the group was chosen may not have its field: none of them is to stand under "empty".
    if (!groupField || !groups.data || rows.items.some(record => record[groupField.name] === undefined))
      return rows.items.map(plain)
    const byKey = new Map<string, RecordJson[]>()
    for (const record of rows.items) {
      const key = groupKey(record[groupField.name])
      const group = byKey.get(key)
      if (group) group.push(record)
      else byKey.set(key, [record])
    }
    // Loaded rows lead, in their order; groups still to come follow.
    const known = new Map(groups.data.map(group => [groupKey(group.key[0]), group]))
    const order = [...new Set([...byKey.keys(), ...known.keys()])]
    return order.flatMap(key => {
      const group = known.get(key)
      const value: Json = JSON.parse(key)
      const open = !closed.has(key)
      const count = group?.values[0]
      const head: GridRow<RecordJson> = {
        kind: 'group',
        key: `group ${key}`,
        open,
        title: (
          <>
            {value === null ? (
              t('empty')
            ) : (
              <FieldValue field={groupField} value={value} refs={rows.refs} rich={false} />
            )}
            {count !== undefined && <span className="yz-faint yz-figure">{formats.integer(Number(count))}</span>}
          </>
        ),
        cells: Object.fromEntries(
          (adds ? fields : [])
            .filter(addsUp)
            .map((field, at) => [
              field.name,
              <FieldValue key={field.name} field={field} value={group?.values[at + 1] ?? null} />,
            ]),
        ),
      }
      return [head, ...(open ? (byKey.get(key) ?? []).map(plain) : [])]
    })
  }, [rows.items, rows.refs, groups.data, groupField, closed, fields, adds, t, formats])

  const paste = (at: CellAt, clip: string) => {
    const block = readBlock(clip)
    block.forEach((cells, down) => {
      const found = gridRows[at.row + down]
      if (found?.kind !== 'row') return
      const patch: Record<string, Json> = {}
      cells.forEach((cell, right) => {
        const field = fields[at.column + right]
        if (!field || !editableInCell(field) || !found.row._can.includes('update')) return
        const value = readCell(field, cell)
        const wrong = ['ref', 'user', 'org_unit', 'multi_ref'].includes(field.kind)
          ? null
          : checkValue(field, value, checkText)
        if (wrong) say.bad(new Error(`${label(field.label)}: ${wrong}`))
        else if (!['ref', 'user', 'org_unit', 'multi_ref'].includes(field.kind)) patch[field.name] = value
      })
      if (Object.keys(patch).length > 0) void save(found.row, patch)
    })
  }

  return (
    <>
      <Grid<RecordJson>
        label={label(entity.label)}
        columns={columns}
        // The name stays in sight; a number before it too.
        pinned={fields[1]?.name === entity.title ? 2 : 1}
        rows={gridRows}
        {...(rows.count && !rows.count.more ? { rowCount: rows.count.value + 1 } : { rowCount: -1 })}
        feet={feet}
        selection={{
          keys: selected,
          set: setSelected,
          allLabel: t('selectAll'),
          rowLabel: record => t('selectRow', { name: titleOf(entity, record, rows.refs) }),
        }}
        rowState={record => (pending[record.id] ? 'yz-tr-busy' : undefined)}
        {...(onOpen ? { onOpen } : {})}
        onToggleGroup={key => {
          const bare = key.replace(/^group /, '')
          setClosed(before => {
            const next = new Set(before)
            if (!next.delete(bare)) next.add(bare)
            return next
          })
        }}
        onSort={sortBy}
        headMenu={(key, button) => (
          <Dropdown
            trigger={['contextMenu']}
            menu={{
              items: [
                ...(anyField(entity, key)?.sortable === false
                  ? []
                  : [
                      { key: 'asc', label: t('sortAsc') },
                      { key: 'desc', label: t('sortDesc') },
                      {
                        key: 'add',
                        label: t('addSort'),
                        disabled: state.sort.length === 0 || sortOf(state.sort, key) !== undefined,
                      },
                      { key: 'none', label: t('noSort'), disabled: sortOf(state.sort, key) === undefined },
                      { type: 'divider' as const },
                    ]),
                { key: 'hide', label: t('hideColumn'), disabled: state.columns.length === 1 },
              ],
              onClick: ({ key: act }) => {
                if (act === 'asc' || act === 'desc') sortBy(key, false, act)
                else if (act === 'add') sortBy(key, true, 'asc')
                else if (act === 'none') sortBy(key, true, null)
                else list.setColumns(state.columns.filter(column => column.name !== key))
              },
            }}
          >
            {button}
          </Dropdown>
        )}
        onResize={(key, width) =>
          list.setColumns(state.columns.map(column => (column.name === key ? { ...column, width } : column)))
        }
        onMove={(key, to) => {
          const index = (name: string) => state.columns.findIndex(column => column.name === name)
          list.setColumns(moveTo(state.columns, index(key), index(to)))
        }}
        onNearEnd={rows.hasMore && !rows.isLoadingMore ? rows.loadMore : () => {}}
        editor={(record, key, typed, done) => {
          const field = anyField(entity, key)
          if (!field) return null
          return (
            <OpenCell
              record={record}
              field={field}
              value={shownValue(record, key)}
              refs={rows.refs}
              typed={typed}
              onDone={(base, value, move) => {
                done(move)
                if (value !== undefined) saveCell(base, field, value)
              }}
            />
          )
        }}
        onClear={(record, key) => {
          const field = anyField(entity, key)
          if (field && !field.required && field.kind !== 'flag') saveCell(record, field, null)
        }}
        onCopy={(record, key) => {
          const field = anyField(entity, key)
          return field ? textOf(field, shownValue(record, key), rows.refs).replace('−', '-') : ''
        }}
        onPaste={paste}
        empty={empty}
      />
      {conflict && (
        <ConflictDialog
          conflict={conflict}
          onClose={() => setConflict(null)}
          onResolved={patch => {
            const { current } = conflict
            setConflict(null)
            if (Object.keys(patch).length > 0) void save(current, patch)
          }}
        />
      )}
    </>
  )
}

interface OpenCellProps {
  readonly record: RecordJson
  readonly field: FieldMeta
  readonly value: Json | undefined
  readonly refs: Refs
  readonly typed: string | undefined
  readonly onDone: (base: RecordJson, value: Json | undefined, move?: Step) => void
}

/** Holds the record as it was when the cell was opened: what a colleague saves meanwhile must end in a question. */
function OpenCell({ record, onDone, ...cell }: OpenCellProps) {
  const [base] = useState(record)
  return <CellEditor {...cell} record={base} onDone={(value, move) => onDone(base, value, move)} />
}
