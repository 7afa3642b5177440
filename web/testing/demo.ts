// The demo enterprise in a test's own application, and its people by their login.
import { loadDemo } from '@yingzao/demo/load'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import type { Person, TestApp } from '@yingzao/platform/testing'

/** Loads the demo in Chinese, as on 2026-11-21; answers who signs in by a login. */
export async function demoIn(app: TestApp): Promise<(login: string) => Promise<Person>> {
  const admin = await app.as('administrator')
  const again = (user: string) => app.again({ ...admin, user: user as typeof admin.user, name: user })
  await loadDemo({
    lang: 'zh',
    today: '2026-11-21',
    as: async user => (user === null ? admin : again(user)),
    setPassword: async () => {},
    say: () => {},
  })
  return async login => {
    const found = await admin.entity('user').list({ filter: { login: { eq: login } } })
    return again(String(found.items[0]?.id))
  }
}

/** The plan of the metro station: the largest that is no branch. */
export async function stationOf(person: Person): Promise<string> {
  const plans = await person.entity(plan).list({ sort: ['-task_count'], filter: { branch_of: { empty: true } } })
  return String(plans.items[0]?.id)
}
