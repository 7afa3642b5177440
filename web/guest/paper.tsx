// The document as a sheet: labelled values and tables. On a phone each line of a table is a card of its own.
import type { GuestBlock, GuestPage } from '@yingzao/platform/client/guest'
import { useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import { text } from './text.ts'

export function Paper({ page: { document } }: { page: GuestPage }) {
  return (
    <article className="gu-card gu-paper">
      <header>
        {document.kind !== document.title && <p className="gu-soft">{document.kind}</p>}
        <h1>{document.title}</h1>
        {document.about.length > 0 && <p className="gu-faint">{document.about.join(' · ')}</p>}
      </header>
      {document.blocks.map((block, at) => (
        // Blocks have no names of their own and never change places.
        <Block key={`${block.is}-${at}`} block={block} />
      ))}
    </article>
  )
}

function Block({ block }: { block: GuestBlock }) {
  switch (block.is) {
    case 'heading':
      return <h2>{block.text}</h2>
    case 'text':
      return <p>{block.text}</p>
    case 'pairs':
      return (
        <dl className="gu-pairs">
          {block.pairs.map(({ label, value, wide, figure }) => (
            <div key={label} className={wide ? 'gu-wide' : ''}>
              <dt>{label}</dt>
              <dd className={figure ? 'gu-figure' : ''}>{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'table':
      return <Table block={block} />
  }
}

function Table({ block: { columns, rows, totals } }: { block: Extract<GuestBlock, { is: 'table' }> }) {
  const t = useText(text)
  const phone = usePhone()
  if (phone)
    return (
      <ol className="gu-cards">
        {rows.map(row => (
          <li key={row[0]}>
            <strong>
              {row[0]}. {row[1]}
            </strong>
            <dl>
              {columns.slice(2).map(({ label, figure }, at) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd className={figure ? 'gu-figure' : ''}>{row[at + 2]}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
        {totals && (
          <li>
            <strong>{t('total')}</strong>
            <dl>
              {columns.map(({ label }, at) =>
                totals[at] && columns[at]?.figure ? (
                  <div key={label}>
                    <dt>{label}</dt>
                    <dd className="gu-figure">{totals[at]}</dd>
                  </div>
                ) : null,
              )}
            </dl>
          </li>
        )}
      </ol>
    )
  return (
    <div className="gu-scroll">
      <table>
        <thead>
          <tr>
            {columns.map(({ label, figure }) => (
              <th key={label} scope="col" className={figure ? 'gu-figure' : ''}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row[0]}>
              {columns.map(({ label, figure }, at) => (
                <td key={label} className={figure ? 'gu-figure' : ''}>
                  {row[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {totals && (
          <tfoot>
            <tr>
              {columns.map(({ label, figure }, at) => (
                <td key={label} className={figure ? 'gu-figure' : ''}>
                  {totals[at]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
