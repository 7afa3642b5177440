// The home page: cards by role, each number the sum of what it opens, nothing for who may not see it, arranged as one likes.
import { add, type Decimal, isDecimal } from '@yingzao/engines/money'
import type { CardLink, CardValue, HomePage } from '@yingzao/kernel/entity'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { contractSite } from '@yingzao/modules/contract/testing/site'
import { arranged, moved } from '@yingzao/modules/home/web/arrange'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let site: Awaited<ReturnType<typeof contractSite>>
beforeAll(async () => {
  app = await testApp()
  site = await contractSite(app)
  const sold = await site.agree('2180000.00', {
    ...{
      name: '总承包',
      direction: 'income',
      kind: 'works',
      lines: [{ name: '工程', amount: '2180000.00', tax_rate: '0.09' }],
    },
  })
  await site.agree('545000.00')
  const claimed = await site.change(sold, [{ name: '加固', unit: '项', qty: '1', price: '10900', tax_rate: '0.09' }], {
    name: '加固签证',
  })
  await site.allow(claimed.id)
  await site.finance.entity(bankAccount).create({
    ...{
      name: '基本户',
      type: 'basic',
      company: app.company,
      bank: '建设银行',
      number: '6222020200001001',
      opening_amount: '1000000.00',
    },
    ...{ opened_on: '2026-01-01' },
  })
})
afterAll(() => app?.close())

const open = (who: Person) => who.perform<HomePage>('home.open', {})
const cardOf = (page: HomePage, name: string) => {
  const card = page.cards.find(each => each.name === name)
  if (!card?.content) throw new Error(`no ${name} among ${page.cards.map(each => each.name)}`)
  return card.content
}
const names = (page: HomePage) => page.cards.map(each => each.name)

test('each role has its own cards; whoever may not see money has none of it', async () => {
  const [boss, cost, money, manager] = [
    await open(site.boss),
    await open(site.keeper),
    await open(site.finance),
    await open(site.manager),
  ]
  expect(names(boss)).toEqual(expect.arrayContaining(['funds.cash', 'cost.output', 'cost.margin', 'cost.projects']))
  expect(names(money)).toEqual(
    expect.arrayContaining(['payment.queue', 'funds.due', 'payment.ageing', 'invoice.gaps', 'invoice.prepayment']),
  )
  expect(names(cost)).toEqual(
    expect.arrayContaining(['cost.items', 'contract.claimed', 'cost.used', 'measurement.review']),
  )
  expect(names(manager)).toEqual(expect.arrayContaining(['cost.output', 'cost.projects', 'measurement.review']))
  for (const page of [boss, cost, money, manager])
    expect(page.cards.filter(each => each.content === null).map(each => each.name)).toEqual([])
  // Everything that a card may show or offer needs a right that a foreman does not hold.
  const foreman = await open(await app.as('foreman', { at: { kind: 'project', id: site.project } }))
  expect([foreman.cards, foreman.offers]).toEqual([[], []])
  expect(cardOf(boss, 'cost.margin').rows).toMatchObject([
    { cells: [{ value: '2000000.00' }, { value: '1000000.00' }, { value: '0.5' }] },
  ])
  expect(cardOf(cost, 'contract.claimed')).toMatchObject({
    figures: [{ value: '1' }, { value: '10900.00' }, { value: '0.00' }],
    rows: [{ title: '加固签证' }],
  })
})

test('a number of a card is the sum of the entries it opens, a total that of its rows', async () => {
  let opened = 0
  for (const who of [site.boss, site.keeper, site.finance, site.manager])
    for (const { name, content } of (await open(who)).cards) {
      const values: CardValue[] = [...(content?.figures ?? []), ...(content?.rows ?? []).flatMap(row => row.cells)]
      for (const value of values) {
        if (value.unit !== 'money' || !value.opens || !('metric' in value.opens)) continue
        expect([name, value.value]).toEqual([name, await entriesOf(who, value.opens)])
        opened++
      }
      for (const [at, total] of (content?.total ?? []).entries())
        if (total.unit === 'money' && (content?.count ?? 0) <= (content?.rows?.length ?? 0))
          expect([name, total.value]).toEqual([
            name,
            add('0.00', sumOf((content?.rows ?? []).map(row => row.cells[at]?.value ?? null))),
          ])
    }
  expect(opened).toBeGreaterThan(8)
})

const sumOf = (values: readonly unknown[]): Decimal =>
  values.reduce<Decimal>((all, each) => (typeof each === 'string' && isDecimal(each) ? add(all, each) : all), '0.00')

/** What the panel behind a number adds up to; of a balance, what came in less what went out. */
async function entriesOf(
  who: Person,
  { metric, where }: Extract<CardLink, { readonly metric: string }>,
): Promise<Decimal> {
  const { items, next } = await who.metrics.entries(metric, where ? { where } : {})
  expect(next).toBeNull()
  return items.reduce<Decimal>((all, { measures: { paid, received, ...own } }) => {
    if (metric === 'cash.balance') return add(all, add(received ?? '0', paid ? (`-${paid}` as Decimal) : '0'))
    return add(all, sumOf([paid, received, ...Object.values(own)]))
  }, '0.00')
}

test('somebody moves, hides and adds cards, and finds them so on another day; nobody else’s page changes', async () => {
  const page = await open(site.boss)
  expect(page.offers.map(each => each.name)).toContain('payment.ageing')
  const order = moved(names(page), 'funds.cash', 1)
  await site.boss.perform('home.arrange', { order, hidden: ['cost.margin'], added: ['payment.ageing'] })
  const again = await open(await app.again(site.boss))
  expect(names(again)).toContain('payment.ageing')
  expect(names(again)).not.toContain('cost.margin')
  expect(again.offers.map(each => each.name)).toContain('cost.margin')
  expect(again.order).toEqual(order)
  expect(names(await open(await app.as('boss')))).toContain('cost.margin')
  // A card is added by whoever may see it, not by whoever names it.
  const foreman = await app.as('foreman', { at: { kind: 'project', id: site.project } })
  await foreman.perform('home.arrange', { order: [], hidden: [], added: ['funds.cash'] })
  expect(names(await open(foreman))).toEqual([])
  await expect(site.boss.perform('home.arrange', { order: 'x', hidden: [], added: [] })).rejects.toMatchObject({
    code: 'home.names',
  })
  await site.boss.perform('home.reset', {})
  expect(names(await open(site.boss))).toContain('cost.margin')
})

test('a card that came later stands where it was declared, between those that were moved', () => {
  const parts = ['a', 'b', 'c', 'new'].map((name, at) => ({ name, place: name === 'new' ? 15 : (at + 1) * 10 }))
  expect(arranged(parts, null).map(each => each.name)).toEqual(['a', 'new', 'b', 'c'])
  expect(arranged(parts, ['c', 'a', 'b', 'gone']).map(each => each.name)).toEqual(['new', 'c', 'a', 'b'])
  expect([moved(['a', 'b'], 'a', -1), moved(['a', 'b'], 'a', 1)]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ])
})
