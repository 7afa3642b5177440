// Every project against its contract date, the ones in need first.

import { Link } from '@tanstack/react-router'
import { useList } from '@yingzao/platform/client/react'
import { ListLink, RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { today } from '@yingzao/ui/form/moment'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { usePhone } from '@yingzao/ui/theme/mode.tsx'
import './home.css'
import { Finish, HealthTag, ProgressBar } from './project-figures.tsx'
import { byNeed, type Health, type ProjectLine } from './project-line.ts'
import { text } from './text.ts'
import { Timeline } from './timeline.tsx'
import { axisOf, LATE, type TimelineAxis } from './timeline-axis.ts'

const under = ['proposed', 'ready', 'active', 'suspended', 'completed', 'accepted', 'settling', 'warranty']
const healths: readonly Health[] = ['late', 'watch', 'good', 'unknown']
const tones = { late: 'bad', watch: 'warn', good: 'good', unknown: 'neutral' } as const
/** More than fits a glance: the list of projects shows the rest. */
const MOST = 30

export default function Portfolio() {
  const t = useText(text)
  const phone = usePhone()
  const meta = useMeta()
  const now = today()
  const projects = useList('project', {
    filter: { stage: { in: under } },
    fields: [
      'name',
      'code',
      'company',
      'stage',
      'health',
      'progress_pct',
      'start_on',
      'started_on',
      'finish_on',
      'forecast_finish_on',
    ],
    limit: 500,
  })
  const planEntity = entityOf(meta, 'plan')
  const seesPlans = planEntity?.can.includes('read') ?? false
  const plans = useList(
    'plan',
    { filter: { current: { eq: true } }, fields: ['project', 'critical_count', 'task_count'], limit: 500 },
    { enabled: seesPlans },
  )
  const planIds = plans.items.map(plan => plan.id)
  const milestones = useList(
    'task',
    {
      filter: {
        plan: { in: planIds },
        kind: { in: ['milestone', 'start_milestone'] },
        finish_on: { ge: now },
      },
      where: 'percent_complete = null or percent_complete < 100',
      fields: ['name', 'project', 'finish_on'],
      sort: ['finish_on'],
      limit: 500,
    },
    { enabled: seesPlans && planIds.length > 0 && (entityOf(meta, 'task')?.can.includes('read') ?? false) },
  )
  const warnings = useList(
    'warning',
    { filter: { handling: { in: ['raised', 'acknowledged', 'assigned'] } }, fields: ['project'], limit: 500 },
    { enabled: entityOf(meta, 'warning')?.can.includes('read') ?? false },
  )
  const project = entityOf(meta, 'project')
  if (projects.error && projects.items.length === 0) return <Failed error={projects.error} retry={projects.refetch} />
  if (projects.isPending || !project) return <Waiting />

  const planOf = new Map(plans.items.map(plan => [String(plan.project), plan]))
  const nextOf = new Map<string, { name: string; on: string }>()
  for (const each of milestones.items)
    if (each.project && each.finish_on && !nextOf.has(each.project))
      nextOf.set(each.project, { name: each.name, on: each.finish_on })
  const lines = projects.items
    .map((each): ProjectLine => {
      const plan = planOf.get(each.id)
      return {
        id: each.id,
        name: each.name,
        company: projects.refs.org_unit?.[each.company] ?? '',
        health: healths.find(name => name === each.health) ?? 'unknown',
        start: each.start_on ?? each.started_on,
        contract: each.finish_on,
        forecast: each.forecast_finish_on,
        progress: each.progress_pct === null ? null : Number(each.progress_pct),
        plan: plan?.id ?? null,
        critical: plan?.critical_count ?? null,
        milestone: nextOf.get(each.id) ?? null,
        warnings: warnings.items.filter(warning => warning.project === each.id).length,
      }
    })
    .sort(byNeed)
  const shown = lines.slice(0, MOST)
  const axis = axisOf(shown, now)
  const count = (health: Health) => lines.filter(line => line.health === health).length
  return (
    <div className="yz-portfolio">
      <div className="yz-flex">
        <h2 className="yz-grow">{t('portfolio')}</h2>
        <ListLink entity={project}>{t('allProjects')}</ListLink>
      </div>
      {lines.length === 0 ? (
        <div className="yz-stack">
          <p>
            <strong>{t('none')}</strong> <span className="yz-soft">{t('noneNext')}</span>
          </p>
          {project.can.includes('create') && (
            <div>
              <Link
                to="/$module/$name/$id"
                params={{ module: project.module, name: project.name, id: 'new' }}
                className="yz-button"
              >
                {t('newProject')}
              </Link>
            </div>
          )}
        </div>
      ) : (
        <>
          <ul className="yz-totals">
            <li>
              <b className="yz-figure">{lines.length}</b> {t('total')}
            </li>
            {healths
              .filter(health => count(health) > 0)
              .map(health => (
                <li key={health} className={`yz-total-${tones[health]}`}>
                  <Link
                    to="/$module/$name"
                    params={{ module: project.module, name: project.name }}
                    search={{ filter: { health: { in: [health] } } }}
                  >
                    <b className="yz-figure">{count(health)}</b> {t(health)}
                  </Link>
                </li>
              ))}
          </ul>
          {phone ? (
            <ul className="yz-project-cards">
              {shown.map(line => (
                <ProjectCard key={line.id} line={line} now={now} />
              ))}
            </ul>
          ) : (
            <ProjectTable lines={shown} axis={axis} now={now} />
          )}
          {lines.length > MOST && <p className="yz-faint">{t('shownOf', { count: MOST })}</p>}
        </>
      )}
    </div>
  )
}

function ProjectTable({ lines, axis, now }: { lines: readonly ProjectLine[]; axis: TimelineAxis; now: string }) {
  const t = useText(text)
  const formats = useFormats()
  const companies = new Set(lines.map(line => line.company)).size > 1
  return (
    <table className="yz-projects">
      <thead>
        <tr>
          <th scope="col">{t('project')}</th>
          <th scope="col">{t('finish')}</th>
          <th scope="col">{t('progress')}</th>
          <th scope="col" className="yz-col-timeline">
            <span className="yz-hidden">{t('timeline')}</span>
            <span className="yz-axis" aria-hidden="true">
              {axis.ticks
                .filter(tick => tick.at <= LATE)
                .map(tick => (
                  <span key={tick.label} style={{ left: `${tick.at * 100}%` }}>
                    {tick.label}
                  </span>
                ))}
            </span>
          </th>
          <th scope="col" className="yz-col-milestone">
            {t('milestone')}
          </th>
          <th scope="col" className="yz-right">
            {t('critical')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={line.id}>
            <th scope="row">
              <div className="yz-flex">
                <HealthTag health={line.health} />
                <RecordLink entity={{ module: 'project', name: 'project' }} id={line.id} className="yz-link yz-clip">
                  {line.name}
                </RecordLink>
                <Warned line={line} />
              </div>
              {companies && <div className="yz-faint yz-clip yz-small">{line.company}</div>}
            </th>
            <td>
              <Finish line={line} />
            </td>
            <td>
              <ProgressBar line={line} now={now} />
            </td>
            <td className="yz-col-timeline">
              <Timeline line={line} axis={axis} />
            </td>
            <td className="yz-col-milestone">
              {line.milestone ? (
                <>
                  <div className="yz-clip" title={line.milestone.name}>
                    {line.milestone.name}
                  </div>
                  <div className="yz-faint yz-figure yz-small">{formats.date(line.milestone.on)}</div>
                </>
              ) : (
                <span className="yz-faint">—</span>
              )}
            </td>
            <td className="yz-right yz-figure">
              {line.plan ? (
                <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={line.plan}>
                  {formats.integer(line.critical)}
                  <span className="yz-hidden"> {t('openPlan')}</span>
                </RecordLink>
              ) : (
                '—'
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ProjectCard({ line, now }: { line: ProjectLine; now: string }) {
  const t = useText(text)
  const formats = useFormats()
  return (
    <li className="yz-stack">
      <div className="yz-flex">
        <RecordLink entity={{ module: 'project', name: 'project' }} id={line.id} className="yz-link yz-grow">
          {line.name}
        </RecordLink>
        <Warned line={line} />
        <HealthTag health={line.health} />
      </div>
      <div className="yz-faint yz-small">{line.company}</div>
      <Finish line={line} />
      <ProgressBar line={line} now={now} />
      {line.milestone && (
        <div className="yz-small">
          <span className="yz-faint">{t('milestone')}</span> {line.milestone.name}{' '}
          <span className="yz-faint yz-figure">{formats.date(line.milestone.on)}</span>
        </div>
      )}
      {line.plan && (
        <div>
          <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={line.plan} className="yz-button">
            {t('openPlan')}
            {line.critical === null ? '' : ` · ${t('criticalCount', { count: line.critical })}`}
          </RecordLink>
        </div>
      )}
    </li>
  )
}

/** How many warnings hit the project, and the way to them. */
function Warned({ line }: { line: ProjectLine }) {
  const t = useText(text)
  if (line.warnings === 0) return null
  return (
    <Link
      to="/$module/$name/$id"
      params={{ module: 'project', name: 'project', id: line.id }}
      search={{ tab: 'warnings' }}
      className="yz-tag yz-tag-bad yz-figure yz-health"
    >
      {t('warnings', { count: line.warnings })}
    </Link>
  )
}
