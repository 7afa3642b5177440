// Two tasks that move together: the same crew, the same machine, the same ground.
import { useText } from '@yingzao/ui/text/language.tsx'
import { InputNumber, Select } from 'antd'
import type { RiskPair } from '../risk-part.ts'
import { Heads, RemoveCell, type RowsProps, replaced, without } from './risk-cells.tsx'
import { text } from './risk-text.ts'

/** The first two tasks that are no pair yet. */
export function newPair(tasks: RowsProps<RiskPair>['tasks'], rows: readonly RiskPair[]): RiskPair | undefined {
  const known = new Set(rows.flatMap(({ a, b }) => [`${a} ${b}`, `${b} ${a}`]))
  const [first, ...others] = tasks
  const next = others.find(({ value }) => !known.has(`${first?.value} ${value}`))
  return first && next && { a: first.value, b: next.value, correlation: 0.6 }
}

export function Pairs({ rows, tasks, onChange }: RowsProps<RiskPair>) {
  const t = useText(text)
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-risk-table">
        <Heads names={[t('oneTask'), t('otherTask'), t('correlation')]} />
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {(['a', 'b'] as const).map(end => (
                <td key={end}>
                  <Select
                    size="small"
                    className="yz-risk-task"
                    aria-label={t(end === 'a' ? 'oneTask' : 'otherTask')}
                    showSearch={{ optionFilterProp: 'label' }}
                    value={row[end]}
                    options={tasks.filter(({ value }) => value !== row[end === 'a' ? 'b' : 'a'])}
                    onChange={value => onChange(replaced(rows, at, { [end]: value }))}
                  />
                </td>
              ))}
              <td>
                <InputNumber
                  size="small"
                  className="yz-risk-number"
                  aria-label={t('correlation')}
                  {...{ min: -0.95, max: 0.95, step: 0.05 }}
                  value={row.correlation}
                  onChange={value => typeof value === 'number' && onChange(replaced(rows, at, { correlation: value }))}
                />
              </td>
              <RemoveCell onRemove={() => onChange(without(rows, at))} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
