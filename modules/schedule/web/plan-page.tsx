// The page of a plan is its Gantt: a slim head that says when the work ends, and the chart below it.
import { MoreOutlined, SettingOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { compute, type PlanEdit } from '@yingzao/engines/schedule'
import { parseDay } from '@yingzao/engines/schedule/civil'
import { f, type RecordJson } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useRecord } from '@yingzao/platform/client/react'
import { ListLink, RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { minuteOfWallClock } from '@yingzao/ui/gantt/civil'
import { type DurationNote, Gantt, type GanttHandle, type SendEdits } from '@yingzao/ui/gantt/gantt.tsx'
import type { RecordPageProps } from '@yingzao/ui/pages'
import { ModuleTab, useRecordTabs } from '@yingzao/ui/record/side-panel.tsx'
import { panelOf, TabList } from '@yingzao/ui/record/tabs.tsx'
import { InputDialog, inputFields } from '@yingzao/ui/record/verb-bar.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { text as shellText } from '@yingzao/ui/shell/text'
import { useFormats, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { usePhone, useTheme } from '@yingzao/ui/theme/mode.tsx'
import { App, Button, Dropdown } from 'antd'
import { lazy, Suspense, useCallback, useId, useRef, useState } from 'react'
import { text as compareText } from './compare-text.ts'
import { summaryOf } from './edit-summary.ts'
import { type Ask, asks, isAsk, PlanAsk } from './plan-ask.tsx'
import './plan.css'
import type { KnownPlan, PlanLink } from './plan-link.ts'
import { planLooks } from './plan-look.ts'
import { PlanStanding } from './plan-standing.tsx'
import { TaskCosts } from './task-costs.tsx'
import { text as templateText } from './template-text.ts'
import { text } from './text.ts'
import { useNamedBaselines } from './use-named-baselines.ts'
import { usePeople } from './use-people.ts'
import { usePlan } from './use-plan.ts'
import { usePresence } from './use-presence.ts'

const PlanOptions = lazy(() => import('./plan-options.tsx'))
const PlanEdits = lazy(() => import('./plan-edits.tsx'))
const PlanDetails = lazy(() => import('./plan-details.tsx'))
const PlanExport = lazy(() => import('./plan-export.tsx'))
const TaskAdvice = lazy(() => import('./task-advice.tsx'))
const TakeOver = lazy(() => import('./take-over.tsx'))
const RecurringTask = lazy(() => import('./recurring-task.tsx'))
const TemplateInsert = lazy(() => import('./template-insert.tsx'))
const TemplateSave = lazy(() => import('./template-save.tsx'))

export default function PlanPage({ entity, id }: RecordPageProps) {
  const record = useRecord(entity.name, id)
  const open = usePlan(id)
  const t = useText(shellText)
  const error = record.error ?? (open.at === 'failed' ? open.error : null)
  if (error && (!record.data || open.at !== 'open'))
    return (
      <Failed
        error={error}
        retry={() => {
          void record.refetch()
          if (open.at === 'failed') open.retry()
        }}
        back={
          <ListLink entity={entity} className="yz-button">
            {t('toList')}
          </ListLink>
        }
      />
    )
  if (!record.data || open.at !== 'open') return <Waiting />
  return <Shown entity={entity} record={record.data} known={open.known} link={open.link} />
}

const ownDrawers = [
  ...(['options', 'edits', 'details', 'export', 'baseline', 'takeOver'] as const),
  ...(['insertTemplate', 'saveTemplate', 'recurring'] as const),
] as const
type Drawer = (typeof ownDrawers)[number] | Ask

interface ShownProps extends Pick<RecordPageProps, 'entity'> {
  readonly record: RecordJson
  readonly known: KnownPlan
  readonly link: PlanLink
}

const baselineFields = inputFields({
  number: f.integer(
    { zh: '基线号（0–10）', en: 'Baseline no. (0–10)' },
    { min: 0, max: 10, default: 0, required: true },
  ),
})

function Shown({ entity, record, known, link }: ShownProps) {
  const t = useText(text)
  const v = useText(compareText)
  const w = useText(templateText)
  const { lang } = useLanguage()
  const { mode } = useTheme()
  const phone = usePhone()
  const meta = useMeta()
  const say = useSay()
  const { modal } = App.useApp()
  const [drawer, setDrawer] = useState<Drawer | null>(null)
  // Dates for the first paint; after an edit the Gantt's worker computes them.
  const [first] = useState(() => {
    const outcome = compute(known.plan)
    return { plan: known.plan, schedule: outcome.ok ? outcome.schedule : undefined }
  })
  const people = usePeople(record, known.plan)
  const { baselines, loadBaseline } = useNamedBaselines(record)
  const can = (name: string) => record._can.includes(name)
  const name = String(record.name)

  const onEdits = useCallback<SendEdits>(
    batch => link.send(batch, summaryOf(link.known()?.plan ?? known.plan, batch.edits, lang)),
    // The link always knows the newest plan; `known` is only the first answer.
    [link, lang, known.plan],
  )
  const durationNote = useCallback<DurationNote>(
    of => (
      <Suspense fallback={null}>
        <TaskAdvice record={record} {...of} />
      </Suspense>
    ),
    [record],
  )
  const { others, tell } = usePresence(record.id, t('somebody'), mode)
  // Where the planner stands on the Gantt: what is put into the plan goes there, and Ctrl+Z there takes it back.
  const standing = useRef<string>(undefined)
  const chart = useRef<GanttHandle>(undefined)
  const onPresence = useCallback(
    (at: string | undefined, column: string | undefined) => {
      standing.current = at
      tell(at, column)
    },
    [tell],
  )
  // Which picture of the plan is open stands in the address, as a tab of any record does.
  const { tab, task } = useSearch({ strict: false })
  // A link may lead to one task: its row is chosen and brought into sight.
  const onReady = useCallback(
    (gantt: GanttHandle) => {
      chart.current = gantt
      if (task !== undefined) gantt.jumpTo(task)
    },
    [task],
  )
  /** On the Gantt as an edit made there; under another look straight to the server. */
  const putIn = async (edits: readonly PlanEdit[], summary: string): Promise<boolean> => {
    const onChart = chosen === undefined && theirs === undefined
    if (onChart && chart.current) return chart.current.edit(edits)
    const answer = await link.send({ id: newId(), edits }, summary)
    if (!answer.ok) throw new Error(answer.message)
    return true
  }
  const taskMore = useCallback(
    (of: string) => <TaskCosts key={of} record={record} plan={known.plan} task={of} link={link} />,
    [record, known.plan, link],
  )
  const chosen = planLooks.find(each => each.key === tab)
  // Looks that other modules add.
  const added = useRecordTabs(entity).tabs.flatMap(each =>
    each.page === undefined ? [] : [{ ...each, key: each.page }],
  )
  const theirs = added.find(each => each.key === tab)
  const tabs = useId()
  const navigate = useNavigate()
  const look = (key: string) =>
    void navigate({
      to: '/$module/$name/$id',
      params: { module: entity.module, name: entity.name, id: record.id },
      search: key === 'gantt' ? {} : { tab: key },
      replace: true,
    })
  const makeCurrent = () =>
    void modal.confirm({
      title: t('makeCurrent'),
      content: t('makeCurrentNote'),
      okText: t('makeCurrent'),
      cancelText: t('cancel'),
      onOk: () => link.run('make_current').then(() => say.good(t('madeCurrent')), say.bad),
    })
  const templates = entityOf(meta, 'plan_template')?.can ?? []
  const [mayTemplates, mayMakeTemplate] = [templates.includes('read'), templates.includes('create')]
  const mayAsk = can('edit') && (entityOf(meta, 'plan_publication')?.can.includes('create') ?? false)
  const mayHistory = entityOf(meta, 'plan_edit')?.can.includes('read') ?? false
  const items = [
    ...(can('edit') ? [{ key: 'options', label: t('options') }] : []),
    ...(can('take_over') || (mayAsk && record.branch_of !== null)
      ? [{ key: 'takeOver', label: v(can('take_over') ? 'takeOver' : 'askTakeOver') }]
      : []),
    ...(can('branch') ? [{ key: 'branch', label: v('makeBranch') }] : []),
    ...(can('edit') && mayTemplates ? [{ key: 'insertTemplate', label: w('insert') }] : []),
    ...(can('edit') ? [{ key: 'recurring', label: t('recurring') }] : []),
    ...(mayMakeTemplate ? [{ key: 'saveTemplate', label: w('save') }] : []),
    ...(can('set_baseline') ? [{ key: 'baseline', label: t('setBaseline') }] : []),
    ...(can('keep_baseline') ? [{ key: 'keep_baseline', label: v('keepBaseline') }] : []),
    ...(can('publish') ? [{ key: 'publish', label: v('publish') }] : []),
    ...(mayAsk && !can('publish') && record.branch_of === null ? [{ key: 'ask_publish', label: v('askPublish') }] : []),
    ...(can('make_current') && record.current !== true ? [{ key: 'current', label: t('makeCurrent') }] : []),
    ...(entity.can.includes('export') ? [{ key: 'export', label: t('exportFile') }] : []),
    ...(mayHistory ? [{ key: 'edits', label: t('history') }] : []),
    { key: 'details', label: t('details') },
  ]
  const pick = (key: string) => {
    if (key === 'current') makeCurrent()
    else setDrawer(drawerOf(key))
  }
  const button = (key: string) => items.find(item => item.key === key)
  // On a wide screen what planners use daily stands open, the rest behind the dots.
  const shown = phone ? [] : ['takeOver', 'current', 'branch', 'edits'].flatMap(key => button(key) ?? [])
  const rest = items.filter(item => !shown.includes(item) && (phone || item.key !== 'options'))
  const close = () => setDrawer(null)

  return (
    <div className="yz-plan">
      <PageHeader
        title={name}
        under={entity}
        badges={<Figures record={record} revision={known.revision} />}
        actions={
          <>
            {shown.map(item => (
              <Button key={item.key} onClick={() => pick(item.key)}>
                {item.label}
              </Button>
            ))}
            {!phone && button('options') && (
              <Button icon={<SettingOutlined aria-hidden="true" />} onClick={() => setDrawer('options')}>
                {t('options')}
              </Button>
            )}
            <Dropdown trigger={['click']} menu={{ items: rest, onClick: ({ key }) => pick(key) }}>
              <Button icon={<MoreOutlined aria-hidden="true" />} aria-label={t('more')} title={t('more')} />
            </Dropdown>
          </>
        }
      />
      <TabList
        id={tabs}
        label={t('look')}
        items={[
          { key: 'gantt', label: t('gantt') },
          ...[...added, ...planLooks].map(({ key, label }) => ({ key, label: label[lang] })),
        ]}
        chosen={(theirs ?? chosen)?.key ?? 'gantt'}
        choose={look}
      />
      {theirs ? (
        <div className="yz-plan-look" {...panelOf(tabs, theirs.key)}>
          <ModuleTab tab={theirs} entity={entity} record={record} />
        </div>
      ) : chosen ? (
        <div className="yz-plan-look" {...panelOf(tabs, chosen.key)}>
          <Suspense fallback={<Waiting />}>
            <chosen.page record={record} known={known} link={link} mayEdit={can('edit')} />
          </Suspense>
        </div>
      ) : (
        <div className="yz-plan-chart" {...panelOf(tabs, 'gantt')}>
          <Gantt
            plan={known.plan}
            {...(known.plan === first.plan && first.schedule ? { schedule: first.schedule } : {})}
            version={known.revision}
            lang={lang}
            theme={mode}
            readOnly={!can('edit')}
            today={minuteOfWallClock(new Date())}
            people={people}
            baselines={baselines}
            loadBaseline={loadBaseline}
            durationNote={durationNote}
            onEdits={onEdits}
            onReady={onReady}
            {...('cost_amount' in record ? { taskMore } : {})}
            presence={others}
            onPresence={onPresence}
            layoutKey={`yingzao.plan.${record.id}`}
          />
        </div>
      )}
      <Suspense fallback={null}>
        {drawer === 'options' && <PlanOptions known={known} link={link} onClose={close} />}
        {drawer === 'edits' && <PlanEdits plan={record} link={link} onClose={close} />}
        {drawer === 'details' && <PlanDetails entity={entity} record={record} onClose={close} />}
        {drawer === 'export' && <PlanExport id={record.id} onClose={close} />}
        {drawer === 'insertTemplate' && (
          <TemplateInsert record={record} plan={known.plan} at={standing.current} onEdits={putIn} onClose={close} />
        )}
        {drawer === 'recurring' && (
          <RecurringTask plan={known.plan} at={standing.current} onEdits={putIn} onClose={close} />
        )}
        {drawer === 'saveTemplate' && (
          <TemplateSave record={record} plan={known.plan} at={standing.current} onClose={close} />
        )}
        {drawer === 'takeOver' && <TakeOver record={record} onClose={close} />}
      </Suspense>
      {isAsk(drawer) && <PlanAsk record={record} ask={drawer} onClose={close} />}
      {drawer === 'baseline' && (
        <InputDialog
          title={t('setBaseline')}
          note={t('baselineNote')}
          fields={baselineFields}
          danger={false}
          onClose={close}
          onSubmit={async values => {
            await link.run('set_baseline', values)
            say.good(t('baselineDone'))
            close()
          }}
        />
      )}
    </div>
  )
}

const drawers: readonly Drawer[] = [...ownDrawers, ...asks]
const drawerOf = (key: string): Drawer | null => drawers.find(each => each === key) ?? null

/** The engine's time is naive and local: the wall clock of whoever looks. */

/** When the work ends, against when it should. */
function Figures({ record, revision }: { record: RecordJson; revision: number }) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const owner = entityOf(meta, 'project')
  const projectId = typeof record.project === 'string' ? record.project : null
  const project = useRecord('project', owner ? projectId : null)
  const finish = typeof record.finish_on === 'string' ? record.finish_on : null
  const contract = project.data?.finish_on ?? null
  const days = finish && contract ? (parseDay(finish) ?? 0) - (parseDay(contract) ?? 0) : null
  return (
    <span className="yz-plan-figures">
      {owner && project.data && (
        <RecordLink entity={owner} id={project.data.id}>
          {project.data.name}
        </RecordLink>
      )}
      {record.current === true && <span className="yz-tag yz-tag-info">{t('current')}</span>}
      <PlanStanding record={record} revision={revision} />
      {finish && (
        <span>
          <span className="yz-faint">{t('computedFinish')}</span>{' '}
          <strong className={days !== null && days > 0 ? 'yz-figure yz-bad' : 'yz-figure'}>
            {formats.date(finish)}
          </strong>
        </span>
      )}
      {contract && (
        <span className="yz-figure">
          <span className="yz-faint">{t('contractFinish')}</span> {formats.date(contract)}
        </span>
      )}
      {days !== null && (
        <span className={`yz-tag yz-figure yz-tag-${days > 0 ? 'bad' : 'good'}`}>
          {days > 0 ? t('late', { days }) : days < 0 ? t('early', { days: -days }) : t('onTime')}
        </span>
      )}
      <span className="yz-faint yz-figure">{t('revision', { revision })}</span>
    </span>
  )
}
