// What a plan file holds, before anything is written: counts, losses, dates that differ; and where it shall go.
import type { Choices } from '@yingzao/formats/plan-table'
import { f, type Json } from '@yingzao/kernel/entity'
import { useList } from '@yingzao/platform/client/react'
import { FieldsForm } from '@yingzao/ui/form/fields-form.tsx'
import { texts } from '@yingzao/ui/gantt/texts'
import { inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button, Radio } from 'antd'
import { useId, useState } from 'react'
import { DifferenceTable } from './difference-table.tsx'
import type { PlanSummary, Preview } from './import-shape.ts'
import { text } from './import-text.ts'
import { LossTable } from './loss-table.tsx'
import { SheetColumns } from './sheet-columns.tsx'

export interface ImportTarget {
  readonly index: number
  readonly project: string
  readonly name: string
  readonly make_current: boolean
}

const programs = {
  mspdi: 'Microsoft Project (XML)',
  mpp: 'Microsoft Project (MPP)',
  mpx: 'Microsoft Project (MPX)',
  xer: 'Primavera P6 (XER)',
  pmxml: 'Primavera P6 (XML)',
  xlsx: 'Excel',
  csv: 'CSV',
} as const
const fields = inputFields({
  project: f.ref('project', { zh: '项目', en: 'Project' }, { required: true }),
  name: f.text({ zh: '计划名称', en: 'Plan name' }, { required: true, max: 200 }),
  make_current: f.flag(
    { zh: '设为执行计划', en: 'Make it the current plan' },
    {
      hint: {
        zh: '项目的进度、预计完工和健康度取自执行计划',
        en: 'Progress, forecast and health of the project come from its current plan',
      },
    },
  ),
})
const fileTitle = (name: string) => name.replace(/\.[a-z]+$/i, '')

interface Props {
  readonly preview: Preview
  readonly problem: string | undefined
  /** How a spreadsheet is read, and reading it otherwise. */
  readonly table: Choices
  readonly again: boolean
  readonly onTable: (table: Choices) => void
  readonly onConfirm: (target: ImportTarget) => void
}

export function ImportPreview({ preview, problem, table, again, onTable, onConfirm }: Props) {
  const t = useText(text)
  const formats = useFormats()
  const prefix = useId()
  const [index, setIndex] = useState(0)
  const [values, setValues] = useState<Readonly<Record<string, Json>>>({})
  const plan = preview.plans[index]
  // The only project one plans for is chosen already.
  const projects = useList('project', { fields: ['name'], limit: 2 }, { live: false })
  const only = projects.items.length === 1 ? (projects.items[0]?.id ?? null) : null
  if (!plan) return <Alert type="error" title={t('unreadable')} />
  const project = values.project ?? only
  const name = values.name ?? (plan.name || fileTitle(preview.name))
  const ready = typeof project === 'string' && typeof name === 'string' && name.trim() !== ''
  return (
    <div className="yz-import-preview">
      <div className="yz-stack yz-import-facts">
        {problem && <Alert type="error" role="alert" showIcon title={t('failedImport')} description={problem} />}
        {preview.plans.length > 1 && (
          <section className="yz-section">
            <h2>{t('whichPlan', { count: preview.plans.length })}</h2>
            <Radio.Group
              className="yz-stack"
              value={index}
              onChange={event => {
                setIndex(Number(event.target.value))
                setValues(({ name: _, ...kept }) => kept)
              }}
              options={preview.plans.map((each, at) => ({
                value: at,
                label: `${each.name} · ${formats.integer(each.tasks)} ${t('tasks')}`,
              }))}
            />
          </section>
        )}
        {preview.face && <SheetColumns face={preview.face} table={table} busy={again} onChange={onTable} />}
        <Facts preview={preview} plan={plan} />
        <Dates plan={plan} />
        <section className="yz-section">
          <h2>{t('loss', { count: preview.loss.length })}</h2>
          {preview.loss.length === 0 ? <p className="yz-soft">{t('noLoss')}</p> : <LossTable rows={preview.loss} />}
        </section>
      </div>
      <aside className="yz-section yz-import-target">
        <h2>{t('into')}</h2>
        <FieldsForm
          sections={[{ title: null, fields }]}
          values={{ make_current: false, ...values, project, name }}
          errors={{}}
          refs={{}}
          idPrefix={prefix}
          onChange={(field, value) => setValues(now => ({ ...now, [field]: value }))}
        />
        <Button
          type="primary"
          block
          disabled={!ready || again || plan.tasks === 0 || plan.error !== undefined}
          onClick={() => {
            if (typeof project === 'string')
              onConfirm({ index, project, name: String(name).trim(), make_current: values.make_current === true })
          }}
        >
          {t('confirm', { count: plan.tasks })}
        </Button>
      </aside>
    </div>
  )
}

function Facts({ preview, plan }: { preview: Preview; plan: PlanSummary }) {
  const t = useText(text)
  const formats = useFormats()
  const facts: readonly (readonly [string, string])[] = [
    [t('program'), programs[preview.format]],
    [t('span'), `${plan.start.slice(0, 10)} – ${plan.finish?.slice(0, 10) ?? '…'}`],
    ...(['tasks', 'links', 'critical', 'resources', 'assignments', 'calendars', 'baselines'] as const).map(
      key => [t(key), formats.integer(plan[key] ?? null)] as const,
    ),
  ]
  return (
    <section className="yz-section">
      <h2>{t('holds')}</h2>
      <dl className="yz-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="yz-faint">{label}</dt>
            <dd className="yz-figure">{value}</dd>
          </div>
        ))}
      </dl>
      {plan.warnings ? <p className="yz-faint">{t('warnings', { count: plan.warnings })}</p> : null}
      {plan.tasks === 0 && <Alert type="warning" title={t('empty')} />}
    </section>
  )
}

function Dates({ plan }: { plan: PlanSummary }) {
  const t = useText(text)
  const { lang } = useLanguage()
  const { check, error } = plan
  const detail = () => {
    if (error) {
      const { schedule } = texts[lang].errors
      const what =
        error.code === 'schedule.cycle'
          ? schedule.cycle(error.tasks.join(' → '))
          : error.code === 'schedule.unknown_reference'
            ? schedule.unknown_reference(error.id)
            : error.code === 'schedule.out_of_range'
              ? schedule.out_of_range(error.task)
              : error.code === 'schedule.calendar_cycle'
                ? schedule.calendar_cycle
                : schedule.calendar_without_work
      return (
        <Alert
          type="error"
          role="alert"
          showIcon
          title={t('cannotCompute')}
          description={`${what} ${t('cannotComputeNext')}`}
        />
      )
    }
    if (!check || check.tasks === 0) return <p className="yz-soft">{t('noStored')}</p>
    if (check.total === 0) return <Alert type="success" showIcon title={t('allAgree', { tasks: check.tasks })} />
    const same = Object.values(check.fields).reduce((sum, field) => sum + field.sameMoment, 0)
    return (
      <>
        <p>{t('someDiffer', { agreeing: check.agreeing, tasks: check.tasks, total: check.total })}</p>
        {same > 0 && <p className="yz-soft">{t('sameMomentNote', { count: same })}</p>}
        {check.differences.length < check.total && (
          <p className="yz-soft">{t('listed', { count: check.differences.length })}</p>
        )}
        <DifferenceTable rows={check.differences} />
      </>
    )
  }
  return (
    <section className="yz-section yz-stack">
      <h2>{t('dates')}</h2>
      {detail()}
    </section>
  )
}
