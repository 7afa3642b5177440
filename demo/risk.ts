// What the planner of the station assumes about its risks: ground works that vary more and together, the plum rains, a flooded pit.

import { workClassOf } from '@yingzao/engines/duration-advice'
import type { Plan } from '@yingzao/engines/schedule'
import { plan as planEntity } from '@yingzao/modules/schedule/plan.entity'
import { revivedPlan } from '@yingzao/modules/schedule/revive'
import { riskCosts, riskJson, uncertainTasks, usualRisk } from '@yingzao/modules/schedule/risk'
import { type Client, newId } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

/** Days a month that rain, heat and storms take from work in the open, in the lower Yangtze valley. */
const LOST_DAYS = [2, 2, 3, 3, 4, 7, 5, 6, 5, 3, 2, 2]

export async function assumeRisks(planner: Client, id: string, t: (both: Both) => string): Promise<void> {
  const plans = planner.entity(planEntity)
  const { version } = await plans.get(id)
  const plan = revivedPlan((await plans.read<{ plan: Plan }>(id, 'load')).plan)
  const ground = uncertainTasks(plan).filter(({ name }) => workClassOf(name) === 'ground')
  const risk = {
    ...usualRisk,
    classes: [
      {
        ...{ id: newId(), name: t(['土方与地基', 'Ground works']), picks: ['class:ground'] },
        ...{ min: 85, likely: 100, max: 160, correlation: 0.6 },
      },
      {
        ...{ id: newId(), name: t(['试验与验收', 'Tests and approvals']), picks: ['class:testing', 'class:approval'] },
        ...{ min: 90, likely: 105, max: 180, correlation: 0.3 },
      },
    ],
    weather: [
      {
        ...{ id: newId(), name: t(['梅雨、高温与台风', 'Plum rains, heat and typhoons']), calendar: '' },
        ...{ lostDays: LOST_DAYS, spells: 40, picks: ['class:ground', 'class:concrete', 'class:waterproofing'] },
      },
    ],
    events: [
      {
        ...{ id: newId(), name: t(['基坑进水', 'The pit is flooded']), probability: 12 },
        ...{ tasks: ground.slice(0, 4).map(task => task.id), min: 5, likely: 10, max: 25, cost: '850000' },
      },
    ],
  }
  // What an event costs is kept apart, for those who may know costs.
  await plans.patch(id, version, { risk: riskJson(risk), risk_costs: riskCosts(risk) })
}
