// What it would cost to finish the station earlier: how short its works can become with more hands, and the other ways to cast
// its slabs, walls and columns: in two shifts, or around the clock.
import { type Decimal, exact, isDecimal, toDecimal } from '@yingzao/engines/money'
import type { Plan, Task } from '@yingzao/engines/schedule'
import {
  asPlannedNow,
  type CrashInputs,
  crashJson,
  type TaskAlternative,
  type TaskCrash,
} from '@yingzao/modules/schedule/crash'
import { type Client, newId } from '@yingzao/platform/client'
import type { Lang } from './plan/builder.ts'

const DAY = 480

/** Work of a kind by its name: how short it can become, and what a day less costs of what a day costs as planned. */
const kinds: readonly { readonly name: RegExp; readonly share: number; readonly dearer: number }[] = [
  { name: /土方|开挖|layer|[Ee]xcavat/, share: 0.6, dearer: 0.18 },
  { name: /支撑|strut/i, share: 0.7, dearer: 0.22 },
  { name: /板|墙|柱|slab|wall|column/i, share: 0.75, dearer: 0.3 },
  { name: /装修|吊顶|地面|砌|finish|ceiling|floor|masonry/i, share: 0.65, dearer: 0.25 },
  { name: /安装|风管|管线|桥架|电缆|install|duct|pipe|cable/i, share: 0.7, dearer: 0.35 },
  { name: /调试|联调|test|commission/i, share: 0.8, dearer: 0.6 },
]

/** The planner's and the cost engineer's inputs for the works ahead; site overhead and the terms of the contract. */
export async function sayHaste(manager: Client, id: string, lang: Lang): Promise<void> {
  const door = manager.entity('plan')
  const { plan } = await door.read<{ plan: Plan }>(id, 'load')
  const cast = plan.tasks.filter(task => castings.test(task.name) && open(task)).slice(0, MOST_CASTINGS)
  const inputs: CrashInputs = {
    ...{ indirect: '26000', penalty: '60000', bonus: '20000' },
    tasks: plan.tasks.flatMap(task => (cast.includes(task) ? [] : (hasteOf(task) ?? []))),
    alternatives: cast.flatMap(task => waysOf(plan, task, lang)),
  }
  const { version } = await door.get(id)
  await door.patch(id, version, { crash: crashJson(inputs) })
}

const castings = /板|墙|柱|slab|wall|column/i
const MOST_CASTINGS = 24

const open = ({ kind, duration, cost, actualFinish }: Task) =>
  kind === 'task' && duration >= 4 * DAY && actualFinish === undefined && cost !== undefined && isDecimal(cost)

/** Shifts: how much of the time as planned, how many crews, and what it costs more than as planned. */
const shifts = [
  { zh: '两班', en: 'Two shifts', share: 0.65, crews: 2, dearer: 0.07 },
  { zh: '三班，不停工', en: 'Around the clock', share: 0.45, crews: 3, dearer: 0.19 },
] as const

/** As planned, in two shifts, around the clock; with so many of the crews it has. */
function waysOf(plan: Plan, task: Task, lang: Lang): TaskAlternative[] {
  const now = asPlannedNow(plan, task, newId(), lang === 'zh' ? '一班（现计划）' : 'One shift (as planned)')
  const [days, cost] = [task.duration / DAY, exact(task.cost !== undefined && isDecimal(task.cost) ? task.cost : '0')]
  return [
    now,
    ...shifts.map(
      ({ share, crews, dearer, ...names }): TaskAlternative => ({
        ...{ id: newId(), task: task.id, name: names[lang], days: Math.max(1, Math.ceil(days * share)) },
        cost: hundreds(cost.times(dearer).toNumber()),
        resources: now.resources.map(({ resource, units }) => ({ resource, units: units * crews })),
      }),
    ),
  ]
}

function hasteOf(task: Task): TaskCrash | undefined {
  const kind = kinds.find(({ name }) => name.test(task.name))
  const days = task.duration / DAY
  if (!kind || task.kind !== 'task' || task.actualFinish !== undefined || days < 3) return undefined
  const least = Math.max(1, Math.ceil(days * kind.share))
  if (least >= days || task.cost === undefined || !isDecimal(task.cost)) return undefined
  const price = hundreds(exact(task.cost).div(days).times(kind.dearer).toNumber())
  return { task: task.id, days: least, cost: price, per: 'day', from: days }
}

const hundreds = (amount: number): Decimal => toDecimal(exact(`${Math.max(1, Math.round(amount / 100)) * 100}`), 2)
