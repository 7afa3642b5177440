// The last four digits stand beside the secret, a project's wage account is one, and it is that of the project's company. What
// an account opens with, and may be overdrawn by, stands in the ledger by a document of its own.
import { compare, isZero } from '@yingzao/engines/money'
import { asSystem, type Ctx, create, get, hooks, list, refuse, refuseInput, run } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { accountEntry } from './account-entry.entity.ts'
import { accountOpening } from './account-opening.entity.ts'
import { bankAccount } from './bank-account.entity.ts'
import { type Account, heldIn } from './public.ts'

export default hooks(bankAccount, {
  async beforeSave(ctx, record) {
    const errors: { path: string; code: string }[] = []
    const number = record.number?.replaceAll(/\s/g, '') ?? null
    if (number !== null && !/^[0-9]{8,30}$/.test(number)) errors.push({ path: 'number', code: 'bank_account.number' })
    const system = asSystem(ctx)
    if (record.project !== null) {
      const { company } = await get(system, project, record.project)
      if (company !== record.company) errors.push({ path: 'project', code: 'bank_account.other_company' })
    }
    const wage_of = record.type === 'wage' && record.active ? record.project : null
    if (wage_of !== null) {
      const others = await list(system, bankAccount, {
        filter: { wage_of: { eq: wage_of } },
        limit: 2,
      })
      if (others.items.some(({ id }) => id !== record.id))
        errors.push({ path: 'project', code: 'bank_account.second_wage_account' })
    }
    if (errors.length > 0) throw refuseInput(errors)
    return { number, ending: number?.slice(-4) ?? null, wage_of }
  },
  async beforeRemove(ctx, record) {
    for (const of of [accountOpening, accountEntry]) {
      const { items } = await list(asSystem(ctx), of, { filter: { account: { eq: record.id } }, limit: 1 })
      if (items.length > 0) throw refuse('bank_account.has_entries')
    }
  },
  async afterSave(ctx, after, before) {
    if (!after) return
    const told = ['opening_amount', 'opening_on', 'overdraft_amount'] as const
    const changed = before ? told.some(name => before[name] !== after[name]) : opens(after)
    if (changed) await keepOpening(asSystem(ctx), after)
    if (before && before.closed_on === null && after.closed_on !== null) await refuseMoney(ctx, after)
  },
})

const opens = ({ opening_amount, overdraft_amount }: Account) => !isZero(opening_amount) || !isZero(overdraft_amount)

/** The new one first: money that was spent meanwhile is never missing in between. */
async function keepOpening(ctx: Ctx, account: Account): Promise<void> {
  const { items } = await list(ctx, accountOpening, {
    filter: { account: { eq: account.id }, state: { eq: 'effective' }, reverses: { empty: true } },
    limit: 500,
  })
  if (opens(account)) {
    const made = await create(ctx, accountOpening.name, {
      account: account.id,
      company: account.company,
      project: account.project,
      opened_on: account.opening_on,
      amount: account.opening_amount,
      overdraft_amount: account.overdraft_amount,
    })
    await run(ctx, accountOpening, made.id, 'submit')
  }
  for (const { id } of items) await run(ctx, accountOpening, id, 'reverse', { reason: account.name })
}

/** 销户: an account is closed empty. */
async function refuseMoney(ctx: Ctx, account: Account): Promise<void> {
  const { balance } = await heldIn(ctx, account.id)
  if (compare(balance, '0') !== 0) throw refuse('bank_account.not_empty')
}
