// An entry is of its bond's company and form; cash comes back as a receipt. The bond's figures follow.
import { asSystem, get, hooks, refuseInput } from '@yingzao/kernel/server'
import { bidBond } from './bid-bond.entity.ts'
import { bidBondEntry, bidBondOpening } from './bid-bond-entry.entity.ts'
import { standBond } from './standing.ts'

export const ofEntry = hooks(bidBondEntry, {
  async beforeSave(ctx, record, before) {
    if (before?.state === 'effective') return undefined
    const { company, form } = await get(asSystem(ctx), bidBond, record.bond)
    if (record.kind === 'given_back' && form === 'cash')
      throw refuseInput([{ path: 'kind', code: 'bid.cash_comes_back' }])
    return { company, form }
  },
  async afterSave(ctx, after, before) {
    if (after && after.state !== before?.state) await standBond(asSystem(ctx), after.bond)
  },
})

export const ofOpening = hooks(bidBondOpening, {
  async afterSave(ctx, after, before) {
    if (after && after.state !== before?.state) await standBond(asSystem(ctx), after.bond)
  },
})
