// Classes of tasks with a spread of their own and a correlation among them.
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Input, InputNumber } from 'antd'
import type { PlanRisk } from '../risk.ts'
import type { RiskClass } from '../risk-part.ts'
import { Heads, RemoveCell, replaced, ThreeCells, without } from './risk-cells.tsx'
import { TaskPicker, usePickOptions } from './risk-picker.tsx'
import { text } from './risk-text.ts'

/** Begins as all tasks are. */
export const newClass = ({ shorter, longer, correlation }: PlanRisk): RiskClass => ({
  ...{ id: newId(), name: '', picks: [], min: 100 - shorter, likely: 100, max: 100 + longer, correlation },
})

export function Classes({
  plan,
  rows,
  onChange,
}: {
  plan: Plan
  rows: readonly RiskClass[]
  onChange: (rows: readonly RiskClass[]) => void
}) {
  const t = useText(text)
  const options = usePickOptions(plan)
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-risk-table">
        <Heads
          names={[
            ...[t('className'), t('whichTasks')],
            ...(['min', 'likely', 'max'] as const).map(key => t('ofLeft', { which: t(key) })),
            t('correlation'),
          ]}
        />
        <tbody>
          {rows.map((row, at) => {
            const change = (patch: Partial<RiskClass>) => onChange(replaced(rows, at, patch))
            return (
              <tr key={row.id}>
                <td>
                  <Input
                    size="small"
                    className="yz-risk-unit"
                    aria-label={t('className')}
                    maxLength={200}
                    value={row.name}
                    onChange={event => change({ name: event.target.value })}
                  />
                </td>
                <td>
                  <TaskPicker
                    options={options}
                    picks={row.picks}
                    empty={t('allTasks')}
                    onChange={picks => change({ picks })}
                  />
                </td>
                <ThreeCells row={row} onChange={change} />
                <td>
                  <InputNumber
                    size="small"
                    className="yz-risk-number"
                    aria-label={t('correlation')}
                    {...{ min: 0, max: 0.95, step: 0.05 }}
                    value={row.correlation}
                    onChange={value => typeof value === 'number' && change({ correlation: value })}
                  />
                </td>
                <RemoveCell onRemove={() => onChange(without(rows, at))} />
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
