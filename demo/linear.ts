// Where the station's work lies along the line: guide walls, capping beams, excavation, slabs and track by chainage, over a
// broken chain; and what the foreman tells done of it from one chainage to another.
import { asId } from '@yingzao/kernel/entity'
import { alignment } from '@yingzao/modules/linear/alignment.entity'
import { chainageReport, stretch } from '@yingzao/modules/linear/stretch.entity'
import { progressReport } from '@yingzao/modules/progress/progress-report.entity'
import { task } from '@yingzao/modules/schedule/task.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

/** The count jumps by 5.5 m within the station: 206 m on the ground. */
const FROM = 12_340.5
const JUMP = { back: 12_420, ahead: 12_425.5 }
const LENGTH = 206

interface Kind {
  readonly work: Both
  readonly parts: number
  readonly task: (n: number) => Both
  readonly spread: 'line' | 'block'
  readonly rate?: `${number}`
  readonly unit?: readonly [metres: `${number}`, name: Both]
}
const kinds: readonly Kind[] = [
  { work: ['导墙', 'Guide wall'], parts: 4, task: n => [`第${n}段导墙`, `Guide wall ${n}`], spread: 'line', rate: '9' },
  {
    work: ['冠梁', 'Capping beam'],
    parts: 4,
    task: n => [`第${n}段冠梁`, `Capping beam ${n}`],
    spread: 'line',
    rate: '6',
  },
  { work: ['开挖见底', 'Excavation'], parts: 8, task: n => [`${n}段第四层土方`, `S${n} layer 4`], spread: 'block' },
  {
    work: ['底板', 'Base slab'],
    parts: 8,
    task: n => [`${n}段底板混凝土`, `S${n} base slab concrete`],
    spread: 'block',
  },
  { work: ['顶板', 'Roof'], parts: 8, task: n => [`${n}段顶板混凝土`, `S${n} roof concrete`], spread: 'block' },
  {
    ...{
      work: ['轨道', 'Track'],
      parts: 1,
      task: () => ['铺轨通过', 'Track laid through'],
      spread: 'line',
      rate: '10',
    },
    unit: ['12.5', ['节', 'panels']],
  },
]

/** The name of a place so many metres from the start. */
function chainage(metres: number): string {
  const label = FROM + metres
  const shown = label <= JUMP.back ? label : label - JUMP.back + JUMP.ahead
  const rest = Math.round((shown % 1000) * 1000) / 1000
  return `K${Math.floor(shown / 1000)}+${rest < 100 ? '0' : ''}${rest}`
}

/** `manager` says where tasks lie, `foreman` reports. */
export async function layAlong(
  manager: Client,
  foreman: Client,
  { project, plan, t }: { readonly project: string; readonly plan: string; readonly t: (both: Both) => string },
): Promise<void> {
  const along = await manager.entity(alignment).create({
    ...{ project: asId('project', project), name: t(['正线（云溪路站）', 'Main line at Yunxi Road']) },
    ...{ from_chainage: chainage(0), to_chainage: chainage(LENGTH), breaks: 'K12+420 = K12+425.5' },
    ...{
      left_name: t(['左线', 'Left track']),
      right_name: t(['右线', 'Right track']),
      buffer_m: '0',
      buffer_days: '1',
    },
  })
  const names = kinds.flatMap(kind => Array.from({ length: kind.parts }, (_, i) => t(kind.task(i + 1))))
  const found = await manager.entity(task).list({
    filter: { plan: { eq: plan }, name: { in: names } },
    fields: ['name', 'percent_complete'],
    limit: 100,
  })
  const taskOf = new Map(found.items.map(each => [each.name, each]))
  const reported = new Set<string>()
  for await (const each of manager.entity(progressReport).all({ filter: { plan: { eq: plan } }, fields: ['task'] }))
    reported.add(each.task)
  let told = false
  for (const { work, parts, task: nameOf, spread, rate, unit } of kinds)
    for (let n = 1; n <= parts; n++) {
      const own = taskOf.get(t(nameOf(n)))
      if (!own) throw new Error(`the demo has no task ${t(nameOf(n))}`)
      const [from, to] = [(LENGTH * (n - 1)) / parts, (LENGTH * n) / parts]
      const made = await manager.entity(stretch).create({
        ...{ task: own.id, alignment: along.id, work: t(work), spread },
        ...{ from_chainage: chainage(from), to_chainage: chainage(to) },
        ...(rate ? { rate_m: rate } : {}),
        ...(unit ? { unit_m: unit[0], unit_name: t(unit[1]) } : {}),
      })
      const open = Number(own.percent_complete ?? 0) < 100
      if (told || !open || reported.has(own.id) || spread !== 'block') continue
      // Half of it poured: the planner finds the share of the task among the waiting reports.
      told = true
      await foreman.entity(chainageReport).create({
        ...{ stretch: made.id, from_chainage: chainage(from), to_chainage: chainage((from + to) / 2), side: 'both' },
        note: t(['半幅已完成，另半幅明天', 'One half is done, the other follows tomorrow']),
      })
    }
}
