// How else a task can be done: a table of alternatives with name, duration, cost and what they are done with, typed and pasted.
import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { subtract } from '@yingzao/engines/money'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { alternativeInUse, sameAlternative } from '@yingzao/engines/time-cost'
import { f, isDecimal, type Json } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { readDecimal } from '@yingzao/ui/field/decimal'
import { readBlock } from '@yingzao/ui/field/paste'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { CellEditor } from '@yingzao/ui/table/cell-editor.tsx'
import { Grid, type GridColumn } from '@yingzao/ui/table/grid.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import {
  alternativesOf,
  asPlannedNow,
  type CrashInputs,
  crashableTasks,
  dayOfTask,
  MOST_DAYS,
  type TaskAlternative,
} from '../crash.ts'
import { taskNames } from './analysis.tsx'
import { text } from './crash-text.ts'
import { readUnits, unitsText } from './crash-units.ts'

interface Props {
  readonly plan: Plan
  readonly inputs: CrashInputs
  readonly onChange: (inputs: CrashInputs) => void
}

interface Row {
  readonly kept: TaskAlternative
  readonly number: string
  readonly name: string
  readonly inUse: boolean
  /** Cannot be told from another alternative of its task. */
  readonly twin: boolean
  /** Against the one in use; null while either is not said. */
  readonly more: string | null
  /** Days against now; below zero = longer. */
  readonly less: number | null
}

const fields = inputFields({
  name: f.text({ zh: '做法', en: 'Alternative' }, { max: 200 }),
  days: f.number({ zh: '工期', en: 'Duration' }, { scale: 2, min: '0' }),
  cost: f.money({ zh: '费用', en: 'Cost' }),
  resources: f.text({ zh: '资源', en: 'Resources' }, { max: 1000 }),
})
const order = ['name', 'days', 'cost', 'resources'] as const
type Key = (typeof order)[number]
const isKey = (key: string | undefined): key is Key => order.some(each => each === key)

export function CrashAlternatives({ plan, inputs, onChange }: Props) {
  const t = useText(text)
  const say = useSay()
  const formats = useFormats()
  const hint = useId()
  const [picked, setPicked] = useState<string | null>(null)
  const open = useMemo(() => crashableTasks(plan), [plan])
  const names = useMemo(() => taskNames(plan), [plan])
  const rows = useMemo(() => rowsOf(plan, inputs), [plan, inputs])
  const between = t('between')
  const put = (alternatives: readonly TaskAlternative[]) => onChange({ ...inputs, alternatives })
  const known = (of: readonly TaskAlternative[], task: string) => of.some(each => each.task === task)

  /** The first alternative of a task brings the present one with it: costs are told against it. */
  const withPresent = (of: readonly TaskAlternative[], task: string): readonly TaskAlternative[] => {
    const own = open.find(({ id }) => id === task)
    return own && !known(of, task) ? [...of, asPlannedNow(plan, own, newId(), t('asPlannedNow'))] : of
  }
  const blank = (task: string): TaskAlternative => ({
    ...{ id: newId(), task, name: '', days: null, cost: '', resources: [] },
  })
  const add = () => {
    if (picked === null) return
    const before = withPresent(inputs.alternatives, picked)
    const last = before.findLastIndex(({ task }) => task === picked)
    put([...before.slice(0, last + 1), blank(picked), ...before.slice(last + 1)])
  }
  /** What typed cells mean; a resource that the plan does not have is told. */
  const changeOf = (cells: Partial<Record<Key, string>>): Partial<TaskAlternative> => {
    const { name, days, cost, resources } = cells
    const units = resources === undefined ? null : readUnits(plan, resources)
    if (units && !units.ok) say.info(t('noSuchResource', { name: units.name }))
    const count = days === undefined ? undefined : Number(readDecimal(days) ?? 'none')
    const money = cost === undefined ? undefined : cost.trim() === '' ? '' : readDecimal(cost)
    return {
      ...(name === undefined ? {} : { name: name.trim().slice(0, 200) }),
      ...(count === undefined ? {} : { days: count > 0 && count <= MOST_DAYS ? count : null }),
      ...(money === undefined || money === null || money.length > 20 ? {} : { cost: money }),
      ...(units?.ok ? { resources: units.units } : {}),
    }
  }
  const set = (id: string, cells: Partial<Record<Key, string>>) => {
    const change = changeOf(cells)
    put(inputs.alternatives.map(each => (each.id === id ? { ...each, ...change } : each)))
  }
  const remove = (id: string) => put(inputs.alternatives.filter(each => each.id !== id))

  const cellsOf = (cells: readonly string[], first: number) =>
    Object.fromEntries(cells.flatMap((cell, right) => (order[first + right] ? [[order[first + right], cell]] : [])))
  /** By name or number of the task, in any order: an alternative of the same name is changed, another is added. */
  const pasteTasks = (clip: string) => {
    let next: readonly TaskAlternative[] = inputs.alternatives
    const strangers: string[] = []
    let count = 0
    for (const [first, ...cells] of readBlock(clip)) {
      const name = first?.trim() ?? ''
      const task = open.find(({ id }) => names.get(id)?.number === name) ?? open.find(each => each.name === name)
      if (!task) {
        strangers.push(name)
        continue
      }
      next = withPresent(next, task.id)
      const change = changeOf(cellsOf(cells, 0))
      const same = next.find(each => each.task === task.id && each.name === change.name)
      next = same
        ? next.map(each => (each === same ? { ...each, ...change } : each))
        : [...next, { ...blank(task.id), ...change }]
      count++
    }
    put(next)
    const [stranger] = strangers
    if (stranger === undefined) say.good(t('pasted', { count }))
    else say.info(t('unmatched', { count: strangers.length, name: stranger }))
  }
  const paste = (at: number, column: string, clip: string) => {
    if (!isKey(column)) return pasteTasks(clip)
    const changes = new Map(
      readBlock(clip).flatMap((cells, down) => {
        const row = rows[at + down]
        return row ? [[row.kept.id, changeOf(cellsOf(cells, order.indexOf(column)))]] : []
      }),
    )
    put(inputs.alternatives.map(each => ({ ...each, ...changes.get(each.id) })))
    say.good(t('pasted', { count: changes.size }))
  }
  const cellText = ({ kept, number, name }: Row, key: string): string =>
    ({
      ...{ number, task: name, name: kept.name, days: String(kept.days ?? ''), cost: kept.cost },
      resources: unitsText(plan, kept.resources, between),
    })[key] ?? ''

  const columns: GridColumn<Row>[] = [
    {
      ...{ key: 'number', title: '#', width: 56, figure: true },
      render: ({ number }) => <span className="yz-faint">{number}</span>,
    },
    { key: 'task', title: t('task'), width: 200, render: ({ name }) => name },
    {
      ...{ key: 'name', title: t('alternative'), width: 176, editable: () => true },
      invalid: ({ twin }) => (twin ? t('twin') : undefined),
      render: ({ kept, inUse }) => (
        <>
          {kept.name} {inUse && <span className="yz-tag yz-tag-neutral">{t('inUse')}</span>}
        </>
      ),
    },
    {
      ...{ key: 'days', title: t('alternativeDays'), width: 104, figure: true, editable: () => true },
      invalid: ({ kept }) => (kept.days === null ? t('alternativeDaysMissing') : undefined),
      render: ({ kept }) => (kept.days === null ? '' : formats.number(kept.days, 2)),
    },
    {
      ...{ key: 'cost', title: t('alternativeCost'), width: 136, figure: true, editable: () => true },
      invalid: ({ kept }) => (kept.cost === '' ? t('alternativeCostMissing') : undefined),
      render: ({ kept }) => (kept.cost === '' ? '' : formats.money(kept.cost)),
    },
    {
      ...{ key: 'resources', title: t('alternativeResources'), width: 264, editable: () => true },
      render: ({ kept }) =>
        kept.resources.length === 0 ? (
          <span className="yz-faint">{t('sameHands')}</span>
        ) : (
          unitsText(plan, kept.resources, between)
        ),
    },
    {
      ...{ key: 'against', title: t('against'), width: 200 },
      render: row => <span className="yz-soft">{againstText(row)}</span>,
    },
    {
      ...{ key: 'remove', title: '', width: 48 },
      render: ({ kept, name }) => (
        <Button
          size="small"
          type="text"
          icon={<DeleteOutlined aria-hidden="true" />}
          aria-label={t('removeAlternative', { task: name, name: kept.name })}
          onClick={() => remove(kept.id)}
        />
      ),
    },
  ]
  const againstText = ({ inUse, less, more }: Row): string => {
    if (inUse || less === null || more === null) return ''
    const days = formats.number(Math.abs(less), 2)
    const time = less === 0 ? t('sameTime') : t(less > 0 ? 'faster' : 'slower', { days })
    const money = isZeroText(more) ? t('sameCost') : formats.money(more)
    return t('againstNow', { time, money: more.startsWith('-') || isZeroText(more) ? money : `+${money}` })
  }
  return (
    <div className="yz-lines yz-crash-grid">
      <div className="yz-flex">
        <Select
          className="yz-crash-task"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('pickTask')}
          placeholder={t('pickTask')}
          value={picked}
          onChange={setPicked}
          options={open.map(({ id, name }) => ({ value: id, label: `${names.get(id)?.number ?? ''} ${name}` }))}
        />
        <Button icon={<PlusOutlined aria-hidden="true" />} disabled={picked === null} onClick={add}>
          {t('addAlternative')}
        </Button>
      </div>
      <Grid<Row>
        label={t('alternatives')}
        columns={columns}
        rows={rows.map(row => ({ kind: 'row', key: row.kept.id, row }))}
        rowHeight={32}
        pinned={2}
        describedBy={hint}
        empty={<p className="yz-lines-empty yz-faint">{t('noAlternatives')}</p>}
        onCopy={cellText}
        onPaste={(at, clip) => paste(at.row, columns[at.column]?.key ?? '', clip)}
        onPasteEmpty={pasteTasks}
        onClear={({ kept }, key) => (isKey(key) ? set(kept.id, { [key]: '' }) : remove(kept.id))}
        editor={(row, key, typed, done) => {
          const field = fields.find(each => each.name === key)
          if (!field || !isKey(key)) return null
          return (
            <CellEditor
              field={field}
              value={cellText(row, key) || null}
              refs={{}}
              typed={typed}
              onDone={(value, move) => {
                done(move)
                if (value !== undefined) set(row.kept.id, { [key]: textOf(value) })
              }}
            />
          )
        }}
      />
      <p id={hint} className="yz-faint yz-hint">
        {t('alternativesHint')}
      </p>
    </div>
  )
}

const textOf = (value: Json) => (typeof value === 'string' ? value : value === null ? '' : String(value))
const isZeroText = (amount: string) => Number(amount) === 0

/** Rows of tasks that are still to be done, task by task as the plan has them. */
function rowsOf(plan: Plan, inputs: CrashInputs): Row[] {
  const names = taskNames(plan)
  const said = alternativesOf(plan, inputs)
  return crashableTasks(plan).flatMap(task => {
    const rows = inputs.alternatives.filter(each => each.task === task.id)
    const own = said.filter(each => each.task === task.id)
    const used = alternativeInUse(task, own, plan.assignments)
    const now = task.duration / dayOfTask(plan, task)
    return rows.map((kept): Row => {
      const whole = own.find(({ id }) => id === kept.id)
      return {
        ...{ kept, number: names.get(task.id)?.number ?? '', name: task.name },
        inUse: used?.id === kept.id,
        twin:
          whole !== undefined &&
          own.some(each => own.indexOf(each) < own.indexOf(whole) && sameAlternative(each, whole)),
        more: isDecimal(kept.cost) ? subtract(kept.cost, used?.cost ?? '0') : null,
        less: kept.days === null ? null : now - kept.days,
      }
    })
  })
}
