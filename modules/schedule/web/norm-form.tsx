// 按定额推算: where no history speaks, quantity × norm ÷ crew makes a duration.
import { durationByNorm } from '@yingzao/engines/duration-advice'
import type { Plan } from '@yingzao/engines/schedule/plan'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, InputNumber, Select } from 'antd'
import { useId, useMemo, useState } from 'react'
import { text } from './advice-text.ts'
import { taskNames } from './analysis.tsx'
import type { Take } from './plan-advice.tsx'

export function NormForm({ plan, take }: { plan: Plan; take: Take }) {
  const t = useText(text)
  const formats = useFormats()
  const ids = useId()
  const [task, setTask] = useState<string | null>(null)
  const [numbers, setNumbers] = useState<Readonly<Record<Key, number | null>>>({
    quantity: null,
    norm: null,
    crew: null,
  })
  const [busy, setBusy] = useState(false)
  const options = useMemo(() => {
    const names = taskNames(plan)
    return plan.tasks
      .filter(each => each.kind === 'task' && each.actualFinish === undefined && !each.inactive && !each.elapsed)
      .map(each => ({ value: each.id, label: `${names.get(each.id)?.number ?? ''} ${each.name}` }))
  }, [plan])
  const chosen = plan.tasks.find(each => each.id === task)
  const { quantity, norm, crew } = numbers
  const days = durationByNorm({ quantity: quantity ?? 0, norm: norm ?? 0, crew: crew ?? 0 })
  const perDay = Math.max(1, plan.options.minutesPerDay)
  const inDays = (value: number) => t('workDays', { days: formats.number(value, 1) })
  const accept = async () => {
    if (!chosen || days === null) return
    setBusy(true)
    const rounded = Math.max(0.5, Math.ceil(2 * days - 1e-9) / 2)
    const values = { task: chosen.name, was: inDays(chosen.duration / perDay), days: inDays(rounded) }
    const inputs = { quantity: quantity ?? 0, norm: norm ?? 0, crew: crew ?? 0 }
    await take(chosen.id, Math.round(rounded * perDay), t('normTaken', { ...values, ...inputs }))
    setBusy(false)
  }
  const field = (key: Key, label: string) => (
    <div className="yz-advice-field">
      <label className="yz-faint" htmlFor={`${ids}-${key}`}>
        {label}
      </label>
      <InputNumber
        id={`${ids}-${key}`}
        min={0}
        value={numbers[key]}
        onChange={value => setNumbers({ ...numbers, [key]: value })}
      />
    </div>
  )
  return (
    <section className="yz-section yz-no-print">
      <h2>{t('norm')}</h2>
      <p className="yz-soft">{t('normNote')}</p>
      <div className="yz-advice-norm">
        <div className="yz-advice-field yz-advice-task">
          <label className="yz-faint" htmlFor={`${ids}-task`}>
            {t('pickTask')}
          </label>
          <Select
            id={`${ids}-task`}
            showSearch={{ optionFilterProp: 'label' }}
            value={task}
            options={options}
            onChange={setTask}
          />
        </div>
        {field('quantity', t('quantity'))}
        {field('norm', t('normUnit'))}
        {field('crew', t('crew'))}
        <Button disabled={!chosen || days === null} loading={busy} onClick={() => void accept()}>
          {t('take')} {days !== null && t('normResult', { days: formats.number(days, 1) })}
        </Button>
      </div>
    </section>
  )
}

type Key = 'quantity' | 'norm' | 'crew'
