// The resources of a plan: who is asked for more than there is, and what levelling would change.

import { Link } from '@tanstack/react-router'
import { overloads, periodEdges, resourceLoads } from '@yingzao/engines/levelling'
import { compute } from '@yingzao/engines/schedule'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { LevellingView } from './levelling-view.tsx'
import type { PlanLookProps } from './plan-look.ts'
import { text as priceText } from './price-text.ts'
import { ResourceLoadView } from './resource-load.tsx'
import { heatUnit } from './resource-period.ts'
import { ResourcePrices } from './resource-prices.tsx'
import { ResourceSheet } from './resource-sheet.tsx'
import { text } from './resource-text.ts'
import './resources.css'
import '@yingzao/ui/exchange/import.css'

type View = 'load' | 'level' | 'sheet' | 'prices'

export default function PlanResources({ record, known, link, mayEdit }: PlanLookProps) {
  const t = useText(text)
  const p = useText(priceText)
  const { plan } = known
  const [chosen, setChosen] = useState<View | null>(null)
  const schedule = useMemo(() => {
    const outcome = compute(plan)
    return outcome.ok ? outcome.schedule : undefined
  }, [plan])
  const found = useMemo(() => {
    if (!schedule) return undefined
    const unit = heatUnit(schedule.start, schedule.finish)
    const loads = resourceLoads(plan, schedule.tasks, periodEdges(schedule.start, schedule.finish, unit))
      .filter(load => load.work > 0)
      .sort((a, b) => b.overloads - a.overloads)
    return { unit, loads, overloads: overloads(plan, schedule.tasks) }
  }, [plan, schedule])
  if (!schedule || !found)
    return (
      <div className="yz-notice">
        <p>{t('failed')}</p>
      </div>
    )
  const priced = 'cost_amount' in record && plan.resources.length > 0
  if (found.loads.length === 0 && !priced)
    return (
      <section className="yz-res">
        <div className="yz-notice">
          <h2>{t('none')}</h2>
          <p className="yz-soft">{t('noneNext')}</p>
          <Link
            to="/$module/$name/$id"
            params={{ module: 'schedule', name: 'plan', id: record.id }}
            search={{}}
            className="yz-button"
          >
            {t('toGantt')}
          </Link>
        </div>
        {known.plan.resources.length > 0 && <ResourceSheet known={known} link={link} mayEdit={mayEdit} />}
      </section>
    )
  // Without any load there are prices to look at.
  const view = chosen ?? (found.loads.length === 0 ? 'prices' : 'load')
  const scarce = found.loads.filter(load => load.overloads > 0).length
  const sum = { resources: found.loads.length, overloads: found.overloads.length, scarce }
  return (
    <section className="yz-res">
      <div className="yz-res-head">
        <Segmented<View>
          aria-label={t('view')}
          value={view}
          onChange={setChosen}
          options={[
            { value: 'load', label: t('load') },
            {
              value: 'level',
              label: found.overloads.length > 0 ? `${t('level')} ▲ ${found.overloads.length}` : t('level'),
            },
            ...(priced ? [{ value: 'prices' as const, label: p('prices') }] : []),
            { value: 'sheet', label: t('sheet') },
          ]}
        />
        <span className={scarce > 0 ? 'yz-bad' : 'yz-soft'}>
          {scarce > 0 ? t('sum', sum) : t('sumGood', { resources: sum.resources })}
        </span>
      </div>
      {/* Both stay: a proposal outlives a look at the load. */}
      <div className="yz-res-view" hidden={view !== 'load'}>
        <ResourceLoadView
          record={record}
          plan={plan}
          schedule={schedule}
          loads={found.loads}
          unit={found.unit}
          link={link}
          mayEdit={mayEdit}
        />
      </div>
      <div className="yz-res-view" hidden={view !== 'level'}>
        <LevellingView
          record={record}
          known={known}
          schedule={schedule}
          overloads={found.overloads}
          link={link}
          mayEdit={mayEdit}
        />
      </div>
      {priced && view === 'prices' && (
        <div className="yz-res-view">
          <ResourcePrices record={record} plan={plan} link={link} mayEdit={mayEdit} />
        </div>
      )}
      {view === 'sheet' && <ResourceSheet known={known} link={link} mayEdit={mayEdit} />}
    </section>
  )
}
