// The panel's constraint, deadline and levelling delay.

import { parseDate } from '@yingzao/engines/plan-text/date'
import type { ConstraintType } from '@yingzao/engines/schedule/plan'
import { Input, Select } from 'antd'
import { useEffect, useState } from 'react'
import type { Controller } from './controller.ts'
import { editableDate } from './date-text.ts'
import { CellField, Field } from './panel-field.tsx'

const microsoft: readonly ConstraintType[] = [
  'asap',
  'alap',
  'start_no_earlier_than',
  'start_no_later_than',
  'finish_no_earlier_than',
  'finish_no_later_than',
  'must_start_on',
  'must_finish_on',
]
const primavera: readonly ConstraintType[] = [...microsoft, 'start_on', 'finish_on', 'expected_finish']

const boundsFinish = (type: ConstraintType) => type.includes('finish')

export function ConstraintTab({ controller, at }: { controller: Controller; at: number }) {
  const sheet = controller.sheet()
  const { plan } = sheet.outline
  const task = plan.tasks[at]
  const words = controller.words()
  const current = task?.constraint.at === undefined ? '' : editableDate(task.constraint.at)
  const [typed, setTyped] = useState(current)
  const [bad, setBad] = useState(false)
  useEffect(() => {
    setTyped(current)
    setBad(false)
  }, [current])
  if (!task) return null
  const { type } = task.constraint
  const dated = type !== 'asap' && type !== 'alap'

  function choose(next: ConstraintType): void {
    if (!task) return
    const dates = sheet.dates
    const proposed = task.constraint.at ?? (boundsFinish(next) ? dates.finish[at]! : dates.start[at]!)
    const constraint = next === 'asap' || next === 'alap' ? { type: next } : { type: next, at: proposed }
    controller.edit([{ kind: 'task.set', id: task.id, patch: { constraint } }])
  }
  function commit(): void {
    if (!task || typed === current) return
    const time = boundsFinish(type) ? plan.options.defaultFinish : plan.options.defaultStart
    const value = parseDate(typed, time, task.constraint.at ?? sheet.dates.start[at]!)
    if (value === undefined) setBad(true)
    else controller.edit([{ kind: 'task.set', id: task.id, patch: { constraint: { type, at: value } } }])
  }

  return (
    <div className="yzg-fields">
      <Field label={words.panel.constraint_type}>
        <Select
          aria-label={words.panel.constraint_type}
          disabled={!controller.editable()}
          value={type}
          options={(plan.mode === 'p6' ? primavera : microsoft).map(value => ({
            value,
            label: words.constraints[value],
          }))}
          onChange={choose}
        />
      </Field>
      {dated ? (
        <Field label={words.panel.constraint_date}>
          <Input
            aria-label={words.panel.constraint_date}
            disabled={!controller.editable()}
            value={typed}
            {...(bad ? { status: 'error' as const } : {})}
            onChange={event => setTyped(event.target.value)}
            onBlur={commit}
            onPressEnter={commit}
          />
          {bad ? (
            <div className="yzg-bad" role="alert">
              {words.errors.date}
            </div>
          ) : null}
        </Field>
      ) : null}
      <CellField
        key={`${task.id} deadline`}
        controller={controller}
        at={at}
        column="deadline"
        label={words.panel.deadline}
      />
      <CellField
        key={`${task.id} delay`}
        controller={controller}
        at={at}
        column="leveling_delay"
        label={words.panel.leveling_delay}
      />
    </div>
  )
}
