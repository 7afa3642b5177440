// Cells of the tables in which risks are typed: at best, likely, at worst; a row taken out; headings.
import { DeleteOutlined } from '@ant-design/icons'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, InputNumber } from 'antd'
import type { ReactNode } from 'react'
import type { TaskSpread } from '../risk.ts'
import { text } from './risk-text.ts'

export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <div className="yz-hint yz-faint">{label}</div>
      {children}
    </div>
  )
}

export interface RowsProps<Row> {
  readonly rows: readonly Row[]
  readonly tasks: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (rows: readonly Row[]) => void
}

export type Three = Pick<TaskSpread, 'min' | 'likely' | 'max'>
export const ascends = ({ min, likely, max }: Three) => min <= likely && likely <= max

/** Three cells: at best, most likely, at worst. */
export function ThreeCells({ row, onChange }: { row: Three; onChange: (patch: Partial<Three>) => void }) {
  const t = useText(text)
  return (['min', 'likely', 'max'] as const).map(key => (
    <td key={key}>
      <InputNumber
        size="small"
        className="yz-risk-number"
        aria-label={t(key)}
        min={0}
        {...(ascends(row) ? {} : { status: 'error' as const })}
        value={row[key]}
        onChange={value => typeof value === 'number' && onChange({ [key]: value })}
      />
    </td>
  ))
}

export function RemoveCell({ onRemove }: { onRemove: () => void }) {
  const t = useText(text)
  return (
    <td>
      <Button
        size="small"
        type="text"
        icon={<DeleteOutlined aria-hidden="true" />}
        aria-label={t('remove')}
        title={t('remove')}
        onClick={onRemove}
      />
    </td>
  )
}

export function replaced<Row>(rows: readonly Row[], at: number, patch: Partial<NoInfer<Row>>): Row[] {
  return rows.map((row, index) => (index === at ? { ...row, ...patch } : row))
}
export const without = <Row,>(rows: readonly Row[], at: number): Row[] => rows.filter((_, index) => index !== at)

export function Heads({ names }: { names: readonly string[] }) {
  return (
    <thead>
      <tr>
        {names.map(name => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
        <td />
      </tr>
    </thead>
  )
}
