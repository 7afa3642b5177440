// Which resource of a plan is a person: what he is asked to do in several projects then adds up.
import type { Id } from '@yingzao/kernel/entity'
import { planResource } from '@yingzao/modules/schedule/task.entity'
import type { Client } from '@yingzao/platform/client'

/** Logins by project and by what the plan's files call the resource in either language. */
const whose: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  erp: {
    解决方案架构师: 'architect',
    'Solution architect': 'architect',
    运维工程师: 'ops',
    'Operations engineer': 'ops',
    // Lent by the works, whose pods he also has to approve.
    制造顾问: 'line.quality',
    'Manufacturing consultant': 'line.quality',
  },
  line: { 采购工程师: 'buyer', Buyer: 'buyer', 质量工程师: 'line.quality', 'Quality engineer': 'line.quality' },
}

/** As a planner does it in the list of resources. */
export async function sayWhose(
  manager: Client,
  project: string,
  plan: string,
  userOf: (login: string) => Id<'user'>,
): Promise<void> {
  const page = await manager.entity(planResource).list({ filter: { plan: { eq: plan } }, limit: 200 })
  for (const { id, name, version } of page.items) {
    const login = whose[project]?.[name]
    if (login) await manager.entity(planResource).patch(id, version, { user: userOf(login) })
  }
}
