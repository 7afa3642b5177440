// Writes the sign-in log through the record store, so that it is sealed and shown by right like every record.
import type { Id } from '@yingzao/kernel/entity'
import { create } from '@yingzao/kernel/server'
import { systemContext } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import { instant } from '../tables/typed.ts'
import { signInEvent } from './sign-in-event.entity.ts'

export type SignInOutcome =
  | 'signed_in'
  | 'failed'
  | 'locked'
  | 'signed_out'
  | 'revoked'
  | 'password_changed'
  | 'password_issued'
  | 'token_created'
  | 'token_revoked'
  | 'feed_created'
  | 'feed_revoked'
  | 'set_up'

export interface Origin {
  readonly address: string
  readonly device: string
}

export async function recordEvent(
  host: Host,
  event: SignInOutcome,
  who: { readonly login: string; readonly user: string | null },
  from: Origin,
): Promise<void> {
  const login =
    who.login
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, 100)
      .trim() || '-'
  await create(systemContext(host, `auth ${from.address}`), signInEvent, {
    login,
    user: who.user as Id<'user'> | null,
    event,
    at: instant(host.now()),
    address: from.address.slice(0, 100),
    device: from.device.slice(0, 300),
  })
}
