// Plan options: what the computation starts from. Saved as one edit of the plan, so that it merges and can be undone.
import { dayOf, formatDay, MINUTES_PER_DAY, parseDay } from '@yingzao/engines/schedule/civil'
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { PlanOptions as Options, Plan } from '@yingzao/engines/schedule/plan'
import { type Fields, f, type Json } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Drawer } from 'antd'
import { useId, useState } from 'react'
import { summaryOf } from './edit-summary.ts'
import type { KnownPlan, PlanLink } from './plan-link.ts'
import { text } from './text.ts'

const ruleNames = { ms: 'Microsoft Project', p6: 'Primavera P6' } as const

const dateFields = (plan: Plan): Fields => ({
  scheduleFrom: f.choice(
    { zh: '排程方向', en: 'Schedule from' },
    {
      start: { zh: '从开始日期顺推', en: 'Start, forwards' },
      finish: { zh: '从完成日期倒推', en: 'Finish, backwards' },
    },
    { required: true },
  ),
  start: f.date({ zh: '开始日期', en: 'Start' }, { required: true }),
  finish: f.date(
    { zh: '完成日期', en: 'Finish' },
    { hint: { zh: '倒推的起点；P6 计划的“必须完成于”', en: 'Where backwards begins; “must finish by” of P6' } },
  ),
  statusDate: f.date(
    { zh: '状态日期', en: 'Status date' },
    {
      hint: {
        zh: '进展统计到哪一天；未完成的工作从这天之后排',
        en: 'Progress is as of this day; what remains is planned after it',
      },
    },
  ),
  calendar: f.choice(
    { zh: '计划日历', en: 'Plan calendar' },
    Object.fromEntries(plan.calendars.map(each => [each.id, { zh: each.name, en: each.name }])),
    { required: true },
  ),
})
const criticalFields: Fields = {
  slackDays: f.number(
    { zh: '总浮动时间不超过即为关键', en: 'Critical when total float is at most' },
    { scale: 2, required: true, unit: { zh: '天', en: 'days' } },
  ),
}
const msFields: Fields = {
  honorConstraints: f.flag(
    { zh: '任务始终遵守限制日期', en: 'Tasks always honour their constraint dates' },
    {
      hint: {
        zh: '关闭后，前置任务推迟时允许越过“不得晚于”的限制',
        en: 'Off: predecessors may push a task past its constraint',
      },
    },
  ),
  multipleCriticalPaths: f.flag({ zh: '计算多条关键路径', en: 'Several critical paths' }),
  splitsInProgressTasks: f.flag({ zh: '拆分正在进行的任务', en: 'Split tasks in progress' }),
  newTasksManual: f.flag({ zh: '新任务为手动排程', en: 'New tasks are scheduled by hand' }),
}
const p6Fields: Fields = {
  progressMode: f.choice(
    { zh: '进展后的逻辑', en: 'Out-of-sequence progress' },
    {
      retained_logic: { zh: '保持逻辑', en: 'Retained logic' },
      progress_override: { zh: '进展优先', en: 'Progress override' },
      actual_dates: { zh: '实际日期', en: 'Actual dates' },
    },
    { required: true },
  ),
  criticalBy: f.choice(
    { zh: '关键作业的依据', en: 'Critical by' },
    { float: { zh: '总浮动时间', en: 'Total float' }, longest_path: { zh: '最长路径', en: 'Longest path' } },
    { required: true },
  ),
  floatType: f.choice(
    { zh: '总浮动时间取', en: 'Total float from' },
    {
      start: { zh: '开始浮动', en: 'Start float' },
      finish: { zh: '完成浮动', en: 'Finish float' },
      smallest: { zh: '较小者', en: 'The smaller' },
    },
    { required: true },
  ),
  lagCalendar: f.choice(
    { zh: '延隔按哪个日历', en: 'Calendar of lags' },
    {
      predecessor: { zh: '紧前作业', en: 'Predecessor' },
      successor: { zh: '紧后作业', en: 'Successor' },
      project: { zh: '项目', en: 'Project' },
      '24h': { zh: '24 小时', en: '24 hours' },
    },
    { required: true },
  ),
  openEndsCritical: f.flag({ zh: '开口作业为关键', en: 'Open ends are critical' }),
  useExpectedFinish: f.flag({ zh: '使用期望完成日期', en: 'Use expected finish dates' }),
}
const unitFields: Fields = {
  hoursPerDay: f.number({ zh: '每天小时数', en: 'Hours per day' }, { scale: 2, required: true, min: '0.1', max: '24' }),
  hoursPerWeek: f.number(
    { zh: '每周小时数', en: 'Hours per week' },
    { scale: 2, required: true, min: '0.1', max: '168' },
  ),
  daysPerMonth: f.integer({ zh: '每月天数', en: 'Days per month' }, { required: true, min: 1, max: 31 }),
}

type Values = Readonly<Record<string, Json>>
const dayText = (minute: number | undefined) => (minute === undefined ? null : formatDay(dayOf(minute)))
const figure = (value: number) => String(Number(value.toFixed(2)))

function valuesOf(options: Options): Values {
  const { start, finish, statusDate, minutesPerDay, minutesPerWeek, criticalSlackLimit, currency: _, ...rest } = options
  return {
    ...rest,
    start: dayText(start),
    finish: dayText(finish),
    statusDate: dayText(statusDate),
    slackDays: figure(criticalSlackLimit / minutesPerDay),
    hoursPerDay: figure(minutesPerDay / 60),
    hoursPerWeek: figure(minutesPerWeek / 60),
  }
}

/** Back to the engine's fields: a day keeps the hour it had, a new one gets the usual. */
function optionsOf(values: Values, was: Options): Record<string, Json> {
  const at = (name: 'start' | 'finish' | 'statusDate', usual: number): number | null => {
    const day = parseDay(String(values[name] ?? ''))
    const old = was[name]
    if (day === undefined) return null
    return day * MINUTES_PER_DAY + (old === undefined ? usual : old - dayOf(old) * MINUTES_PER_DAY)
  }
  const { slackDays, hoursPerDay, hoursPerWeek, ...rest } = values
  const minutesPerDay = Math.round(Number(hoursPerDay) * 60)
  return {
    ...rest,
    start: at('start', was.defaultStart),
    finish: at('finish', was.defaultFinish),
    statusDate: at('statusDate', was.defaultFinish),
    minutesPerDay,
    minutesPerWeek: Math.round(Number(hoursPerWeek) * 60),
    criticalSlackLimit: Math.round(Number(slackDays) * minutesPerDay),
  }
}

interface Props {
  readonly known: KnownPlan
  readonly link: PlanLink
  readonly onClose: () => void
}

export default function PlanOptions({ known, link, onClose }: Props) {
  const t = useText(text)
  const { lang } = useLanguage()
  const say = useSay()
  const prefix = useId()
  const [plan] = useState(known.plan)
  const [values, setValues] = useState<Values>(() => valuesOf(plan.options))
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const sections = [
    { title: t('dates'), fields: inputFields(dateFields(plan)) },
    { title: t('critical'), fields: inputFields(criticalFields) },
    plan.mode === 'ms'
      ? { title: t('msRules'), fields: inputFields(msFields) }
      : { title: t('p6Rules'), fields: inputFields(p6Fields) },
    { title: t('units'), fields: inputFields(unitFields) },
  ]
  const before = optionsOf(valuesOf(plan.options), plan.options)
  const after = optionsOf(values, plan.options)
  const patch = Object.fromEntries(Object.entries(after).filter(([name, value]) => value !== before[name]))
  const dirty = Object.keys(patch).length > 0

  const save = async () => {
    setBusy(true)
    setProblem(null)
    try {
      // The server reads edits field by field and refuses what is not one.
      const edits: readonly PlanEdit[] = [{ kind: 'options.set', patch }]
      const answer = await link.send({ id: newId(), edits }, summaryOf(plan, edits, lang))
      if (!answer.ok) return setProblem(answer.message)
      say.good(t('saved'))
      onClose()
    } catch {
      setProblem(t('unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Drawer
      open
      size={440}
      title={t('options')}
      onClose={onClose}
      footer={
        <div className="yz-drawer-foot">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!dirty} onClick={() => void save()}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <div className="yz-stack">
        <p className="yz-soft">
          {t('rulesOf', { name: ruleNames[plan.mode] })} {t('optionsNote')}
        </p>
        {problem && <Alert type="error" role="alert" title={problem} />}
        <FieldsForm
          sections={sections}
          values={values}
          errors={{}}
          refs={{}}
          idPrefix={prefix}
          onChange={(name, value) => setValues(now => ({ ...now, [name]: value }))}
        />
      </div>
    </Drawer>
  )
}
