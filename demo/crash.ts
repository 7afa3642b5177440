// What it would cost to finish the station earlier: how short its works can become, with more hands, nights or another machine.
import { type Decimal, exact, isDecimal, toDecimal } from '@yingzao/engines/money'
import type { Plan, Task } from '@yingzao/engines/schedule'
import type { CrashInputs, TaskCrash } from '@yingzao/modules/schedule/crash'
import { crashJson } from '@yingzao/modules/schedule/crash'
import type { Client } from '@yingzao/platform/client'

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
export async function sayHaste(manager: Client, id: string): Promise<void> {
  const door = manager.entity('plan')
  const { plan } = await door.read<{ plan: Plan }>(id, 'load')
  const inputs: CrashInputs = {
    ...{ indirect: '26000', penalty: '60000', bonus: '20000' },
    tasks: plan.tasks.flatMap(task => hasteOf(task) ?? []),
  }
  const { version } = await door.get(id)
  await door.patch(id, version, { crash: crashJson(inputs) })
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
