// Load over time: the heat map of all resources, below it the histogram of one and the tasks behind a bar.
import { PrinterOutlined } from '@ant-design/icons'
import { type LoadUnit, periodEdges, type ResourceLoad, resourceLoads } from '@yingzao/engines/levelling'
import type { Plan } from '@yingzao/engines/schedule/plan'
import type { Schedule } from '@yingzao/engines/schedule/result'
import type { RecordJson } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { useText } from '@yingzao/ui/text/language.tsx'
import { Button, InputNumber, Segmented, Select } from 'antd'
import { useCallback, useMemo, useState } from 'react'
import type { PlanLink } from './plan-link.ts'
import { ResourceHeat } from './resource-heat.tsx'
import { ResourceHistogram } from './resource-histogram.tsx'
import { printLoads } from './resource-paper.tsx'
import { ResourceParts } from './resource-parts.tsx'
import type { LoadChoice } from './resource-period.ts'
import { text } from './resource-text.ts'

interface Props {
  readonly record: RecordJson
  readonly plan: Plan
  readonly schedule: Schedule
  readonly loads: readonly ResourceLoad[]
  /** Of the heat map's columns. */
  readonly unit: LoadUnit
  readonly link: PlanLink
  readonly mayEdit: boolean
}

export function ResourceLoadView({ record, plan, schedule, loads, unit, link, mayEdit }: Props) {
  const t = useText(text)
  const [picked, setPicked] = useState<string | null>(null)
  const [chosen, setChosen] = useState<LoadChoice | null>(null)
  const [bars, setBars] = useState<LoadUnit>('week')
  const names = useMemo(() => new Map(plan.resources.map(each => [each.id, each.name])), [plan])
  const now = plan.options.statusDate ?? schedule.start
  const shown = loads.find(load => load.resource === picked) ?? loads[0]
  const resource = shown?.resource ?? ''
  const periods = useMemo(() => {
    const only = { ...plan, resources: plan.resources.filter(each => each.id === resource) }
    const edges = periodEdges(schedule.start, schedule.finish, bars)
    return resourceLoads(only, schedule.tasks, edges)[0]?.periods ?? []
  }, [plan, schedule, resource, bars])
  const choose = useCallback((choice: LoadChoice) => {
    setPicked(choice.resource)
    setChosen(choice)
  }, [])
  const name = names.get(resource) ?? resource
  return (
    <>
      {unit === 'month' && <p className="yz-faint">{t('byMonth')}</p>}
      <ResourceHeat loads={loads} names={names} title={t('resource')} chosen={chosen} onChoose={choose} now={now} />
      <div className="yz-res-below">
        <section className="yz-res-card yz-grow" aria-label={t('histogram', { resource: name })}>
          <div className="yz-res-bar-head">
            <Select
              aria-label={t('chosen')}
              className="yz-res-pick"
              value={resource}
              showSearch={{ optionFilterProp: 'label' }}
              options={loads.map(each => ({
                value: each.resource,
                label: `${names.get(each.resource) ?? each.resource}${each.overloads > 0 ? ` ▲ ${each.overloads}` : ''}`,
              }))}
              onChange={value => {
                setPicked(value)
                setChosen(null)
              }}
            />
            <Segmented<LoadUnit>
              aria-label={t('unit')}
              value={bars}
              onChange={setBars}
              options={[
                { value: 'day', label: t('day') },
                { value: 'week', label: t('week') },
                { value: 'month', label: t('month') },
              ]}
            />
            <Capacity key={resource} plan={plan} resource={resource} link={link} mayEdit={mayEdit} />
            <span className="yz-grow" />
            <Button
              icon={<PrinterOutlined aria-hidden="true" />}
              onClick={() => printLoads({ title: String(record.name), loads, names, now, t })}
            >
              {t('print')}
            </Button>
          </div>
          <ResourceHistogram
            resource={resource}
            periods={periods}
            unit={bars}
            perDay={plan.options.minutesPerDay}
            chosen={chosen?.resource === resource ? chosen : null}
            onChoose={choose}
            now={now}
          />
        </section>
        <section className="yz-res-card yz-res-side" aria-live="polite">
          <ResourceParts
            record={record.id}
            plan={plan}
            schedule={schedule}
            chosen={chosen?.resource === resource ? chosen : null}
          />
        </section>
      </div>
    </>
  )
}

interface CapacityProps {
  readonly plan: Plan
  readonly resource: string
  readonly link: PlanLink
  readonly mayEdit: boolean
}

/** How many there are; changed here, because a resource named in the Gantt begins with one. */
function Capacity({ plan, resource: id, link, mayEdit }: CapacityProps) {
  const t = useText(text)
  const say = useSay()
  const resource = plan.resources.find(each => each.id === id)
  const [asked, setAsked] = useState<number | null>(null)
  if (!resource) return null
  const units = resource.maxUnits ?? 1
  const save = async () => {
    if (asked === null || asked === units) return
    const summary = t('capacityChanged', { resource: resource.name, units: asked })
    try {
      const answer = await link.send(
        { id: newId(), edits: [{ kind: 'resource.set', id, patch: { maxUnits: asked } }] },
        summary,
      )
      if (answer.ok) say.good(summary)
      else say.bad(new Error(answer.message))
    } catch (error) {
      say.bad(error)
    }
    setAsked(null)
  }
  return (
    <span className="yz-flex">
      <label className="yz-soft" htmlFor="yz-res-units">
        {t('capacity')}
      </label>
      <InputNumber
        id="yz-res-units"
        className="yz-res-units"
        min={0}
        max={100_000}
        step={1}
        disabled={!mayEdit}
        value={asked ?? units}
        onChange={value => setAsked(value === null ? null : Number(value))}
        onBlur={() => void save()}
        onPressEnter={() => void save()}
      />
    </span>
  )
}
