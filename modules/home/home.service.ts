// 首页: one look at everything a person's cards show, and how he arranged them.
import type { Card, CardOffer, CardShown, HomePage, Json } from '@yingzao/kernel/entity'
import { act, type Ctx, create, type Input, patch, refuse } from '@yingzao/kernel/server'
import { contentsOf } from './content.ts'
import { homeLayout } from './home-layout.entity.ts'
import { cardsFor, layoutOf, namesOf, placeOf } from './layout.ts'

const offer = ({ name, label, says }: Card): CardOffer => ({ name, label, says })

export const open = act('home.open', async (ctx): Promise<HomePage> => {
  const { order, hidden, added } = await layoutOf(ctx)
  const seen = cardsFor(ctx)
  const places = new Map(seen.map(card => [card.name, placeOf(ctx, card)]))
  const shown = seen.filter(
    ({ name }) => !hidden.includes(name) && (added.includes(name) || (places.get(name) ?? null) !== null),
  )
  const contents = await contentsOf(ctx, shown)
  return {
    at: ctx.now,
    cards: shown.map(
      ({ name, label, says, size, empty, opens }): CardShown => ({
        ...{ name, label, says, size, empty, content: contents.get(name) ?? null },
        ...(opens ? { opens } : {}),
      }),
    ),
    offers: seen.filter(card => !shown.includes(card)).map(offer),
    ...{ order, hidden, added },
    places: Object.fromEntries([...places].flatMap(([name, place]) => (place === null ? [] : [[name, place]]))),
  }
})

async function keep(ctx: Ctx, values: { order: Json; hidden: Json; added: Json }): Promise<void> {
  const { user } = ctx.principal
  if (user === null) return
  const { id } = await layoutOf(ctx)
  if (id === null) await create(ctx, homeLayout.name, { person: user, ...values })
  else await patch(ctx, homeLayout.name, id, undefined, values)
}

export const arrange = act('home.arrange', async (ctx, input: Input) => {
  const [order, hidden, added] = [namesOf(input.order), namesOf(input.hidden), namesOf(input.added)]
  if (!order || !hidden || !added) throw refuse('home.names')
  await keep(ctx, { order: [...order], hidden: [...hidden], added: [...added] })
  return { order, hidden, added }
})

export const reset = act('home.reset', async ctx => {
  await keep(ctx, { order: null, hidden: null, added: null })
  return {}
})
