// Ways to go on of which one is taken: passed or to be done again, one method or the other; by chance, or by how it goes.
import { PlusOutlined } from '@ant-design/icons'
import { dayOf, formatDay } from '@yingzao/engines/schedule/civil'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, InputNumber, Select } from 'antd'
import { useMemo } from 'react'
import type { RiskBranch, RiskWay, RiskWhen } from '../risk-part.ts'
import { taskNames } from './analysis.tsx'
import { Heads, RemoveCell, replaced, without } from './risk-cells.tsx'
import { TaskPicker, usePickOptions } from './risk-picker.tsx'
import { text } from './risk-text.ts'

const newWay = (weight: number): RiskWay => ({ name: '', weight, picks: [] })

export const newBranch = (): RiskBranch => ({ id: newId(), name: '', ways: [newWay(80), newWay(20)] })

/** Which task is for whoever adds it to say; the day begins as the status date. */
const newWhen = ({ options }: Plan): RiskWhen => ({
  task: '',
  on: formatDay(dayOf(options.statusDate ?? options.start)),
})

function byWeight({ when: _, ...row }: RiskBranch): RiskBranch {
  return row
}

/** “When this task ends after that day”. */
function Decider({
  tasks,
  when,
  onChange,
}: {
  tasks: readonly { readonly value: string; readonly label: string }[]
  when: RiskWhen
  onChange: (when: RiskWhen) => void
}) {
  const t = useText(text)
  return (
    <>
      <Select
        size="small"
        className="yz-risk-task"
        aria-label={t('deciderTask')}
        placeholder={t('deciderTask')}
        showSearch={{ optionFilterProp: 'label' }}
        {...(when.task === '' ? { status: 'error' as const } : { value: when.task })}
        options={[...tasks]}
        onChange={task => onChange({ ...when, task })}
      />
      <span className="yz-risk-day">
        <DayPicker
          label={t('deciderDay')}
          value={when.on}
          time={false}
          onChange={on => typeof on === 'string' && onChange({ ...when, on })}
        />
      </span>
    </>
  )
}

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
  const deciders = useMemo(() => {
    const names = taskNames(plan)
    const parents = new Set(plan.tasks.flatMap(({ parent }) => parent ?? []))
    return plan.tasks.flatMap(({ id, actualFinish }) =>
      parents.has(id) || actualFinish !== undefined
        ? []
        : [{ value: id, label: `${names.get(id)?.number} ${names.get(id)?.name}` }],
    )
  }, [plan])
  return rows.map((row, at) => {
    const setWays = (ways: readonly RiskWay[]) => onChange(replaced(rows, at, { ways }))
    return (
      <div key={row.id} className="yz-stack yz-risk-branch">
        <div className="yz-flex yz-risk-decided">
          <Input
            size="small"
            className="yz-risk-task"
            aria-label={t('branchName')}
            placeholder={t('branchName')}
            maxLength={200}
            value={row.name}
            onChange={event => onChange(replaced(rows, at, { name: event.target.value }))}
          />
          <Select
            size="small"
            aria-label={t('decidedBy')}
            value={row.when ? 'finish' : 'weight'}
            options={[
              { value: 'weight', label: t('byWeight') },
              // The first way when it ends later, else the second.
              { value: 'finish', label: t('byFinish'), disabled: row.ways.length > 2 },
            ]}
            onChange={by => onChange(rows.with(at, by === 'finish' ? { ...row, when: newWhen(plan) } : byWeight(row)))}
          />
          {row.when && (
            <Decider tasks={deciders} when={row.when} onChange={when => onChange(rows.with(at, { ...row, when }))} />
          )}
          <Button size="small" onClick={() => onChange(without(rows, at))}>
            {t('removeBranch')}
          </Button>
        </div>
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-risk-table">
            <Heads names={[t('wayName'), t(row.when ? 'wayWhen' : 'wayWeight'), t('wayTasks')]} />
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
                    {row.when ? (
                      t(w === 0 ? 'endsAfter' : 'endsBy')
                    ) : (
                      <InputNumber
                        size="small"
                        className="yz-risk-number"
                        aria-label={t('wayWeight')}
                        {...{ min: 0, max: 1000 }}
                        value={way.weight}
                        onChange={value =>
                          typeof value === 'number' && setWays(replaced(row.ways, w, { weight: value }))
                        }
                      />
                    )}
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
        {!row.when && (
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
        )}
      </div>
    )
  })
}
