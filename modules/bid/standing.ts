// Where a bond stands: its own figures follow the ledger of bonds, and one that was paid before that ledger is carried into it.
import { add, type Decimal, isZero, r2, subtract } from '@yingzao/engines/money'
import type { Id, PlainDate, RecordOf } from '@yingzao/kernel/entity'
import { balanceOf } from '@yingzao/kernel/ledgers/audit'
import { entriesBy } from '@yingzao/kernel/ledgers/read'
import { type Ctx, create, get, patch, run } from '@yingzao/kernel/server'
import { standingOf } from '../bank-account/public.ts'
import { bidBond } from './bid-bond.entity.ts'
import { bidBondOpening } from './bid-bond-entry.entity.ts'
import { bondLedger } from './bond.ledger.ts'

/** For system code, after whatever moved the ledger. */
export async function standBond(system: Ctx, id: Id<'bid_bond'>): Promise<void> {
  const { posted } = await balanceOf(system, bondLedger.name, { bond: id })
  const of = (name: string): Decimal => posted[name] ?? '0.00'
  const [first] = isZero(of('paid')) ? [] : await entriesBy(system, bondLedger.name, { bond: [id] }, { some: ['paid'] })
  await patch(system, bidBond.name, id, undefined, {
    ...{ paid_amount: of('paid'), returned_amount: of('returned'), interest_amount: of('interest') },
    ...{ forfeited_amount: of('forfeited'), paid_on: first?.on ?? null },
    outstanding_amount: subtract(subtract(of('paid'), of('returned')), of('forfeited')),
  })
  // How far it is paid; what its own approval let the cashier pay.
  const now = await get(system, bidBond, id)
  const { approved, paid, rest } = await standingOf(system, now.company, now.payable)
  if (now.form !== 'cash' || isZero(approved)) return
  const next = isZero(rest) ? 'paid' : isZero(paid) ? 'to_pay' : 'part_paid'
  if (now.stage !== next && now.stage !== 'closed') await run(system, bidBond, id, `mark_${next}`)
}

interface Carried {
  readonly paid_on: PlainDate
  readonly returned: Decimal
  readonly interest: Decimal
  readonly forfeited: Decimal
}

/** Money that left and came before the ledger knew: no account is touched. */
export async function carry(system: Ctx, bond: RecordOf<typeof bidBond>, of: Carried): Promise<void> {
  const { approved } = await standingOf(system, bond.company, bond.payable)
  const { id } = await create(system, bidBondOpening.name, {
    ...{ bond: bond.id, company: bond.company, form: bond.form, on: of.paid_on, paid_amount: bond.amount },
    ...{ returned_amount: r2(of.returned), interest_amount: r2(of.interest), forfeited_amount: r2(of.forfeited) },
    payable: isZero(approved) ? null : bond.payable,
  })
  await run(system, bidBondOpening, id, 'submit')
  if (isZero(approved) && bond.stage !== 'paid') await run(system, bidBond, bond.id, 'mark_paid')
}

export const beyond = (bond: RecordOf<typeof bidBond>, { returned, forfeited }: Carried): Decimal =>
  subtract(add(returned, forfeited), bond.amount)
