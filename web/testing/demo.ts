// The demo enterprise in a test's own application, and its people by their login.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoStart, loadInto } from '@yingzao/demo/testing/load-into'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import type { MovedClock } from '@yingzao/platform/runtime/clock'
import type { Person, Prepared, TestApp } from '@yingzao/platform/testing'

const folder = fileURLToPath(new URL('../../demo', import.meta.url))

/** Its sources, because watched tests go on with the same database server when one of them changes. */
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .sort()
  .reduce((hash, path) => hash.update(path).update(readFileSync(join(folder, path))), createHash('sha256'))
  .digest('hex')

let held: MovedClock | null = null
/**
 * The demo in Chinese, as on 2026-11-21: loaded once per run, each application has a copy of its own.
 * `testApp({ web: builtWeb, prepared: demo })`
 */
export const demo: Prepared = {
  key: `demo ${sources}`,
  start: () => {
    const { clock, ...start } = demoStart()
    held = clock
    return start
  },
  async prepare(app) {
    if (!held) throw new Error('the demo is loaded into an application that was started for it')
    await loadInto(app, held)
  },
}

/** Answers who signs in by a login. */
export async function peopleOf(app: TestApp): Promise<(login: string) => Promise<Person>> {
  const admin = await app.as('administrator')
  return async login => {
    const found = await admin.entity('user').list({ filter: { login: { eq: login } } })
    const user = String(found.items[0]?.id)
    return app.again({ ...admin, user: user as typeof admin.user, name: user })
  }
}

/** The plan of the metro station: the largest that is no branch. */
export async function stationOf(person: Person): Promise<string> {
  const plans = await person.entity(plan).list({ sort: ['-task_count'], filter: { branch_of: { empty: true } } })
  return String(plans.items[0]?.id)
}
