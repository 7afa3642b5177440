// A table of figures that a report shows: names left, amounts right, a total below; on a phone each row is a card.
import type { HTMLAttributes, ReactNode } from 'react'
import './figure-table.css'

export interface FigureColumn<Row> {
  readonly key: string
  readonly label: string
  /** Amounts and counts: right-aligned digits. */
  readonly figure?: boolean
  /** Days, states, codes: never broken over lines. */
  readonly tight?: boolean
  /** Left out on a phone. */
  readonly wide?: boolean
  readonly cell: (row: Row) => ReactNode
}
interface Props<Row> {
  readonly label: string
  readonly columns: readonly FigureColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Cells of the total, by column. */
  readonly total?: Readonly<Record<string, ReactNode>>
  readonly rowProps?: (row: Row) => HTMLAttributes<HTMLTableRowElement>
}

/** The first column names the row. */
export function FigureTable<Row>({ label, columns, rows, keyOf, total, rowProps }: Props<Row>) {
  const kind = ({ figure, tight, wide }: FigureColumn<Row>) =>
    [figure && 'yz-figure-cell', tight && 'yz-tight-cell', wide && 'yz-wide-cell'].filter(Boolean).join(' ') ||
    undefined
  return (
    <div className="yz-figure-table-box">
      <table className="yz-figure-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column.key} scope="col" className={kind(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={keyOf(row)} {...rowProps?.(row)}>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.key} scope="row" className={kind(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} className={kind(column)} data-label={column.label}>
                    <span>{column.cell(row)}</span>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.key} scope="row">
                    {total[column.key]}
                  </th>
                ) : (
                  <td
                    key={column.key}
                    className={kind(column)}
                    data-label={total[column.key] === undefined ? undefined : column.label}
                  >
                    <span>{total[column.key]}</span>
                  </td>
                ),
              )}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
