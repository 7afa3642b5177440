// A new link between plans: the task that waits, and, by picking plan and task, what it waits for.
import type { Task } from '@yingzao/engines/schedule/plan'
import { useList } from '@yingzao/platform/client/react'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useDeferredValue, useId, useState } from 'react'
import { crossLink } from '../cross-link.entity.ts'
import { text } from './cross-text.ts'
import './cross.css'

interface Props {
  readonly plan: string
  readonly tasks: readonly Task[]
  /** The task that waits, when it is known already. */
  readonly task?: string
  readonly onDone: () => void
  readonly onCancel: () => void
}

export function CrossForm({ plan, tasks, task, onDone, onCancel }: Props) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const changes = useChanges('cross_link')
  const id = useId()
  const [to, setTo] = useState<string | null>(task ?? null)
  const [fromPlan, setFromPlan] = useState<string | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [type, setType] = useState<string>('FS')
  const [lag, setLag] = useState(0)
  const [note, setNote] = useState('')
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const search = useDeferredValue(typed.trim())
  const plans = useList('plan', {
    filter: { id: { ne: plan } },
    fields: ['name', 'project'],
    sort: ['-created_at'],
    limit: 200,
  })
  const others = useList(
    'task',
    {
      filter: { plan: { eq: fromPlan ?? '' } },
      ...(search ? { search } : {}),
      fields: ['name', 'start_on'],
      limit: 50,
    },
    { enabled: fromPlan !== null },
  )
  const save = async () => {
    if (to === null || from === null) return setProblem(t('needBoth'))
    setBusy(true)
    setProblem(null)
    try {
      await changes.create({ to_task: to, from_task: from, type, lag_days: lag.toFixed(1), note: note.trim() || null })
      say.good(t('added'))
      onDone()
    } catch (error) {
      setProblem(say.reason(error))
    } finally {
      setBusy(false)
    }
  }
  const types = Object.entries(crossLink.def.fields.type.options)
  return (
    <section className="yz-section yz-cross-form" aria-label={t('add')}>
      {problem && <Alert type="error" role="alert" title={problem} />}
      <div className="yz-cross-fields">
        <Field id={`${id}-plan`} name={t('otherPlan')}>
          <Select
            id={`${id}-plan`}
            showSearch={{ optionFilterProp: 'label' }}
            value={fromPlan}
            loading={plans.isPending}
            options={plans.items.map(each => ({
              value: String(each.id),
              label: [each.name, plans.refs.project?.[each.project]].filter(Boolean).join(' · '),
            }))}
            onChange={value => {
              setFromPlan(value)
              setFrom(null)
            }}
          />
        </Field>
        <Field id={`${id}-from`} name={t('other')}>
          <Select
            id={`${id}-from`}
            showSearch={{ filterOption: false, onSearch: setTyped }}
            disabled={fromPlan === null}
            value={from}
            options={others.items.map(each => ({ value: String(each.id), label: each.name }))}
            onChange={setFrom}
          />
        </Field>
        <Field id={`${id}-to`} name={t('own')}>
          <Select
            id={`${id}-to`}
            showSearch={{ optionFilterProp: 'label' }}
            disabled={task !== undefined}
            value={to}
            options={tasks.map(each => ({ value: each.id, label: each.name }))}
            onChange={setTo}
          />
        </Field>
        <Field id={`${id}-type`} name={t('type')}>
          <Select
            id={`${id}-type`}
            value={type}
            options={types.map(([value, name]) => ({ value, label: `${value} ${label(name)}` }))}
            onChange={setType}
          />
        </Field>
        <Field id={`${id}-lag`} name={t('lag')}>
          <InputNumber id={`${id}-lag`} value={lag} min={-1000} max={1000} onChange={value => setLag(value ?? 0)} />
        </Field>
        <Field id={`${id}-note`} name={t('note')}>
          <Input id={`${id}-note`} value={note} maxLength={300} onChange={event => setNote(event.target.value)} />
        </Field>
      </div>
      <div className="yz-flex">
        <Button type="primary" loading={busy} onClick={() => void save()}>
          {t('save')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </section>
  )
}

const Field = ({ id, name, children }: { id: string; name: string; children: ReactNode }) => (
  <div className="yz-field">
    <label htmlFor={id}>{name}</label>
    {children}
  </div>
)
