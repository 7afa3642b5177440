// What follows from a warning for the plan that is hit, and what would take the delay up.
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { TaskLink } from '../../schedule/web/public.tsx'
import type { DetailWay, SeenDetail } from '../detail.ts'
import { Dates } from './chain.tsx'
import { text } from './text.ts'

export function Consequence({ detail: { finish, milestones, chain } }: { detail: SeenDetail }) {
  const t = useText(text)
  const formats = useFormats()
  const hit = chain.at(-1)
  if (!finish || !hit || 'hidden' in hit) return null
  return (
    <section className="yz-section">
      <h2>{t('consequence')}</h2>
      <dl className="yz-values yz-figure">
        {finish.was === finish.will ? (
          <div>
            <dt>{t('planFinish')}</dt>
            <dd>
              {formats.date(finish.will)} <span className="yz-soft">{t('same')}</span>
            </dd>
          </div>
        ) : (
          <Dates name={t('planFinish')} change={finish} />
        )}
      </dl>
      {milestones.length > 0 && (
        <>
          <h3>{t('milestones')}</h3>
          <ul className="yz-warning-milestones">
            {milestones.map(each => (
              <li key={each.task}>
                <TaskLink plan={hit.plan} task={each.task}>
                  {each.name}
                </TaskLink>
                <span className="yz-figure">
                  <span className="yz-faint">{formats.date(each.was)}</span> <span aria-hidden="true">→</span>{' '}
                  {formats.date(each.will)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

export function Ways({ detail: { ways } }: { detail: SeenDetail }) {
  const t = useText(text)
  return (
    <section className="yz-section">
      <h2>{t('ways')}</h2>
      {ways.length === 0 ? (
        <p className="yz-soft">{t('noWays')}</p>
      ) : (
        <>
          <p className="yz-soft">{t('waysNote')}</p>
          <ul className="yz-warning-ways">
            {ways.map(way => (
              <li key={`${way.kind} ${way.task} ${way.from_task ?? ''}`}>
                <span className={`yz-tag yz-figure yz-tag-${way.whole ? 'good' : 'neutral'}`}>
                  {way.whole ? t('whole') : way.days > 0 ? t('gains', { days: way.days }) : t('notComputed')}
                </span>
                <span className="yz-grow">
                  <Sentence way={way} />
                </span>
                <TaskLink plan={way.plan} task={way.task}>
                  {t('toGantt')}
                </TaskLink>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Sentence({ way }: { way: DetailWay }) {
  const t = useText(text)
  const { name } = way
  const days = way.by_days ?? 0
  switch (way.kind) {
    case 'float':
      return t('wayFloat', { name })
    case 'lag':
      return t('wayLag', { name })
    case 'overlap':
      return t('wayOverlap', { name, days })
    case 'shorten':
      return t('wayShorten', { name, days })
    case 'lend':
      return t('wayLend', { name, from: way.from ?? '', resource: way.resource ?? '', days: way.room_days ?? 0 })
  }
}
