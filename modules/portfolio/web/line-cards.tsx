// The portfolio on a phone: projects as cards under their groups, each with its small bar on one axis of time.
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { useText } from '@yingzao/ui/text/language.tsx'
import { axisOf, Finish, HealthTag, ProgressBar, Timeline } from '../../home/web/public.tsx'
import { grouped, projectLine } from './choice.ts'
import type { LookProps } from './overview.tsx'
import { text } from './text.ts'
import { useNames } from './use-names.ts'

/** Milestones told on a card. */
const MOST = 3

export function LineCards({ portfolio, lines, choice: { group } }: LookProps) {
  const t = useText(text)
  const nameOf = useNames(portfolio)
  const { names, today } = portfolio
  const axis = axisOf(
    lines.map(line => projectLine(line, names, today)),
    today,
  )
  return (
    <div className="yz-pf-cards">
      <p className="yz-pf-axis yz-faint yz-figure" aria-hidden="true">
        {axis.ticks.map(tick => (
          <span key={tick.label} style={{ left: `${tick.at * 100}%` }}>
            {tick.at < 0.8 ? tick.label : ''}
          </span>
        ))}
      </p>
      {(group ? grouped(lines, group) : [{ key: '', lines }]).map(({ key, lines: own }) => (
        <section key={key}>
          {group && <h2>{nameOf(group, key)}</h2>}
          <ul className="yz-project-cards">
            {own.map(each => {
              const line = projectLine(each, names, today)
              const coming = each.rows
                .filter(row => row.kind === 'milestone' && !row.done)
                .sort((a, b) => a.finish.localeCompare(b.finish))
                .slice(0, MOST)
              return (
                <li key={each.id} className="yz-stack">
                  <div className="yz-flex">
                    <RecordLink
                      entity={{ module: 'project', name: 'project' }}
                      id={each.id}
                      className="yz-link yz-grow"
                    >
                      {each.name}
                    </RecordLink>
                    <HealthTag health={line.health} />
                  </div>
                  <Timeline line={line} axis={axis} />
                  <Finish line={line} />
                  <ProgressBar line={line} now={today} />
                  {coming.length > 0 && (
                    <ul className="yz-pf-coming">
                      {coming.map(row => (
                        <li key={row.id}>
                          <span className="yz-grow yz-clip">{row.name}</span>
                          <span className={`yz-figure${row.promised && row.finish > row.promised ? ' yz-bad' : ''}`}>
                            {row.finish}
                          </span>
                        </li>
                      ))}
                    </ul>
                  )}
                  {each.plan && (
                    <div>
                      <RecordLink entity={{ module: 'schedule', name: 'plan' }} id={each.plan} className="yz-button">
                        {t('openPlan')}
                      </RecordLink>
                    </div>
                  )}
                </li>
              )
            })}
          </ul>
        </section>
      ))}
    </div>
  )
}
