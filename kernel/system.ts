// System contexts: rules, hooks and limits hold for them, the access filter does not.
import { type Instant, isInstant, isPlainDate, type PlainDate } from '@yingzao/kernel/entity'
import { v7 as newId } from 'uuid'
import type { Ctx, Database, Principal } from './context.ts'
import type { SecretKeys } from './records/secret.ts'
import type { Registry } from './registry.ts'

const principal: Principal = { kind: 'system', user: null, name: 'system', roles: [], departments: [], narrowed: null }

/** The same person's write, done by the system on his behalf: history still names him. For what a verb keeps in step. */
export const asSystem = (ctx: Ctx, cause: string | null = ctx.cause): Ctx => ({
  ...ctx,
  principal: {
    ...{ ...principal, user: ctx.principal.user, name: ctx.principal.name },
    ...(ctx.principal.guest ? { guest: ctx.principal.guest } : {}),
  },
  cause,
})

export interface SystemOptions {
  readonly db: Database
  readonly registry: Registry
  /** PostgreSQL schema of the organisation. */
  readonly tenant: string
  /** IANA zone of the organisation: decides what day it is. */
  readonly zone: string
  readonly from: string
  readonly cause?: string | null
  readonly now?: Date
  readonly lang?: 'zh' | 'en'
  readonly keys?: SecretKeys
}

/** For what nobody asked for: jobs, seeding, imports of the installation. */
export function systemCtx({
  db,
  registry,
  tenant,
  zone,
  from,
  cause = null,
  now = new Date(),
  lang = 'zh',
  keys,
}: SystemOptions): Ctx {
  return {
    tenant,
    registry,
    principal,
    lang,
    now: instantOf(now),
    today: dayIn(zone, now),
    zone,
    requestId: newId(),
    from,
    db,
    cause,
    ...(keys ? { keys } : {}),
  }
}

export function instantOf(date: Date): Instant {
  const text = date.toISOString()
  if (!isInstant(text)) throw new Error(`not a moment: ${text}`)
  return text
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day in a zone. */
export function dayIn(zone: string, at: Date): PlainDate {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(zone, format)
  const day = format.format(at)
  if (!isPlainDate(day)) throw new Error(`no calendar day: ${day}`)
  return day
}
