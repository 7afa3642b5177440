// What resources cost: typed and pasted like a spreadsheet, kept as plan edits.
import { divide, exact, isDecimal, r2, sum, toDecimal } from '@yingzao/engines/money'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan, RateEntry, Resource } from '@yingzao/engines/schedule/plan'
import { f, type Json, type RecordJson } from '@yingzao/kernel/entity'
import { useSay } from '@yingzao/ui/data/say'
import { readBlock, readCell } from '@yingzao/ui/field/paste'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { CellEditor } from '@yingzao/ui/table/cell-editor.tsx'
import { Grid, type GridColumn } from '@yingzao/ui/table/grid.tsx'
import { useFormats, useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { useId } from 'react'
import type { PlanLink } from './plan-link.ts'
import { text } from './price-text.ts'
import { mayPrice, useSendPrice } from './send-price.ts'

interface Props {
  readonly record: RecordJson
  readonly plan: Plan
  readonly link: PlanLink
  readonly mayEdit: boolean
}

const kinds = {
  work: { zh: '人工/机械', en: 'Work' },
  material: { zh: '材料', en: 'Material' },
  cost: { zh: '费用', en: 'Cost' },
} as const
const fields = inputFields({
  kind: f.choice({ zh: '类别', en: 'Kind' }, kinds),
  unit: f.text({ zh: '材料单位', en: 'Unit' }, { max: 40 }),
  perHour: f.money({ zh: '元/小时', en: 'Per hour' }),
  perDay: f.money({ zh: '元/天', en: 'Per day' }),
  perUnit: f.money({ zh: '元/单位', en: 'Per unit' }),
})
const fieldOf = (key: string) => fields.find(({ name }) => name === key)
const PRICES: ReadonlySet<string> = new Set(['perHour', 'perDay', 'perUnit'])

/** The usual rate: of table A, without a date if there is one. */
const usual = ({ rates = [] }: Resource): RateEntry | undefined => {
  const own = rates.filter(({ table = 0 }) => table === 0)
  return own.find(({ from }) => from === undefined) ?? own[0]
}

export function ResourcePrices({ record, plan, link, mayEdit }: Props) {
  const t = useText(text)
  const say = useSay()
  const label = useLabel()
  const formats = useFormats()
  const hint = useId()
  const send = useSendPrice(record, link)
  const may = mayPrice(record)
  const hours = Math.max(1, plan.options.minutesPerDay) / 60
  const shown = (resource: Resource, key: string): string | undefined => {
    const price = usual(resource)?.perHour
    if (price === undefined || !isDecimal(price)) return undefined
    if (key === 'perDay') return toDecimal(exact(price).times(hours), 2)
    return r2(price)
  }
  const editable = (key: string) => (row: Resource) =>
    PRICES.has(key)
      ? may && (row.kind === 'material' ? key === 'perUnit' : row.kind === 'work' && key !== 'perUnit')
      : mayEdit && (key === 'kind' || row.kind === 'material')

  /** The edits of one cell; undefined when it is no price. */
  const cellEdits = (row: Resource, key: string, value: Json): readonly PlanEdit[] | undefined => {
    if (!editable(key)(row)) return []
    if (key === 'kind')
      return value === 'work' || value === 'material' || value === 'cost'
        ? [{ kind: 'resource.set', id: row.id, patch: { kind: value } }]
        : undefined
    if (key === 'unit')
      return [{ kind: 'resource.set', id: row.id, patch: { unitLabel: typeof value === 'string' ? value : null } }]
    if (value !== null && !(isDecimalText(value) && Number(value) >= 0 && value.length <= 20)) return undefined
    const last = usual(row)
    const others = (row.rates ?? []).filter(each => each !== last)
    const { perHour: _, ...bare } = last ?? {}
    // Twelve places of an hour give back a day's price to the fen.
    const perHour = value === null ? undefined : key === 'perDay' ? divide(value, `${hours}`, 12) : value
    const rates =
      perHour === undefined && Object.keys(bare).length === 0
        ? others
        : [{ ...bare, ...(perHour && { perHour }) }, ...others]
    return [{ kind: 'resource.set', id: row.id, patch: { rates } }]
  }
  const put = (row: Resource, key: string, value: Json) => {
    const edits = cellEdits(row, key, value)
    if (!edits) say.bad(new Error(t('refusedPrice')))
    else if (edits.length > 0) void send(edits, t(PRICES.has(key) ? 'priced' : 'kindChanged', { names: row.name }))
  }
  const priceColumn = (key: 'perHour' | 'perDay' | 'perUnit'): GridColumn<Resource> => ({
    ...{ key, title: t(key), width: 128, figure: true, editable: editable(key) },
    render: row => {
      const own = row.kind === (key === 'perUnit' ? 'material' : 'work') ? shown(row, key) : undefined
      const several = (row.rates ?? []).filter(({ table = 0 }) => table === 0).length > 1
      return own === undefined ? '' : <span title={several ? t('several') : undefined}>{formats.money(own)}</span>
    },
  })
  const columns: GridColumn<Resource>[] = [
    { key: 'name', title: t('name'), width: 220, render: ({ name }) => name },
    {
      ...{ key: 'kind', title: t('kind'), width: 112, editable: editable('kind') },
      render: ({ kind }) => label(kinds[kind]),
    },
    priceColumn('perHour'),
    priceColumn('perDay'),
    priceColumn('perUnit'),
    {
      ...{ key: 'unit', title: t('unit'), width: 96, editable: editable('unit') },
      render: ({ kind, unitLabel }) => (kind === 'material' ? (unitLabel ?? '') : ''),
    },
    {
      ...{ key: 'sum', title: t('sum'), width: 144, figure: true },
      render: ({ id }) => {
        const costs = plan.assignments.flatMap(({ resource, cost }) =>
          resource === id && cost !== undefined && isDecimal(cost) ? [cost] : [],
        )
        return costs.length === 0 ? '' : formats.money(r2(sum(costs)))
      },
    },
  ]
  const paste = (rowAt: number, column: string, clip: string) => {
    const first = columns.findIndex(({ key }) => key === column)
    const edits: PlanEdit[] = []
    const names: string[] = []
    for (const [down, cells] of readBlock(clip).entries()) {
      const row = plan.resources[rowAt + down]
      if (!row) break
      for (const [right, cell] of cells.entries()) {
        const key = columns[first + right]?.key ?? ''
        const field = fieldOf(key)
        const found = field ? cellEdits(row, key, readCell(field, cell)) : []
        if (!found) return say.bad(new Error(t('refusedPrice')))
        if (found.length > 0) names.push(row.name)
        for (const edit of found) edits.push(edit)
      }
    }
    if (edits.length > 0) void send(edits, t('priced', { names: [...new Set(names)].join('、') }))
  }
  return (
    <section className="yz-res-card" aria-label={t('table')}>
      <p className="yz-soft">{t('note')}</p>
      <div className="yz-lines">
        <Grid<Resource>
          label={t('table')}
          columns={columns}
          rows={plan.resources.map(row => ({ kind: 'row', key: row.id, row }))}
          rowHeight={32}
          describedBy={hint}
          empty={<p className="yz-lines-empty yz-faint">{t('noResources')}</p>}
          onCopy={(row, key) =>
            key === 'name'
              ? row.name
              : key === 'unit'
                ? (row.unitLabel ?? '')
                : PRICES.has(key)
                  ? (shown(row, key) ?? '')
                  : ''
          }
          onPaste={(at, clip) => paste(at.row, columns[at.column]?.key ?? '', clip)}
          onClear={(row, key) => key !== 'kind' && put(row, key, null)}
          editor={(row, key, typed, done) => {
            const field = fieldOf(key)
            if (!field) return null
            const value: Json =
              key === 'kind' ? row.kind : key === 'unit' ? (row.unitLabel ?? null) : (shown(row, key) ?? null)
            return (
              <CellEditor
                field={field}
                value={value}
                refs={{}}
                typed={typed}
                onDone={(next, move) => {
                  done(move)
                  if (next !== undefined) put(row, key, next)
                }}
              />
            )
          }}
        />
        {may && (
          <p id={hint} className="yz-faint yz-hint">
            {t('keys')}
          </p>
        )}
      </div>
    </section>
  )
}

const isDecimalText = (value: Json): value is `${number}` => typeof value === 'string' && isDecimal(value)
