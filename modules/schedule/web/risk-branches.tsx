// Ways to go on of which one is taken: passed or to be done again, one method or the other.
import { PlusOutlined } from '@ant-design/icons'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, InputNumber } from 'antd'
import type { RiskBranch, RiskWay } from '../risk-part.ts'
import { Heads, RemoveCell, replaced, without } from './risk-cells.tsx'
import { TaskPicker, usePickOptions } from './risk-picker.tsx'
import { text } from './risk-text.ts'

const newWay = (weight: number): RiskWay => ({ name: '', weight, picks: [] })

export const newBranch = (): RiskBranch => ({ id: newId(), name: '', ways: [newWay(80), newWay(20)] })

export function Branches({
  plan,
  rows,
  onChange,
}: {
  plan: Plan
  rows: readonly RiskBranch[]
  onChange: (rows: readonly RiskBranch[]) => void
}) {
  const t = useText(text)
  const options = usePickOptions(plan)
  return rows.map((row, at) => {
    const setWays = (ways: readonly RiskWay[]) => onChange(replaced(rows, at, { ways }))
    return (
      <div key={row.id} className="yz-stack yz-risk-branch">
        <div className="yz-flex">
          <Input
            size="small"
            className="yz-risk-task"
            aria-label={t('branchName')}
            placeholder={t('branchName')}
            maxLength={200}
            value={row.name}
            onChange={event => onChange(replaced(rows, at, { name: event.target.value }))}
          />
          <Button size="small" onClick={() => onChange(without(rows, at))}>
            {t('removeBranch')}
          </Button>
        </div>
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-risk-table">
            <Heads names={[t('wayName'), t('wayWeight'), t('wayTasks')]} />
            <tbody>
              {row.ways.map((way, w) => (
                <tr key={w}>
                  <td>
                    <Input
                      size="small"
                      className="yz-risk-unit"
                      aria-label={t('wayName')}
                      maxLength={200}
                      value={way.name}
                      onChange={event => setWays(replaced(row.ways, w, { name: event.target.value }))}
                    />
                  </td>
                  <td>
                    <InputNumber
                      size="small"
                      className="yz-risk-number"
                      aria-label={t('wayWeight')}
                      {...{ min: 0, max: 1000 }}
                      value={way.weight}
                      onChange={value => typeof value === 'number' && setWays(replaced(row.ways, w, { weight: value }))}
                    />
                  </td>
                  <td>
                    <TaskPicker
                      options={options}
                      picks={way.picks}
                      empty={t('noWork')}
                      onChange={picks => setWays(replaced(row.ways, w, { picks }))}
                    />
                  </td>
                  {row.ways.length > 2 ? <RemoveCell onRemove={() => setWays(without(row.ways, w))} /> : <td />}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <div>
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden="true" />}
            disabled={row.ways.length >= 10}
            onClick={() => setWays([...row.ways, newWay(10)])}
          >
            {t('addWay')}
          </Button>
        </div>
      </div>
    )
  })
}
