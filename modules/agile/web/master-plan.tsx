// 主计划: what epics and sprints say of their tasks in the plan; applied when somebody who may edit the plan says so.

import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useClient } from '@yingzao/platform/client/react'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Proposal, Proposals } from '../report.ts'
import type { BoardPartProps } from './board-page.tsx'
import { round } from './chart-option.ts'
import { text } from './text.ts'
import { useReport } from './use-report.ts'

export default function MasterPlan({ project }: BoardPartProps) {
  const t = useText(text)
  const client = useClient()
  const report = useReport('plan', { project }, () => client.perform<Proposals>('agile.plan_proposals', { project }))
  if (report.error?.code === 'agile.no_plan')
    return (
      <div className="yz-notice">
        <h2>{t('noPlan')}</h2>
        <p className="yz-soft">{t('noPlanNext')}</p>
      </div>
    )
  if (report.error && !report.data) return <Failed error={report.error} retry={() => void report.refetch()} />
  if (!report.data) return <Waiting />
  if (report.data.sources.length === 0)
    return (
      <div className="yz-notice">
        <h2>{t('noSources')}</h2>
        <p className="yz-soft">{t('noSourcesNext')}</p>
      </div>
    )
  return <Shown proposals={report.data} project={project} />
}

function Shown({ proposals, project }: { proposals: Proposals; project: string }) {
  const t = useText(text)
  const formats = useFormats()
  const say = useSay()
  const client = useClient()
  const cache = useQueryClient()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const { plan, finish, sources } = proposals
  const differing = sources.filter(each => each.differs)
  const chosen = differing.filter(each => !left.has(each.id))
  const again = () =>
    Promise.all(
      ['work_event', 'task', 'plan', 'project', 'sprint', 'work_item'].map(name =>
        cache.invalidateQueries({ queryKey: ['yz', 'entity', name] }),
      ),
    )
  const act = async (action: string, input: object, done: string) => {
    setBusy(true)
    try {
      await client.perform(action, { project, ...input })
      await again()
      say.undoable(done, async () => {
        await client.entity('plan').run(plan.id, 'undo')
        await again()
      })
    } catch (error) {
      say.bad(error)
      await again()
    } finally {
      setBusy(false)
    }
  }
  const apply = () =>
    void act(
      'agile.apply_progress',
      { base: plan.revision, sources: chosen.map(each => each.id) },
      t('applied', { count: chosen.length }),
    )
  const place = ({ id, title }: Proposal) =>
    void act('agile.place_in_plan', { sources: [id] }, t('placedInPlan', { name: title }))
  const moved = finish.proposed !== null && finish.proposed !== finish.now
  return (
    <div className="yz-agile-report">
      <section className="yz-section">
        <div className="yz-agile-head">
          <p className="yz-flex yz-agile-wrap">
            <span>{t('currentPlan')}</span>
            <Link
              to="/$module/$name/$id"
              params={{ module: 'schedule', name: 'plan', id: plan.id }}
              className="yz-link"
            >
              {plan.name}
            </Link>
            <span className="yz-figure">
              {t('planFinish', { on: formats.date(finish.now) })}
              {moved && (
                <strong className={finish.proposed !== null && finish.proposed > finish.now ? 'yz-bad' : 'yz-good'}>
                  {' '}
                  → {formats.date(finish.proposed)}
                </strong>
              )}
            </span>
          </p>
          {plan.mayEdit && differing.length > 0 && (
            <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={apply}>
              {t('apply', { count: chosen.length })}
            </Button>
          )}
        </div>
        {differing.length === 0 ? (
          <Alert type="success" showIcon title={t('inStep')} />
        ) : (
          !plan.mayEdit && <Alert type="info" showIcon title={t('askPlanner', { count: differing.length })} />
        )}
        <div className="yz-scroll-x">
          <table className="yz-plain-table yz-agile-plan">
            <thead>
              <tr>
                {plan.mayEdit && <th scope="col" aria-label={t('chooseToApply')} />}
                <th scope="col">{t('sprintOrEpic')}</th>
                <th scope="col">{t('planTask')}</th>
                <th scope="col" className="yz-right">
                  {t('doneOfAll')}
                </th>
                <th scope="col" className="yz-right">
                  {t('percentNow')}
                </th>
                <th scope="col">{t('datesNow')}</th>
              </tr>
            </thead>
            <tbody>
              {sources.map(each => (
                <Row
                  key={each.id}
                  proposal={each}
                  plan={plan}
                  chosen={!left.has(each.id)}
                  busy={busy}
                  onChoose={on => {
                    const next = new Set(left)
                    if (on) next.delete(each.id)
                    else next.add(each.id)
                    setLeft(next)
                  }}
                  onPlace={() => place(each)}
                />
              ))}
            </tbody>
          </table>
        </div>
        <p className="yz-faint yz-agile-note">{t('planNote')}</p>
      </section>
    </div>
  )
}

interface RowProps {
  readonly proposal: Proposal
  readonly plan: Proposals['plan']
  readonly chosen: boolean
  readonly busy: boolean
  readonly onChoose: (on: boolean) => void
  readonly onPlace: () => void
}

function Row({
  proposal: { entity, id, title, task, done, total, unit, percent, differs },
  plan,
  chosen,
  busy,
  onChoose,
  onPlace,
}: RowProps) {
  const t = useText(text)
  const formats = useFormats()
  const meta = useMeta()
  const source = entityOf(meta, entity)
  const amount = (value: number) => formats.number(String(round(value)), 1).replace(/\.0$/, '')
  const span = (of: { start: string; finish: string }) => `${formats.date(of.start)} – ${formats.date(of.finish)}`
  const other = task?.proposed && (task.proposed.start !== task.now.start || task.proposed.finish !== task.now.finish)
  return (
    <tr>
      {plan.mayEdit && (
        <td>
          {differs && (
            <input
              type="checkbox"
              checked={chosen}
              aria-label={t('choose', { name: title })}
              onChange={event => onChoose(event.target.checked)}
            />
          )}
        </td>
      )}
      <td>
        <span className="yz-flex">
          <span className={`yz-tag yz-tag-${entity === 'sprint' ? 'info' : 'good'}`}>
            {t(entity === 'sprint' ? 'sprint' : 'epic')}
          </span>
          {source && (
            <RecordLink entity={source} id={id}>
              {title}
            </RecordLink>
          )}
        </span>
      </td>
      <td>
        {task ? (
          <Link
            to="/$module/$name/$id"
            params={{ module: 'schedule', name: 'plan', id: plan.id }}
            search={{ task: task.id }}
            className="yz-link"
          >
            {task.name}
          </Link>
        ) : plan.mayEdit ? (
          <Button size="small" disabled={busy} onClick={onPlace} aria-label={t('makeTaskOf', { name: title })}>
            {t('makeTask')}
          </Button>
        ) : (
          <span className="yz-faint">{t('noTask')}</span>
        )}
      </td>
      <td className="yz-figure yz-right">
        {amount(done)}/{amount(total)} {t(unit === 'points' ? 'pt' : 'pieces')}
      </td>
      <td className="yz-figure yz-right">
        {task ? `${task.now.percent}%` : ''}
        {task && task.now.percent !== percent ? <strong> → {percent}%</strong> : task ? '' : `${percent}%`}
      </td>
      <td className="yz-figure yz-nowrap">
        {task && span(task.now)}
        {task?.proposed && other && <strong className="yz-agile-then"> → {span(task.proposed)}</strong>}
      </td>
    </tr>
  )
}
