// 计量表: every line of a measurement with what was before, this period and in all; typed or pasted, amounts at once.
import { useBlocker } from '@tanstack/react-router'
import { compare, divide, formatAmount, formatPercent, formatQuantity, sum } from '@yingzao/engines/money'
import { type EntityMeta, isDecimal, type Json, type RecordJson } from '@yingzao/kernel/entity'
import { useRecord } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { useChanges } from '@yingzao/ui/data/changes'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { useRecordRefs } from '@yingzao/ui/data/titles'
import { readBlock, readCell } from '@yingzao/ui/field/paste'
import { LeaveDialog } from '@yingzao/ui/form/leave.tsx'
import { CellEditor } from '@yingzao/ui/table/cell-editor.tsx'
import { Grid, type GridColumn } from '@yingzao/ui/table/grid.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { Button, Checkbox } from 'antd'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { restOf, type SheetLine, type Shown, shownOf, type Typed, termsOfRecord } from './sheet.ts'
import './sheet.css'
import { SheetCards } from './sheet-cards.tsx'
import { text } from './text.ts'

const isLine = (value: Json): value is SheetLine =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value && typeof value.id === 'string'
const none: ReadonlyMap<string, Typed> = new Map()

export default function SheetTab({ entity, record }: { readonly entity: EntityMeta; readonly record: RecordJson }) {
  const t = useText(text)
  const say = useSay()
  const meta = useMeta()
  const changes = useChanges(entity.name)
  const refs = useRecordRefs(entity, record)
  const contract = useRecord('contract', typeof record.contract === 'string' ? record.contract : null)
  const terms = useMemo(() => termsOfRecord(contract.data), [contract.data])
  const phone = usePhone()
  const [typed, setTyped] = useState(none)
  const [busy, setBusy] = useState(false)
  const [at, setAt] = useState(0)
  const unsaved = typed.size > 0 && !busy
  const blocker = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: () => unsaved, withResolver: true })
  const may = record._can.includes('update') && (record.state === 'draft' || record.state === 'rejected')
  const fields = entityOf(meta, 'measurement_line')?.fields ?? []
  const field = (name: string) => fields.find(each => each.name === name)
  const lines = Array.isArray(record.lines) ? record.lines.filter(isLine) : []
  const rows = lines.map(line => shownOf(line, typed.get(line.id) ?? {}, terms))

  const set = (entries: readonly (readonly [id: string, typed: Typed])[]) =>
    setTyped(before => {
      const next = new Map(before)
      for (const [id, each] of entries) next.set(id, { ...next.get(id), ...each })
      return next
    })
  const enter = (row: Shown, value: Json): readonly [string, Typed] => {
    const given = isDecimal(value) ? value : null
    return [row.id, row.byQty ? { qty: given ?? '0' } : { amount: given ?? '0' }]
  }
  const editing = (row: Shown) => field(row.byQty ? 'qty' : 'amount')
  const save = async () => {
    setBusy(true)
    try {
      const upsert = [...typed].map(([id, each]) => ({ id, ...each }))
      await changes.patch(record.id, record.version, { lines: { upsert } })
      setTyped(none)
      say.good(t('saved'))
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const title = ({ line }: Shown) => {
    const [of, id] =
      line.kind === 'bill' ? (['bill_item', line.bill_item] as const) : (['cost_item', line.item] as const)
    const named = typeof id === 'string' ? refs[of]?.[id] : undefined
    return [named, typeof line.what === 'string' ? line.what : undefined].filter(Boolean).join(' · ')
  }
  const figure = (
    key: string,
    name: 'planned' | 'price' | 'before' | 'now' | 'after' | 'share' | 'amount',
    width: number,
    render: (row: Shown) => string,
  ): GridColumn<Shown> => ({ key, title: t(name), width, figure: true, render })
  const written = (row: Shown, value: Shown['now']) =>
    value === null ? '' : row.byQty ? formatQuantity(value) : formatAmount(value)
  const priced = field('gross_amount') !== undefined
  const columns: GridColumn<Shown>[] = [
    { key: '#', title: t('position'), width: 52, figure: true, render: row => rows.indexOf(row) + 1 },
    { key: 'what', title: t('what'), width: 230, render: title },
    {
      key: 'unit',
      title: t('unit'),
      width: 64,
      render: ({ line }) => (typeof line.unit === 'string' ? line.unit : ''),
    },
    figure('planned', 'planned', 100, row => written(row, row.planned)),
    ...(priced
      ? [figure('price', 'price', 96, ({ line }) => (isDecimal(line.price) ? formatQuantity(line.price) : ''))]
      : []),
    figure('before', 'before', 100, row => written(row, row.before)),
    {
      ...figure('now', 'now', 108, row => written(row, row.now)),
      editable: () => may,
      invalid: row => (row.wrong === null ? undefined : t(row.wrong)),
    },
    figure('after', 'after', 100, row => written(row, row.after)),
    figure('share', 'share', 84, row => (row.share === null ? '' : formatPercent(row.share))),
    ...(priced ? [figure('amount', 'amount', 130, row => (row.amount === null ? '' : formatAmount(row.amount)))] : []),
    {
      key: 'final',
      title: t('final'),
      width: 88,
      render: row =>
        row.counted && (
          <Checkbox
            checked={row.final}
            disabled={!may}
            aria-label={`${t('final')} ${title(row)}`}
            onChange={event => set([[row.id, { final: event.target.checked }]])}
          />
        ),
    },
  ]
  const amount = sum(rows.map(row => row.amount ?? '0'))
  const before = isDecimal(record.before_amount) ? record.before_amount : '0'
  const after = sum([before, amount])
  const agreed = isDecimal(record.contract_amount) ? record.contract_amount : null
  const part = (value: typeof amount) => {
    const share = agreed === null ? undefined : divide(value, agreed, 4)
    return share === undefined ? undefined : t('ofSum', { share: formatPercent(share) })
  }
  const keep = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (typed.size > 0 && !busy) void save()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S saves wherever the cursor stands in the sheet
    <div className="yz-stack yz-sheet" onKeyDown={keep}>
      {blocker.status === 'blocked' && <LeaveDialog onLeave={blocker.proceed} onStay={blocker.reset} />}
      {priced && (
        <Figures
          items={[
            { label: t('periodAmount'), value: formatAmount(amount), note: part(amount) },
            {
              ...{ label: t('totalAmount'), value: formatAmount(after), note: part(after) },
              tone: agreed !== null && compare(after, agreed) > 0 ? 'bad' : undefined,
            },
            { label: t('contractSum'), value: agreed === null ? '' : formatAmount(agreed) },
          ]}
        />
      )}
      {may && (
        <div className="yz-flex yz-sheet-bar">
          <Button type="primary" disabled={typed.size === 0} loading={busy} onClick={() => void save()}>
            {t('save')}
          </Button>
          <Button disabled={typed.size === 0 || busy} onClick={() => setTyped(none)}>
            {t('undo')}
          </Button>
          <Button
            disabled={busy || rows.length === 0}
            onClick={() =>
              set(
                rows
                  .slice(phone ? 0 : at)
                  .flatMap(row => (row.counted ? [[row.id, { qty: restOf(row) }] as const] : [])),
              )
            }
          >
            {t(phone ? 'restAll' : 'rest')}
          </Button>
          <span role="status" className="yz-soft">
            {typed.size > 0 ? t('unsaved', { count: typed.size }) : ''}
          </span>
        </div>
      )}
      {phone ? (
        <SheetCards
          rows={rows}
          may={may}
          priced={priced}
          titleOf={title}
          fieldOf={editing}
          enter={(row, value) => set([enter(row, value)])}
          complete={(row, final) => set([[row.id, { final }]])}
        />
      ) : (
        <div className="yz-sheet-grid">
          <Grid<Shown>
            label={t('what')}
            columns={columns}
            rows={rows.map(row => ({ kind: 'row', key: row.id, row }))}
            rowHeight={32}
            pinned={2}
            feet={[{ key: 'sum', cells: priced ? { amount: formatAmount(amount) } : {} }]}
            empty={<p className="yz-lines-empty yz-faint">{t('noLines')}</p>}
            onCopy={(row, key) => (key === 'now' ? (row.now ?? '') : title(row))}
            onKey={(_, cell) => {
              setAt(cell.row)
              return false
            }}
            {...(may
              ? {
                  onPaste: (cell: { readonly row: number }, clip: string) =>
                    set(
                      readBlock(clip).flatMap(([first = ''], down) => {
                        const row = rows[cell.row + down]
                        const of = row && editing(row)
                        return row && of ? [enter(row, readCell(of, first))] : []
                      }),
                    ),
                  onClear: (row: Shown, key: string) => {
                    if (key === 'now') set([enter(row, null)])
                  },
                  editor: (row: Shown, key: string, start: string | undefined, done) => {
                    const of = key === 'now' ? editing(row) : undefined
                    if (!of) return null
                    return (
                      <CellEditor
                        field={of}
                        value={row.now}
                        refs={refs}
                        typed={start}
                        onDone={(value, move) => {
                          done(move)
                          if (value !== undefined) set([enter(row, value)])
                        }}
                      />
                    )
                  },
                }
              : {})}
          />
        </div>
      )}
      {may && !phone && <p className="yz-faint yz-hint">{t('hint')}</p>}
    </div>
  )
}
