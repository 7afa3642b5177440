// 跨计划搭接 of a plan, both ways, with what each asks of its successor. Of a plan the reader may not see only the date shows.
import { waitsFor } from '@yingzao/engines/foresight'
import type { Schedule } from '@yingzao/engines/schedule'
import type { Json } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, get, handle, titlesOf, visible } from '@yingzao/kernel/server'
import { crossLink } from './cross-link.entity.ts'
import { type CrossLinkRecord, crossLinkOf } from './cross-link.ts'
import { plan } from './plan.entity.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'

const json = (value: object): Json => JSON.parse(JSON.stringify(value))

export default handle(plan, {
  async cross_links(ctx, record) {
    const system = asSystem(ctx)
    const links: CrossLinkRecord[] = []
    for (const side of ['plan', 'from_plan'] as const)
      links.push(...(await all(system, crossLink, { filter: { [side]: { eq: record.id } }, sort: ['created_at'] })))
    const ends = links.flatMap(each => [each.plan, each.from_plan]).filter(id => id !== null)
    const schedules = new Map<string, Awaited<ReturnType<typeof scheduleOf>>>()
    for (const id of new Set([record.id, ...ends])) schedules.set(id, await scheduleOf(ctx, id))
    const seen = await visible(ctx, plan, [...new Set(ends)])
    const names = await titlesOf(
      ctx,
      'task',
      links.flatMap(each => [each.to_task, each.from_task]).filter(id => id !== null),
    )
    const plans = await titlesOf(ctx, 'plan', [...seen])
    return json({
      links: links.map(each => {
        const isSuccessor = each.plan === record.id
        const [own, other] = isSuccessor ? [each.to_task, each.from_task] : [each.from_task, each.to_task]
        const otherPlan = isSuccessor ? each.from_plan : each.plan
        const sees = otherPlan !== null && seen.has(otherPlan)
        return {
          ...{
            id: each.id,
            version: each.version,
            type: each.type,
            lag_days: Number(each.lag_days ?? 0),
            note: each.note,
          },
          ...{ way: isSuccessor ? 'in' : 'out', task: own },
          other: {
            broken: other === null,
            ...(sees ? { plan: otherPlan, plan_name: plans[otherPlan] ?? '', task: other } : {}),
            ...(sees && other !== null ? { name: names[other] ?? '' } : {}),
          },
          ...asked(each, schedules),
        }
      }),
    })
  },
})

async function scheduleOf(ctx: Ctx, id: string) {
  const system = asSystem(ctx)
  const value = await readPlan(system, await get(system, plan, id))
  try {
    return { value, schedule: reckon(value) }
  } catch {
    // A plan that cannot be computed says so on its own page; its links ask nothing meanwhile.
    return { value, schedule: undefined }
  }
}

type Known = ReadonlyMap<
  string,
  { readonly value: Parameters<typeof waitsFor>[0]; readonly schedule: Schedule | undefined }
>

/** Where the predecessor stands, where that puts the successor, and by how many working days the plan has it earlier. */
function asked(record: CrossLinkRecord, known: Known) {
  const [to, from] = [known.get(record.plan ?? ''), known.get(record.from_plan ?? '')]
  const perDay = Math.max(1, to?.value.options.minutesPerDay ?? 480)
  const link = crossLinkOf(record, perDay)
  const at = from?.schedule?.tasks.find(each => each.id === record.from_task)
  if (!link || !at || !to?.schedule) return {}
  const found = waitsFor(to.value, to.schedule, link, { start: at.start, finish: at.finish, duration: at.duration })
  const given = link.type === 'FS' || link.type === 'FF' ? at.finish : at.start
  if (!found) return { given }
  const task = to.value.tasks.find(each => each.id === record.to_task)
  return {
    given,
    asks: link.type === 'FS' || link.type === 'SS' ? found.span.start : found.span.finish,
    late_days: Math.round((found.late / perDay) * 10) / 10,
    begun: task?.actualStart !== undefined,
  }
}
