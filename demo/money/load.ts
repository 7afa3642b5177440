// The demo's money, two years of it: targets, contracts and what became of them month by month, and what lies open today.
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Client } from '@yingzao/platform/client'
import { loadFundsPlans } from '../funds-plan.ts'
import type { Both } from '../plan/builder.ts'
import { companies } from './base.ts'
import { loadBids } from './bid.ts'
import { change } from './change.ts'
import { closeBooks, companyMonth } from './company.ts'
import { type Desk, dayOf, known, type Site, siteOf } from './desk.ts'
import { lifeOf, liveMonth, release } from './live.ts'
import { leaveOpen } from './open.ts'
import { loadOwn } from './own.ts'
import { loadStatement } from './statement.ts'
import { adjustStation, foresee, loadTarget, moveToRobots, moveToSteel } from './target.ts'

/** Months of history. Books are closed month by month from a year ago on; the newest closed month lies two months back. */
const FIRST = -23
const BOOKS = -12
const CLOSED = -2

interface Money {
  readonly today: PlainDate
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

export async function loadMoney({ today, t, as: signIn, projects, unit }: Money): Promise<void> {
  // A person has so many sessions at a time: each signs in once.
  const signedIn = new Map<string, Promise<Client>>()
  const as = (login: string): Promise<Client> => {
    const client = signedIn.get(login) ?? signIn(login)
    signedIn.set(login, client)
    return client
  }
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
  const desk: Desk = {
    ...{ today, t, as, sites, cashier: await as('cashier') },
    ...{
      items: await byCode(chief),
      parties: await byName(chief, t),
      accounts: await accountsOf(chief, sites, t, today),
    },
  }
  for (const site of sites) await loadTarget(desk, site)
  const life = lifeOf(desk)
  for (let month = FIRST; month <= 0; month++) {
    await companyMonth(desk, month, chief)
    if (month === -5) await adjustStation(desk)
    if (month === -4) await moveToRobots(desk)
    await change(life, month)
    await liveMonth(life, month)
  }
  await release(life)
  await foresee(desk)
  await moveToSteel(desk)
  await loadOwn(desk)
  // What happened in two years was read; what follows lies on the desks.
  for (const client of signedIn.values()) await (await client).inbox.mark({ all: true })
  await leaveOpen(life, chief)
  await loadBids(desk, siteOf(desk, 'metro'))
  await loadStatement(desk)
  for (const { project, manager } of sites) await loadFundsPlans({ project, today, manager, t, as })
  await closeBooks(
    desk,
    chief,
    Array.from({ length: CLOSED - BOOKS + 1 }, (_, at) => BOOKS + at),
  )
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

/** The main account of each project's company, the station's own wage account, bonds and till of Construction. */
async function accountsOf(who: Client, sites: readonly Site[], t: Money['t'], today: PlainDate) {
  const found = new Map<string, Id<'bank_account'>>()
  const { items } = await who.entity(bankAccount).list({ filter: { active: { eq: true } }, limit: 100 })
  for (const site of sites) {
    const own = items.filter(({ company }) => company === site.company)
    for (const { type, id } of own) {
      if (type === 'basic' || type === 'general') found.set(site.key, id)
      else if (site.key === 'metro') found.set(type === 'cash' ? 'till' : type, id)
    }
  }
  const station = sites.find(({ key }) => key === 'metro')
  if (!station) throw new Error('the demo has no station')
  const wages = await who.entity(bankAccount).create({
    ...{ name: t(['云溪路站农民工工资专户', 'Yunxi Road, wage account']), type: 'wage', number: '6222020166880001' },
    ...{
      company: station.company,
      project: station.project,
      bank: t(['云州银行云溪支行', 'Bank of Yunzhou, Yunxi branch']),
    },
    ...{ opening_amount: '654000.00', opening_on: dayOf(today, -9, 6) },
  })
  return found.set('wages', wages.id)
}
