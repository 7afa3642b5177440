// How a person's home page is arranged: what was kept of it, and what of the cards follows from his roles.

import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import type { Card, Json } from '@yingzao/kernel/entity'
import { type Ctx, list } from '@yingzao/kernel/server'
import { homeLayout } from './home-layout.entity.ts'

export interface Layout {
  readonly id: string | null
  readonly order: readonly string[] | null
  readonly hidden: readonly string[]
  readonly added: readonly string[]
}

export const mostNames = 200
export const namesOf = (value: Json | undefined): readonly string[] | null =>
  Array.isArray(value) &&
  value.length <= mostNames &&
  value.every(each => typeof each === 'string' && each.length <= 80)
    ? [...new Set(value.map(String))]
    : null

export async function layoutOf(ctx: Ctx): Promise<Layout> {
  const { user } = ctx.principal
  const found =
    user === null ? undefined : (await list(ctx, homeLayout, { filter: { person: { eq: user } }, limit: 1 })).items[0]
  return {
    id: found?.id ?? null,
    order: found ? namesOf(found.order) : null,
    hidden: (found && namesOf(found.hidden)) ?? [],
    added: (found && namesOf(found.added)) ?? [],
  }
}

/** Cards that this person may see at all. */
export const cardsFor = (ctx: Ctx): Card[] =>
  [...ctx.registry.modules.values()]
    .flatMap(module => module.cards)
    .filter(({ needs }) => {
      const [entity = '', fn = ''] = needs.split(':')
      return !isNone(rightsOf(ctx, entity).rows(fn))
    })

/** Where it stands from the start: the first place that one of his roles gives it; null where none does. */
export function placeOf(ctx: Ctx, card: Card): number | null {
  const roles = new Set(ctx.principal.roles.map(each => each.role))
  const places = Object.entries(card.home).flatMap(([role, place]) => (roles.has(role) ? [place] : []))
  return places.length === 0 ? null : Math.min(...places)
}
