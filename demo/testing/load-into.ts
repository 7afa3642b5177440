// The demo enterprise in a test's own application, as if loaded on the evening of 2026-11-21.

import { type MovedClock, movedClock } from '@yingzao/platform/runtime/clock'
import type { TestApp } from '@yingzao/platform/testing'
import { beginOf } from '../diary.ts'
import { loadDemo } from '../load.ts'

const end = new Date('2026-11-21T10:00:00Z')

/** Its application is started with these: it stands where the two years begin. */
export function demoStart() {
  const clock = movedClock()
  clock.moveTo(beginOf(end))
  return { clock, now: clock.now, resting: clock.held }
}

export async function loadInto(app: TestApp, clock: MovedClock, given: (user: string) => void = () => {}) {
  const admin = await app.as('administrator')
  await loadDemo({
    ...{ lang: 'zh', host: app.host, url: app.url, admin: admin.user, clock, end },
    setPassword: async user => given(user),
    say: () => {},
  })
  // His own session ended two years ago.
  return app.again(admin)
}
