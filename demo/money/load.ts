// The demo's money, two years of it: targets, contracts and what became of them month by month, and what lies open today.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Client } from '@yingzao/platform/client'
import { type Diary, dayOf, type Story } from '../diary.ts'
import { loadFundsPlans } from '../funds-plan.ts'
import type { Both } from '../plan/builder.ts'
import { companies } from './base.ts'
import { bidStories } from './bid.ts'
import { changeStories } from './change.ts'
import { closeBooks, companyStories } from './company.ts'
import { type Desk, known, type Site, siteOf } from './desk.ts'
import { contractStories, lifeOf, release } from './live.ts'
import { openStories } from './open.ts'
import { ownStories } from './own.ts'
import { loadStatement } from './statement.ts'
import { loadTarget, targetStories } from './target.ts'

/** Months of history. Books are closed month by month from a year ago on; the newest closed month lies two months back. */
const FIRST = -23
const BOOKS = -12
const CLOSED = -2

interface Money {
  readonly time: Diary
  readonly t: (both: Both) => string
  readonly as: (login: string) => Promise<Client>
  readonly projects: Readonly<Record<Site['key'], Id<'project'>>>
  readonly unit: (key: string) => Id<'org_unit'>
}

/** Who enters, and whom each project asks: project manager, cost manager, accountant, managing director. */
const hands = {
  metro: ['build', 'cost', 'pm', 'cost.head', 'finance.yu', 'build.gm'],
  line: ['make', 'buyer', 'line.pm', 'cost.head', 'finance', 'make.gm'],
  erp: ['group', 'erp.key', 'erp.pm', 'cost.head', 'finance', 'boss'],
} as const

/** Targets first; the stories of the two years after them, to be told together. */
export async function moneyStories({ time, t, as, projects, unit }: Money): Promise<readonly Story[]> {
  const today = time.lastDay
  const chief = await as('finance')
  const sites: Site[] = []
  for (const key of ['metro', 'line', 'erp'] as const) {
    const [company, engineer, manager, head, clerk, boss] = hands[key]
    sites.push({
      ...{ key, project: projects[key], company: unit(company) },
      ...{ engineer: await as(engineer), manager: await as(manager), head: await as(head) },
      ...{ clerk: await as(clerk), boss: await as(boss) },
    })
  }
  const accounts = await accountsOf(chief, sites)
  const desk: Desk = {
    ...{ today, time, t, as, sites, cashier: await as('cashier'), legal: await as('legal') },
    ...{ items: await byCode(chief), parties: await byName(chief, t), accounts },
  }
  await time.together(sites.map(site => () => loadTarget(desk, site)))
  const life = lifeOf(desk)
  const months = Array.from({ length: 1 - FIRST }, (_, at) => FIRST + at)
  const station = siteOf(desk, 'metro')
  return [
    ...contractStories(life, months),
    ...changeStories(life),
    ...companyStories(desk, months, chief),
    ...targetStories(desk),
    ...(await ownStories(desk)),
    ...openStories(life, chief),
    ...bidStories(desk, station),
    async () => {
      await time.until(dayOf(today, -9, 6), 10)
      accounts.set('wages', await openWages(chief, station, t, dayOf(today, -9, 6)))
    },
    () => release(life),
    () => loadStatement(desk),
    () =>
      closeBooks(
        desk,
        chief,
        Array.from({ length: CLOSED - BOOKS + 1 }, (_, at) => BOOKS + at),
      ),
    ...sites.map(
      ({ project, manager }) =>
        () =>
          loadFundsPlans({ project, today, time, manager, t, as }),
    ),
  ]
}

async function byCode(who: Client): Promise<Map<string, Id<'cost_item'>>> {
  const found = new Map<string, Id<'cost_item'>>()
  for await (const { code, id } of who.entity(costItem).all({ fields: ['code'] })) found.set(code, id)
  return found
}

async function byName(who: Client, t: Money['t']): Promise<Map<string, Id<'counterparty'>>> {
  const ids = new Map<string, Id<'counterparty'>>()
  for await (const { name, id } of who.entity(counterparty).all({ fields: ['name'] })) ids.set(name, id)
  return new Map(companies.map(([name]) => [name[0], known(ids, t(name))]))
}

/** The main account of each project's company, bonds and till of Construction. */
async function accountsOf(who: Client, sites: readonly Site[]) {
  const found = new Map<string, Id<'bank_account'>>()
  const { items } = await who.entity(bankAccount).list({ filter: { active: { eq: true } }, limit: 100 })
  for (const site of sites) {
    const own = items.filter(({ company }) => company === site.company)
    for (const { type, id } of own) {
      if (type === 'basic' || type === 'general') found.set(site.key, id)
      else if (site.key === 'metro') found.set(type === 'cash' ? 'till' : type, id)
    }
  }
  return found
}

/** 农民工工资专户 of the station, opened when its work begins. */
async function openWages(who: Client, { company, project }: Site, t: Money['t'], opening_on: PlainDate) {
  const { id } = await who.entity(bankAccount).create({
    ...{ name: t(['云溪路站农民工工资专户', 'Yunxi Road, wage account']), type: 'wage', number: '6222020166880001' },
    ...{ company, project, bank: t(['云州银行云溪支行', 'Bank of Yunzhou, Yunxi branch']) },
    ...{ opening_amount: '654000.00', opening_on },
  })
  return id
}
