// A plan template: its rows on the Gantt as if it began this Monday, what repeats by which number, and what it becomes.

import { useNavigate, useSearch } from '@tanstack/react-router'
import {
  expandTemplate,
  type PlanTemplate,
  readTemplate,
  templatePlan,
  templateRows,
} from '@yingzao/engines/plan-template'
import { dayOf, weekdayOf } from '@yingzao/engines/schedule/civil'
import { applyEdits } from '@yingzao/engines/schedule/edit'
import type { EntityMeta, Json, RecordJson } from '@yingzao/kernel/entity'
import { isFailure } from '@yingzao/platform/client'
import { useChanges } from '@yingzao/ui/data/changes'
import { useSay } from '@yingzao/ui/data/say'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { Gantt, type SendEdits } from '@yingzao/ui/gantt/gantt.tsx'
import type { RecordPageProps } from '@yingzao/ui/pages'
import { OpenRecord } from '@yingzao/ui/record/open-record.tsx'
import { panelOf, TabList } from '@yingzao/ui/record/tabs.tsx'
import { Notice } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { useTheme } from '@yingzao/ui/theme/mode.tsx'
import { Button } from 'antd'
import { lazy, Suspense, useCallback, useId, useMemo, useRef, useState } from 'react'
import './plan.css'
import './template.css'
import { type Counts, TemplateCounts } from './template-counts.tsx'
import { TemplateRepeats } from './template-repeats.tsx'
import { text } from './template-text.ts'

const PlanDetails = lazy(() => import('./plan-details.tsx'))

export default function TemplatePage({ entity, id }: RecordPageProps) {
  return (
    <OpenRecord entity={entity} id={id}>
      {record => <Shown key={record.id} entity={entity} record={record} />}
    </OpenRecord>
  )
}

const tabs = ['rows', 'repeats', 'preview'] as const
const json = (value: object): Json => JSON.parse(JSON.stringify(value))

/** Midnight of this week's Monday, by the wall clock. */
function thisMonday(): number {
  const today = dayOf(minuteOfWallClock(new Date()))
  return (today - ((weekdayOf(today) + 6) % 7)) * 1440
}

function Shown({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const navigate = useNavigate()
  const changes = useChanges(entity.name)
  const ids = useId()
  const [details, setDetails] = useState(false)
  const { tab } = useSearch({ strict: false })
  const chosen = tabs.find(each => each === tab) ?? 'rows'
  const content = record.content
  const template = useMemo(() => {
    const read = readTemplate(content ?? null)
    return read.ok ? read.template : null
  }, [content])
  const may = record._can.includes('update')
  const keep = useCallback(
    (next: PlanTemplate, version: number) => changes.patch(record.id, version, { content: json(next) }),
    [changes, record.id],
  )
  if (!template) return <Notice title={t('broken')}>{null}</Notice>
  return (
    <div className="yz-plan">
      <PageHeader
        title={String(record.name)}
        under={entity}
        badges={
          <span className="yz-soft yz-figure">
            {t('size', { tasks: Number(record.task_count ?? 0), days: Number(record.work_days ?? 0) })}
          </span>
        }
        actions={<Button onClick={() => setDetails(true)}>{t('details')}</Button>}
      />
      <TabList
        id={ids}
        label={t('look')}
        items={tabs.map(key => ({ key, label: t(key) }))}
        chosen={chosen}
        choose={key =>
          void navigate({
            to: '/$module/$name/$id',
            params: { module: entity.module, name: entity.name, id: record.id },
            search: key === 'rows' ? {} : { tab: key },
            replace: true,
          })
        }
      />
      <div className="yz-plan-look" {...panelOf(ids, chosen)}>
        {chosen === 'rows' && <Rows record={record} template={template} may={may} keep={keep} />}
        {chosen === 'repeats' && (
          <TemplateRepeats
            key={record.version}
            template={template}
            may={may}
            onSave={next => keep(next, record.version).then(() => undefined)}
          />
        )}
        {chosen === 'preview' && <Preview record={record} template={template} />}
      </div>
      <Suspense fallback={null}>
        {details && <PlanDetails entity={entity} record={record} onClose={() => setDetails(false)} />}
      </Suspense>
    </div>
  )
}

interface RowsProps {
  readonly record: RecordJson
  readonly template: PlanTemplate
  readonly may: boolean
  readonly keep: (next: PlanTemplate, version: number) => Promise<RecordJson>
}

/** The Gantt of a plan, on the rows of the template; each gesture is saved. */
function Rows({ record, template, may, keep }: RowsProps) {
  const t = useText(text)
  const say = useSay()
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const [monday] = useState(thisMonday)
  const name = String(record.name)
  const plan = useMemo(() => templatePlan(template, name, monday), [template, name, monday])
  // Gestures wait for each other: each is laid over what the one before has left.
  const known = useRef({ template, version: record.version })
  if (record.version > known.current.version) known.current = { template, version: record.version }
  const turn = useRef<Promise<unknown>>(Promise.resolve())
  const onEdits = useCallback<SendEdits>(
    batch => {
      const work = async () => {
        const now = known.current
        const edited = applyEdits(templatePlan(now.template, name, monday), batch.edits)
        if (!edited.ok) return { ok: false as const, message: edited.error.code }
        const { template: next, dates } = templateRows(now.template, edited.plan)
        if (dates > 0) say.info(t('noDates'))
        try {
          const saved = await keep(next, now.version)
          known.current = { template: next, version: saved.version }
          return { ok: true as const, version: saved.version }
        } catch (error) {
          if (!isFailure(error)) throw error
          return { ok: false as const, message: error.problem.detail || error.problem.title }
        }
      }
      const mine = turn.current.then(work)
      turn.current = mine.catch(() => undefined)
      return mine
    },
    [keep, monday, name, say, t],
  )
  return (
    <>
      <p className="yz-soft yz-template-note">{t('rowsNote')}</p>
      <div className="yz-plan-chart">
        <Gantt
          plan={plan}
          version={record.version}
          lang={lang}
          theme={mode}
          readOnly={!may}
          onEdits={onEdits}
          layoutKey={`yingzao.template.${record.id}`}
        />
      </div>
    </>
  )
}

/** What it becomes with these numbers. */
function Preview({ record, template }: { record: RecordJson; template: PlanTemplate }) {
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const [monday] = useState(thisMonday)
  const [counts, setCounts] = useState<Counts>({})
  const [version, setVersion] = useState(0)
  const plan = useMemo(() => {
    let last = 0
    const outcome = expandTemplate(template, counts, () => `${++last}`)
    return outcome.ok ? templatePlan({ ...template, ...outcome.plan }, String(record.name), monday) : null
  }, [template, counts, record.name, monday])
  return (
    <>
      <TemplateCounts
        template={template}
        counts={counts}
        onChange={next => {
          setCounts(next)
          setVersion(version + 1)
        }}
      />
      <div className="yz-plan-chart">
        {plan && <Gantt key={version} plan={plan} version={version} lang={lang} theme={mode} readOnly />}
      </div>
    </>
  )
}
