// My work: tasks I am responsible for, and critical ones of my projects, that are due within two weeks or overdue.

import { useList } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { today } from '@yingzao/ui/form/moment'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Tabs } from 'antd'
import './home.css'
import { addDays, dayGap } from './project-line.ts'
import { text } from './text.ts'

const WITHIN = 14
const fields = [
  'name',
  'plan',
  'project',
  'start_on',
  'finish_on',
  'percent_complete',
  'total_float',
  'critical',
] as const

export default function MyWork() {
  const t = useText(text)
  const meta = useMeta()
  const now = today()
  const plans = useList('plan', { filter: { current: { eq: true } }, fields: ['project'], limit: 500 })
  const managed = useList('project', { filter: { manager: { eq: meta.me.id } }, fields: ['name'], limit: 200 })
  const held = meta.me.roles.filter(each => each.at.kind === 'project').map(each => each.at.id)
  const mine = new Set([...managed.items.map(each => String(each.id)), ...held])
  const planIds = plans.items.map(plan => plan.id)
  const myPlans = plans.items.filter(plan => mine.has(String(plan.project))).map(plan => plan.id)
  const due = { finish_on: { le: addDays(now, WITHIN) }, kind: { ne: 'summary' } }
  const open = 'percent_complete = null or percent_complete < 100'
  const own = useList(
    'task',
    {
      filter: { responsible: { eq: meta.me.id }, plan: { in: planIds }, ...due },
      where: open,
      fields,
      sort: ['finish_on'],
      limit: 50,
    },
    { enabled: planIds.length > 0 },
  )
  const critical = useList(
    'task',
    {
      filter: { plan: { in: myPlans }, critical: { eq: true }, ...due },
      where: open,
      fields,
      sort: ['finish_on'],
      limit: 50,
    },
    { enabled: myPlans.length > 0 },
  )
  const warned = useList(
    'warning',
    {
      filter: { handling: { in: ['raised', 'acknowledged', 'assigned'] }, responsible: { eq: meta.me.id } },
      fields: ['cause_task'],
      limit: 200,
    },
    { enabled: entityOf(meta, 'warning')?.can.includes('read') ?? false },
  )
  // What of mine will hit somebody else, and the warning that says so.
  const hitting = new Map(warned.items.flatMap(each => (each.cause_task ? [[each.cause_task, each.id] as const] : [])))
  if (plans.isPending || managed.isPending) return <Waiting />
  const tabs = [
    { key: 'mine', label: t('mine'), list: own, asked: planIds.length > 0, none: t('noMine') },
    { key: 'critical', label: t('criticalMine'), list: critical, asked: myPlans.length > 0, none: t('noCritical') },
  ].filter(tab => tab.key === 'mine' || mine.size > 0)
  const first = own.items.length === 0 && critical.items.length > 0 ? 'critical' : 'mine'
  return (
    <div className="yz-my-work">
      <h2>{t('myWork')}</h2>
      <Tabs
        size="small"
        key={first}
        defaultActiveKey={first}
        items={tabs.map(({ key, label, list, asked, none }) => ({
          key,
          label: (
            <>
              {label} <span className="yz-faint yz-figure">{list.items.length > 0 ? list.items.length : ''}</span>
            </>
          ),
          children: list.error ? (
            <Failed error={list.error} retry={list.refetch} />
          ) : asked && list.isPending ? (
            <Waiting />
          ) : list.items.length === 0 ? (
            <p className="yz-soft">{none}</p>
          ) : (
            <TaskRows list={list} now={now} hitting={hitting} />
          ),
        }))}
      />
    </div>
  )
}

type Tasks = ReturnType<typeof useList<'task'>>

function TaskRows({ list, now, hitting }: { list: Tasks; now: string; hitting: ReadonlyMap<string, string> }) {
  const t = useText(text)
  const formats = useFormats()
  return (
    <table className="yz-tasks">
      <thead>
        <tr>
          <th scope="col">{t('task')}</th>
          <th scope="col" className="yz-wide-only">
            {t('start')}
          </th>
          <th scope="col">{t('due')}</th>
          <th scope="col" className="yz-right">
            {t('done')}
          </th>
          <th scope="col" className="yz-right yz-wide-only">
            {t('float')}
          </th>
        </tr>
      </thead>
      <tbody>
        {list.items.map(task => {
          const days = dayGap(now, task.finish_on) ?? 0
          return (
            <tr key={task.id}>
              <th scope="row">
                <div className="yz-flex">
                  <RecordLink entity={{ module: 'schedule', name: 'task' }} id={task.id} className="yz-link yz-clip">
                    {task.name}
                  </RecordLink>
                  {task.critical && <span className="yz-tag yz-tag-bad">{t('criticalTag')}</span>}
                  {hitting.has(task.id) && (
                    <RecordLink
                      entity={{ module: 'warning', name: 'warning' }}
                      id={hitting.get(task.id) ?? ''}
                      className="yz-tag yz-tag-warn"
                    >
                      {t('warned')}
                    </RecordLink>
                  )}
                </div>
                <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={task.plan} className="yz-faint yz-small">
                  {list.refs.project?.[task.project ?? ''] ?? list.refs.plan?.[task.plan] ?? ''}
                </RecordLink>
              </th>
              <td className="yz-figure yz-wide-only">{formats.date(task.start_on)}</td>
              <td className="yz-figure">
                {formats.date(task.finish_on)}
                <div className={days < 0 ? 'yz-bad yz-small' : 'yz-faint yz-small'}>
                  {days < 0 ? t('overdue', { days: -days }) : days === 0 ? t('dueToday') : t('dueIn', { days })}
                </div>
              </td>
              <td className="yz-figure yz-right">{Math.round(Number(task.percent_complete ?? 0))}%</td>
              <td className="yz-figure yz-right yz-wide-only">{formats.duration(task.total_float)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
