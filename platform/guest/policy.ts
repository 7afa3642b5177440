// 外部协作规定: how long guests may be let in, at which mail addresses, and what waits for their confirmation. Without a record the
// usual holds.

import type { Ctx } from '@yingzao/kernel/context'
import { allow, type Entity, entity, f, form, type Label, table } from '@yingzao/kernel/entity'
import { asSystem, list } from '@yingzao/kernel/server'

export const GUEST_POLICY = 'guest_policy'
export interface GuestPolicy {
  readonly usualDays: number
  readonly mostDays: number
  /** Ends of mail addresses; empty: any. */
  readonly domains: readonly string[]
  /** Entities whose declared action waits for a guest's confirmation. */
  readonly required: ReadonlySet<string>
}
export const usualPolicy: GuestPolicy = { usualDays: 14, mostDays: 90, domains: [], required: new Set() }

/** One record for the organisation; what may be required is what the installed modules declare. */
export function guestPolicy(entities: readonly Entity[]): Entity {
  const waiting: Record<string, Label> = Object.fromEntries(
    entities.flatMap(({ name, def }) => (def.guests?.confirm?.before === undefined ? [] : [[name, def.label]])),
  )
  return entity(GUEST_POLICY, {
    label: { zh: '外部协作规定', en: 'Guest policy' },
    title: 'name',
    discussion: false,
    fields: {
      name: f.text({ zh: '名称', en: 'Name' }, { required: true, max: 60, unique: true }),
      usual_days: f.integer(
        { zh: '默认有效天数', en: 'Usual days' },
        { required: true, min: 1, max: 365, default: usualPolicy.usualDays },
      ),
      most_days: f.integer(
        { zh: '最长有效天数', en: 'Days at most' },
        { required: true, min: 1, max: 365, default: usualPolicy.mostDays },
      ),
      domains: f.text(
        { zh: '允许的邮箱后缀', en: 'Mail domains allowed' },
        {
          max: 1000,
          hint: {
            zh: '如 example.cn，多个用空格隔开；留空则不限',
            en: 'Such as example.cn, several with spaces; empty: any',
          },
        },
      ),
      ...(Object.keys(waiting).length === 0
        ? {}
        : {
            required: f.multiChoice(
              { zh: '须先经外部确认才能提交', en: 'Submitted only when confirmed from outside' },
              waiting,
              {},
            ),
          }),
    },
    place: { root: true },
    rules: {
      days_in_order: {
        check: 'usual_days <= most_days',
        message: {
          zh: '默认天数不能多于最长天数，请调整',
          en: 'The usual days may not be more than the most: change one of them',
        },
      },
    },
    access: [allow('administrator', 'read create update delete')],
    views: {
      list: table('name usual_days most_days domains'),
      form: form(`name usual_days most_days domains${Object.keys(waiting).length === 0 ? '' : ' required'}`),
    },
  })
}

/** Where several were written, the newest counts. */
export async function policyOf(ctx: Ctx): Promise<GuestPolicy> {
  if (!ctx.registry.entities.has(GUEST_POLICY)) return usualPolicy
  const { items } = await list(asSystem(ctx), GUEST_POLICY, { sort: ['-created_at'], limit: 1 })
  const [kept] = items
  if (!kept) return usualPolicy
  const days = (value: unknown, usual: number) => (typeof value === 'number' ? value : usual)
  return {
    usualDays: days(kept.usual_days, usualPolicy.usualDays),
    mostDays: days(kept.most_days, usualPolicy.mostDays),
    domains: String(kept.domains ?? '')
      .toLowerCase()
      .split(/[\s,;，；]+/)
      .map(each => each.replace(/^@/, ''))
      .filter(Boolean),
    required: new Set(Array.isArray(kept.required) ? kept.required.map(String) : []),
  }
}
