// A row of figures with what they are: the first thing a report says.
import type { ReactNode } from 'react'
import './figures.css'

export interface Figure {
  readonly label: string
  readonly value: string
  readonly note?: ReactNode
  readonly tone?: 'good' | 'bad' | 'warn' | undefined
}

export function Figures({ items }: { items: readonly Figure[] }) {
  return (
    <dl className="yz-figures">
      {items.map(({ label, value, note, tone }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={tone && `yz-${tone}`}>{value}</dd>
          {note && <dd>{note}</dd>}
        </div>
      ))}
    </dl>
  )
}
