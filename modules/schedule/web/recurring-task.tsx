// A weekly meeting, a monthly report: the rule of a recurring task, and what it lays out.
import { occurrenceDays, recurringEdits } from '@yingzao/engines/schedule'
import { dayOf, formatDay, parseDay, weekdayOf } from '@yingzao/engines/schedule/civil'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { Plan, Recurrence, TaskRecurrence } from '@yingzao/engines/schedule/plan'
import type { FieldMeta } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { FieldEditor } from '@yingzao/ui/field/editor.tsx'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Input, InputNumber, Modal, Segmented, Select } from 'antd'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { text } from './recurring-text.ts'
import './template.css'

interface Props {
  readonly plan: Plan
  /** The task at which the planner stands: a recurring one is changed, else the new one stands beside it. */
  readonly at: string | undefined
  readonly onEdits: (edits: readonly PlanEdit[], summary: string) => Promise<boolean>
  readonly onClose: () => void
}

const kinds = ['weekly', 'daily', 'monthly_day', 'monthly_position'] as const
type Kind = (typeof kinds)[number]
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
const positions = ['first', 'second', 'third', 'fourth', 'last'] as const
const units = {
  daily: 'everyDays',
  weekly: 'everyWeeks',
  monthly_day: 'everyMonths',
  monthly_position: 'everyMonths',
} as const
const SHOWN = 6
const dateField = {
  kind: 'date',
  name: 'on',
  right: 'edit',
  sortable: false,
  required: true,
  label: { zh: '', en: '' },
} satisfies FieldMeta

interface Draft {
  readonly name: string
  readonly kind: Kind
  readonly every: number
  readonly days: readonly number[]
  readonly day: number
  readonly position: 1 | 2 | 3 | 4 | 5
  readonly weekday: number
  readonly from: string
  readonly at: string
  readonly hours: number
  readonly ends: 'until' | 'times'
  readonly to: string
  readonly count: number
  readonly dayOff: 'next' | 'skip'
}

export default function RecurringTask({ plan, at, onEdits, onClose }: Props) {
  const t = useText(text)
  const say = useSay()
  const ids = useId()
  const standing = plan.tasks.find(each => each.id === at)
  const of = plan.tasks.find(
    each => each.recurring && each.kind === 'summary' && (each.id === at || each.id === standing?.parent),
  )
  const [draft, setDraft] = useState<Draft>(() => draftOf(plan, of?.name ?? '', of?.recurrence))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const recurrence = useMemo(() => recurrenceOf(draft), [draft])
  const days = useMemo(() => (recurrence ? occurrenceDays(plan, recurrence) : []), [plan, recurrence])
  const put = async () => {
    if (!recurrence) return
    setBusy(true)
    const name = draft.name.trim()
    const parent = of ? undefined : standing?.kind === 'summary' ? standing.id : standing?.parent
    const edits = recurringEdits(
      plan,
      { name, recurrence, ...(of ? { of: of.id } : {}), ...(parent === undefined ? {} : { parent }) },
      newId,
    )
    try {
      if (await onEdits(edits, t('summary', { name }))) {
        say.good(t('done', { count: days.length }))
        return onClose()
      }
      setProblem(t('failed'))
    } catch (error) {
      setProblem(say.reason(error))
    }
    setBusy(false)
  }
  const field = (key: string, label: string, control: ReactNode) => (
    <div className="yz-field">
      <label htmlFor={`${ids}-${key}`}>{label}</label>
      {control}
    </div>
  )
  const id = (key: string) => `${ids}-${key}`
  const shown = days.slice(0, SHOWN).map(formatDay).join('、')
  const last = days.at(-1)
  return (
    <Modal
      open
      width={640}
      title={t('recurring')}
      okText={t(of ? 'change' : 'put')}
      okButtonProps={{ disabled: draft.name.trim() === '' || days.length === 0 }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void put()}
    >
      <div className="yz-stack">
        <p className="yz-soft">{of ? t('changeNote', { name: of.name }) : t('note')}</p>
        {field(
          'name',
          t('name'),
          <Input
            id={id('name')}
            value={draft.name}
            maxLength={200}
            onChange={event => set({ name: event.target.value })}
          />,
        )}
        <div className="yz-field">
          <span id={id('how')}>{t('how')}</span>
          <Segmented<Kind>
            aria-labelledby={id('how')}
            value={draft.kind}
            onChange={kind => set({ kind })}
            options={kinds.map(value => ({ value, label: t(value) }))}
          />
        </div>
        <div className="yz-recurring-fields">
          {field(
            'every',
            `${t('every')} (${t(units[draft.kind])})`,
            <InputNumber
              id={id('every')}
              min={1}
              max={99}
              precision={0}
              value={draft.every}
              onChange={value => set({ every: value ?? 1 })}
            />,
          )}
          {draft.kind === 'weekly' &&
            field(
              'days',
              t('days'),
              <Select
                id={id('days')}
                mode="multiple"
                value={[...draft.days]}
                options={[1, 2, 3, 4, 5, 6, 0].map(value => ({ value, label: t(weekdays[value] ?? 'sun') }))}
                onChange={next => set({ days: next })}
              />,
            )}
          {draft.kind === 'monthly_day' &&
            field(
              'day',
              t('day'),
              <InputNumber
                id={id('day')}
                min={1}
                max={31}
                precision={0}
                value={draft.day}
                onChange={value => set({ day: value ?? 1 })}
              />,
            )}
          {draft.kind === 'monthly_position' && (
            <>
              {field(
                'position',
                t('position'),
                <Select<1 | 2 | 3 | 4 | 5>
                  id={id('position')}
                  value={draft.position}
                  options={([1, 2, 3, 4, 5] as const).map(value => ({
                    value,
                    label: t(positions[value - 1] ?? 'last'),
                  }))}
                  onChange={position => set({ position })}
                />,
              )}
              {field(
                'weekday',
                t('weekday'),
                <Select
                  id={id('weekday')}
                  value={draft.weekday}
                  options={weekdays.map((key, value) => ({ value, label: t(key) }))}
                  onChange={weekday => set({ weekday })}
                />,
              )}
            </>
          )}
          {field(
            'from',
            t('from'),
            <FieldEditor
              id={id('from')}
              field={dateField}
              value={draft.from}
              onChange={value => set({ from: typeof value === 'string' ? value : '' })}
            />,
          )}
          {field(
            'at',
            t('at'),
            <Input id={id('at')} type="time" value={draft.at} onChange={event => set({ at: event.target.value })} />,
          )}
          {field(
            'hours',
            t('hours'),
            <InputNumber
              id={id('hours')}
              min={0.25}
              max={999}
              step={0.5}
              value={draft.hours}
              onChange={value => set({ hours: value ?? 1 })}
            />,
          )}
          {field(
            'ends',
            t('ends'),
            <Select<'until' | 'times'>
              id={id('ends')}
              value={draft.ends}
              options={(['until', 'times'] as const).map(value => ({ value, label: t(value) }))}
              onChange={ends => set({ ends })}
            />,
          )}
          {draft.ends === 'until'
            ? field(
                'to',
                t('to'),
                <FieldEditor
                  id={id('to')}
                  field={dateField}
                  value={draft.to}
                  onChange={value => set({ to: typeof value === 'string' ? value : '' })}
                />,
              )
            : field(
                'count',
                t('count'),
                <InputNumber
                  id={id('count')}
                  min={1}
                  max={999}
                  precision={0}
                  value={draft.count}
                  onChange={value => set({ count: value ?? 1 })}
                />,
              )}
          {field(
            'off',
            t('dayOff'),
            <Select<'next' | 'skip'>
              id={id('off')}
              value={draft.dayOff}
              options={(['next', 'skip'] as const).map(value => ({ value, label: t(value) }))}
              onChange={dayOff => set({ dayOff })}
            />,
          )}
        </div>
        <p className={days.length === 0 ? 'yz-bad' : 'yz-soft yz-figure'} role="status">
          {last === undefined
            ? t('none')
            : t('will', {
                count: days.length,
                days: days.length > SHOWN ? t('more', { days: shown, last: formatDay(last) }) : shown,
              })}
        </p>
        {problem && <Alert type="error" role="alert" title={problem} />}
      </div>
    </Modal>
  )
}

const two = (value: number) => String(value).padStart(2, '0')

/** As the rule stands, or a usual one from today to the end of the plan. */
function draftOf(plan: Plan, name: string, known: TaskRecurrence | undefined): Draft {
  const today = dayOf(minuteOfWallClock(new Date()))
  const from = known?.fromDay ?? Math.max(today, dayOf(plan.options.start))
  const rule = known?.rule
  const at = known?.at ?? 540
  return {
    name,
    kind: kinds.find(each => each === rule?.kind) ?? 'weekly',
    every: rule?.every ?? 1,
    days: rule?.kind === 'weekly' ? rule.days : [1],
    day: rule?.kind === 'monthly_day' ? rule.day : 25,
    position: rule?.kind === 'monthly_position' ? rule.position : 1,
    weekday: rule?.kind === 'monthly_position' ? rule.weekday : weekdayOf(from),
    from: formatDay(from),
    at: `${two(Math.floor(at / 60))}:${two(at % 60)}`,
    hours: (known?.duration ?? 60) / 60,
    ends: known?.toDay === undefined ? 'times' : 'until',
    to: formatDay(known?.toDay ?? from + 90),
    count: known?.count ?? 12,
    dayOff: known?.dayOff ?? 'next',
  }
}

/** Undefined while something is missing. */
function recurrenceOf(draft: Draft): TaskRecurrence | undefined {
  const fromDay = parseDay(draft.from)
  const toDay = parseDay(draft.to)
  const time = /^(\d{2}):(\d{2})$/.exec(draft.at)
  if (fromDay === undefined || !time || (draft.ends === 'until' && toDay === undefined)) return undefined
  const { every } = draft
  const rule: Recurrence =
    draft.kind === 'daily'
      ? { kind: 'daily', every }
      : draft.kind === 'weekly'
        ? { kind: 'weekly', every, days: [...draft.days].sort() }
        : draft.kind === 'monthly_day'
          ? { kind: 'monthly_day', every, day: draft.day }
          : { kind: 'monthly_position', every, position: draft.position, weekday: draft.weekday }
  return {
    ...{ rule, fromDay, at: Number(time[1]) * 60 + Number(time[2]), duration: Math.round(draft.hours * 60) },
    ...(draft.ends === 'until' && toDay !== undefined ? { toDay } : { count: draft.count }),
    dayOff: draft.dayOff,
  }
}
