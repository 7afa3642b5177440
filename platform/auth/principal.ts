// From a session or token to the principal whose rights every read and write is held against.

import { loadPrincipal } from '@yingzao/kernel/access/principal'
import type { Principal } from '@yingzao/kernel/context'
import { todayOf } from '../http/context.ts'
import type { Host } from '../http/host.ts'
import type { LiveToken } from './token.ts'

type Needs = Pick<Host, 'db' | 'tenant' | 'registry' | 'zone' | 'now'>

/** Null when the person left, was disabled or deleted. */
export async function principalOf(host: Needs, user: string, token: LiveToken | null): Promise<Principal | null> {
  const { db, registry, tenant } = host
  const principal = await loadPrincipal({ db, registry, tenant, user, today: todayOf(host) })
  return principal && token ? narrowed(principal, token) : principal
}

/** What follows from a principal is kept with the object, so equal narrowings of one person share one. */
const narrowings = new WeakMap<Principal, Map<string, Principal>>()

function narrowed(principal: Principal, token: LiveToken): Principal {
  const known = narrowings.get(principal) ?? new Map<string, Principal>()
  narrowings.set(principal, known)
  const made = known.get(token.id) ?? { ...principal, kind: 'token' as const, narrowed: token.scopes }
  known.set(token.id, made)
  return made
}

/** Administrators' screens lock themselves sooner. */
export async function isAdministrator(host: Needs, user: string): Promise<boolean> {
  const principal = await principalOf(host, user, null)
  return principal?.roles.some(held => held.role === 'administrator') ?? false
}
