// What is assumed about the risks of a plan: a spread for all tasks, classes and single ones of their own, pairs, events that may
// happen, ways of which one is taken, and weather.
import { PlusOutlined } from '@ant-design/icons'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { newId } from '@yingzao/platform/client'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useMemo } from 'react'
import { MOST_RUNS, type PlanRisk, type PlanRiskEvent, type TaskSpread, uncertainTasks, usualRisk } from '../risk.ts'
import { taskNames } from './analysis.tsx'
import { Branches, newBranch } from './risk-branches.tsx'
import { Heads, Labelled, RemoveCell, type RowsProps, replaced, ThreeCells, without } from './risk-cells.tsx'
import { Classes, newClass } from './risk-classes.tsx'
import { newPair, Pairs } from './risk-pairs.tsx'
import { text } from './risk-text.ts'
import { newWeather, Weathers } from './risk-weather.tsx'

interface Props {
  readonly plan: Plan
  readonly risk: PlanRisk
  /** May this reader see what events cost? */
  readonly knowsCosts: boolean
  readonly onChange: (risk: PlanRisk) => void
}

export function RiskInputs({ plan, risk, knowsCosts, onChange }: Props) {
  const t = useText(text)
  const set = (patch: Partial<PlanRisk>) => onChange({ ...risk, ...patch })
  const tasks = useMemo(() => {
    const names = taskNames(plan)
    return uncertainTasks(plan).map(({ id }) => ({
      value: id,
      label: `${names.get(id)?.number} ${names.get(id)?.name}`,
    }))
  }, [plan])
  const figure = (
    key: 'iterations' | 'seed' | 'shorter' | 'longer',
    range: { min: number; max: number; step?: number },
    suffix?: string,
  ) => (
    <Labelled label={t(key)}>
      <InputNumber
        className="yz-risk-number"
        aria-label={t(key)}
        {...range}
        value={risk[key]}
        {...(suffix ? { suffix } : {})}
        onChange={value => typeof value === 'number' && set({ [key]: value })}
      />
    </Labelled>
  )
  return (
    <div className="yz-stack yz-risk-inputs">
      <div className="yz-risk-row">
        {figure('shorter', { min: 0, max: 99 }, '%')}
        {figure('longer', { min: 0, max: 1000 }, '%')}
        <Labelled label={t('correlation')}>
          <div className="yz-flex">
            <Checkbox
              checked={risk.correlation > 0}
              onChange={event => set({ correlation: event.target.checked ? usualRisk.correlation : 0 })}
            >
              {t('correlated')}
            </Checkbox>
            <InputNumber
              aria-label={t('correlation')}
              className="yz-risk-number"
              disabled={risk.correlation === 0}
              {...{ min: 0, max: 0.95, step: 0.05 }}
              value={risk.correlation}
              onChange={value => typeof value === 'number' && set({ correlation: value })}
            />
          </div>
        </Labelled>
        {figure('iterations', { min: 100, max: MOST_RUNS, step: 1000 })}
        {figure('seed', { min: 0, max: 2 ** 31 - 1 })}
      </div>
      <p className="yz-faint yz-analysis-note">{t('correlationNote')}</p>
      <Part
        title={t('classes')}
        none={t('classesNone')}
        add={t('addClass')}
        onAdd={() => set({ classes: [...risk.classes, newClass(risk)] })}
      >
        {risk.classes.length > 0 && (
          <Classes plan={plan} rows={risk.classes} onChange={classes => set({ classes: [...classes] })} />
        )}
      </Part>
      <Part
        title={t('pairs')}
        none={t('pairsNone')}
        add={t('addPair')}
        onAdd={() => {
          const pair = newPair(tasks, risk.pairs)
          if (pair) set({ pairs: [...risk.pairs, pair] })
        }}
      >
        {risk.pairs.length > 0 && (
          <Pairs rows={risk.pairs} tasks={tasks} onChange={pairs => set({ pairs: [...pairs] })} />
        )}
      </Part>
      <h3>{t('spreads')}</h3>
      {risk.tasks.length === 0 ? (
        <p className="yz-soft">{t('spreadsNone')}</p>
      ) : (
        <Spreads rows={risk.tasks} tasks={tasks} onChange={rows => set({ tasks: rows })} />
      )}
      <div>
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          disabled={tasks.length === risk.tasks.length}
          onClick={() => {
            const taken = new Set(risk.tasks.map(({ task }) => task))
            const next = tasks.find(({ value }) => !taken.has(value))
            if (next)
              set({ tasks: [...risk.tasks, { task: next.value, by: 'percent', min: 90, likely: 100, max: 150 }] })
          }}
        >
          {t('addTask')}
        </Button>
      </div>
      <h3>{t('events')}</h3>
      {risk.events.length === 0 ? (
        <p className="yz-soft">{t('eventsNone')}</p>
      ) : (
        <Events rows={risk.events} tasks={tasks} knowsCosts={knowsCosts} onChange={rows => set({ events: rows })} />
      )}
      <div>
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden="true" />}
          onClick={() => {
            const event = { id: newId(), name: '', probability: 20, tasks: [], min: 5, likely: 10, max: 20, cost: '' }
            set({ events: [...risk.events, event] })
          }}
        >
          {t('addEvent')}
        </Button>
      </div>
      <Part
        title={t('branches')}
        none={t('branchesNone')}
        add={t('addBranch')}
        onAdd={() => set({ branches: [...risk.branches, newBranch()] })}
      >
        {risk.branches.length > 0 && (
          <Branches plan={plan} rows={risk.branches} onChange={branches => set({ branches: [...branches] })} />
        )}
      </Part>
      <Part
        title={t('weather')}
        none={t('weatherNone')}
        add={t('addWeather')}
        onAdd={() => set({ weather: [...risk.weather, newWeather()] })}
      >
        {risk.weather.length > 0 && (
          <Weathers plan={plan} rows={risk.weather} onChange={weather => set({ weather: [...weather] })} />
        )}
      </Part>
    </div>
  )
}

/** One kind of input: its rows, or what it would be for, and a button that adds one. */
function Part({
  title,
  none,
  add,
  onAdd,
  children,
}: {
  title: string
  none: string
  add: string
  onAdd: () => void
  children: ReactNode
}) {
  return (
    <>
      <h3>{title}</h3>
      {children || <p className="yz-soft">{none}</p>}
      <div>
        <Button size="small" icon={<PlusOutlined aria-hidden="true" />} onClick={onAdd}>
          {add}
        </Button>
      </div>
    </>
  )
}

function Spreads({ rows, tasks, onChange }: RowsProps<TaskSpread>) {
  const t = useText(text)
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-risk-table">
        <Heads names={[t('task'), t('by'), t('min'), t('likely'), t('max')]} />
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.task}>
              <td>
                <Select
                  size="small"
                  className="yz-risk-task"
                  aria-label={t('task')}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={row.task}
                  options={tasks.filter(({ value }) => value === row.task || !rows.some(each => each.task === value))}
                  onChange={task => onChange(replaced(rows, at, { task }))}
                />
              </td>
              <td>
                <Select
                  size="small"
                  className="yz-risk-unit"
                  aria-label={t('by')}
                  value={row.by}
                  options={[
                    { value: 'percent' as const, label: t('percentOfLeft') },
                    { value: 'days' as const, label: t('daysLeft') },
                  ]}
                  onChange={by =>
                    onChange(
                      replaced(
                        rows,
                        at,
                        by === 'days' ? { by, min: 5, likely: 10, max: 20 } : { by, min: 90, likely: 100, max: 150 },
                      ),
                    )
                  }
                />
              </td>
              <ThreeCells row={row} onChange={patch => onChange(replaced(rows, at, patch))} />
              <RemoveCell onRemove={() => onChange(without(rows, at))} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Events({ rows, tasks, knowsCosts, onChange }: RowsProps<PlanRiskEvent> & Pick<Props, 'knowsCosts'>) {
  const t = useText(text)
  return (
    <div className="yz-scroll-x">
      <table className="yz-plain-table yz-risk-table">
        <Heads
          names={[
            ...[t('eventName'), t('probability'), t('affected')],
            ...(['min', 'likely', 'max'] as const).map(key => `${t('delayDays')}: ${t(key)}`),
            ...(knowsCosts ? [t('eventCost')] : []),
          ]}
        />
        <tbody>
          {rows.map((row, at) => (
            <tr key={row.id}>
              <td>
                <Input
                  size="small"
                  className="yz-risk-unit"
                  aria-label={t('eventName')}
                  maxLength={200}
                  value={row.name}
                  onChange={event => onChange(replaced(rows, at, { name: event.target.value }))}
                />
              </td>
              <td>
                <InputNumber
                  size="small"
                  className="yz-risk-number"
                  aria-label={t('probability')}
                  {...{ min: 0, max: 100 }}
                  value={row.probability}
                  onChange={value => typeof value === 'number' && onChange(replaced(rows, at, { probability: value }))}
                />
              </td>
              <td>
                <Select
                  size="small"
                  mode="multiple"
                  className="yz-risk-task"
                  aria-label={t('affected')}
                  showSearch={{ optionFilterProp: 'label' }}
                  maxTagCount={2}
                  value={[...row.tasks]}
                  options={[...tasks]}
                  onChange={chosen => onChange(replaced(rows, at, { tasks: chosen }))}
                />
              </td>
              <ThreeCells row={row} onChange={patch => onChange(replaced(rows, at, patch))} />
              {knowsCosts && (
                <td>
                  <InputNumber
                    size="small"
                    stringMode
                    className="yz-risk-number"
                    aria-label={t('eventCost')}
                    {...{ min: '0', max: '999999999999' }}
                    value={row.cost}
                    onChange={value => onChange(replaced(rows, at, { cost: value === null ? '' : String(value) }))}
                  />
                </td>
              )}
              <RemoveCell onRemove={() => onChange(without(rows, at))} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
