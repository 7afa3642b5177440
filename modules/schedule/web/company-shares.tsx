// Which projects make the load of a row in a period, each with the way to the resources of its plan.
import { Link } from '@tanstack/react-router'
import { useText } from '@yingzao/ui/text/language.tsx'
import { companyText } from './company-text.ts'
import { type PooledLoad, sharesIn } from './pool.ts'
import { daysText, dayText, type LoadChoice, lastDay } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly pooled: PooledLoad
  readonly chosen: LoadChoice | null
  readonly names: ReadonlyMap<string, string>
  readonly perDay: number
}

export function CompanyShares({ pooled, chosen, names, perDay }: Props) {
  const t = useText(companyText)
  const of = useText(text)
  if (!chosen) return <p className="yz-faint">{t('pick')}</p>
  const shares = sharesIn(pooled, chosen.from)
  return (
    <div className="yz-res-parts">
      <h3>{of('partsIn', { from: dayText(chosen.from), to: lastDay(chosen.to) })}</h3>
      {shares.length === 0 ? (
        <p className="yz-faint">{t('nothing')}</p>
      ) : (
        <table className="yz-plain-table">
          <thead>
            <tr>
              <th scope="col">{t('projectOf')}</th>
              <th scope="col">{t('resourceOf')}</th>
              <th scope="col" className="yz-right">
                {t('work')}
              </th>
              <th scope="col" className="yz-right">
                {t('availableOf')}
              </th>
            </tr>
          </thead>
          <tbody>
            {shares.map(share => (
              <tr key={share.resource}>
                <td>
                  <Link
                    to="/$module/$name/$id"
                    params={{ module: 'schedule', name: 'plan', id: share.plan }}
                    search={{ tab: 'resources' }}
                    className="yz-link"
                  >
                    {names.get(share.project) ?? share.project}
                  </Link>
                </td>
                <td>
                  {share.name} {share.over && <span className="yz-tag yz-tag-bad">▲</span>}
                </td>
                <td className="yz-figure yz-right">{daysText(share.work, perDay)}</td>
                <td className="yz-figure yz-right">{daysText(share.available, perDay)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}
