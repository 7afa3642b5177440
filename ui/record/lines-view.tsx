// The lines of a document as read: every column that says something, as wide as it takes, and their sums. On a phone one card a line.
import type { FieldMeta, Json } from '@yingzao/kernel/entity'
import { lazy, Suspense, useMemo } from 'react'
import { entityOf, useMeta } from '../data/meta.ts'
import type { Holder } from '../field/masked.tsx'
import { FieldValue, isFigure, type Refs } from '../field/value.tsx'
import { lineFields, lineSums } from '../form/line-fields.ts'
import { type Row, rowsOf } from '../form/rows.ts'
import { text } from '../form/text.ts'
import { FigureTable } from '../table/figure-table.tsx'
import { useLabel, useText } from '../text/language.tsx'

const LinesEditor = lazy(() => import('../form/lines-editor.tsx'))

/** More than that scroll in a grid that draws what is seen. */
const most = 200
/** Kinds that are never broken over lines. */
const tight: ReadonlySet<string> = new Set(['date', 'instant', 'choice', 'flag'])
const says = (value: Json | undefined) => value !== undefined && value !== null && value !== '' && value !== false

interface Props {
  readonly field: FieldMeta & { readonly kind: 'lines' }
  readonly rows: readonly Json[]
  readonly refs: Refs
  /** The document. */
  readonly of: Holder
}

export function LinesView({ field, rows, refs, of }: Props) {
  const t = useText(text)
  const label = useLabel()
  const meta = useMeta()
  const line = entityOf(meta, field.of)
  const list = useMemo(() => rowsOf([...rows]).map((row, at): Row => ({ ...row, '#': at + 1 })), [rows])
  if (list.length === 0) return <span className="yz-faint">—</span>
  if (list.length > most)
    return (
      <Suspense fallback={null}>
        <LinesEditor field={field} rows={rows} errors={{}} refs={refs} readOnly onChange={() => {}} />
      </Suspense>
    )
  const fields = lineFields(line).filter(each => list.some(row => says(row[each.name])))
  const sums = lineSums(fields, list)
  return (
    <FigureTable<Row>
      label={label(field.label)}
      rows={list}
      keyOf={row => String(row['#'])}
      columns={[
        {
          key: '#',
          label: t('position'),
          tight: true,
          cell: row => <span className="yz-faint">{String(row['#'])}</span>,
        },
        ...fields.map(each => ({
          key: each.name,
          label: label(each.label) + (each.unit ? ` (${label(each.unit)})` : ''),
          ...(isFigure(each) ? { figure: true } : tight.has(each.kind) ? { tight: true } : {}),
          cell: (row: Row) => (
            <FieldValue
              field={each}
              value={row[each.name]}
              refs={refs}
              of={{ ...of, line: { field: field.name, id: String(row.id) } }}
            />
          ),
        })),
      ]}
      {...(sums.length > 0
        ? {
            total: {
              '#': t('sum'),
              ...Object.fromEntries(
                sums.map(([each, sum]) => [each.name, <FieldValue key={each.name} field={each} value={sum} />]),
              ),
            },
          }
        : {})}
    />
  )
}
