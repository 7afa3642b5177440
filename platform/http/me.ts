// What a signed-in browser is told about itself and its session.
import { endOfChain } from '@yingzao/kernel/change/feed'
import type { Ctx } from '@yingzao/kernel/context'
import { meOf } from '@yingzao/kernel/meta'
import { instantOf } from '@yingzao/kernel/system'
import type { LiveSession } from '../auth/session.ts'
import type { SessionInfo } from '../client/shapes.ts'

const DAY = 86_400_000

/** API tokens have no session: they do not end by idling. */
export async function sessionInfo(ctx: Ctx, session: LiveSession | null): Promise<SessionInfo> {
  return {
    me: await meOf(ctx),
    must_change_password: session?.mustChange ?? false,
    idle_minutes: session?.idleMinutes ?? 0,
    live_from: String(await endOfChain(ctx.db, ctx.tenant)),
    expires_at: instantOf(session?.expiresAt ?? new Date(Date.parse(ctx.now) + DAY)),
  }
}
