// From an invitation as it stands now to the principal a guest reads and acts as.
import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Ctx, Guest, Principal } from '@yingzao/kernel/context'
import { isId, type RecordOf } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import type { guestInvitation } from './invitation.entity.ts'

export type Invitation = RecordOf<typeof guestInvitation>
type Asking = Pick<Ctx, 'db' | 'registry' | 'tenant' | 'today'>

/** What stands on every page, whatever else is shown. */
const always = ['number', 'state', 'stage']

/** Refuses `guest.sponsor_gone`: an invitation ends with its inviter's account. */
export async function sponsorOf({ db, registry, tenant, today }: Asking, user: string): Promise<Principal> {
  const sponsor = await loadPrincipal({ db, registry, tenant, user, today })
  if (!sponsor) throw refuse('guest.sponsor_gone')
  return sponsor
}

export const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(each => typeof each === 'string') : []

/** The guest of the invitation, behind his inviter: never wider than what that person may do today. */
export function guestOf(invitation: Invitation, sponsor: Principal): Guest {
  const { id, entity, record } = invitation
  if (!isId(record)) throw new Error('an invitation to no record')
  return {
    ...{ invitation: id, entity, record, sponsor },
    functions: new Set(['read']),
    fields: new Set([...always, ...namesIn(invitation.fields)]),
    attachments: new Set(namesIn(invitation.attachments)),
  }
}

export const guestPrincipal = (invitation: Invitation, guest: Guest): Principal => ({
  ...{ kind: 'guest', user: null, name: invitation.who, roles: [], departments: [], narrowed: null },
  guest,
})
