// The demo's money: interest and fees month by month, transfers, what people spent and were lent, payments asked for, approved
// and paid; on the contracts that are there what is due is received and paid.
import { add, type Decimal, subtract } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { accountEntry } from '@yingzao/modules/bank-account/account-entry.entity'
import { bankAccount } from '@yingzao/modules/bank-account/bank-account.entity'
import type { CashBook } from '@yingzao/modules/bank-account/cash-shape'
import { advance } from '@yingzao/modules/claim/advance.entity'
import { claim } from '@yingzao/modules/claim/claim.entity'
import { expenseItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import type { Ageing } from '@yingzao/modules/payment/ageing-shape'
import { payment } from '@yingzao/modules/payment/payment.entity'
import { receipt } from '@yingzao/modules/payment/receipt.entity'
import { paymentRequest } from '@yingzao/modules/payment/request.entity'
import { transfer } from '@yingzao/modules/payment/transfer.entity'
import type { Reconciliation } from '@yingzao/modules/reconciliation/shape'
import { type Client, Failure } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Cash {
  readonly project: Id<'project'>
  readonly company: Id<'org_unit'>
  readonly today: PlainDate
  readonly t: (both: Both) => string
  readonly as: (login: string) => Promise<Client>
}

const before = (today: PlainDate, days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10) as PlainDate

export async function loadCash({ project, company, today, t, as }: Cash): Promise<void> {
  const [cashier, clerk, chief, manager, engineer, head, boss] = await Promise.all(
    ['cashier', 'finance.yu', 'finance', 'pm', 'cost', 'cost.head', 'build.gm'].map(as),
  )
  if (!cashier || !clerk || !chief || !manager || !engineer || !head || !boss) return
  const accounts = (await chief.entity(bankAccount).list({ filter: { company: { eq: company } }, limit: 100 })).items
  const of = (type: string) => accounts.find(each => each.type === type && each.active)
  const [main, bond, wage, till] = [of('basic'), of('bond'), of('wage'), of('cash')]
  if (!main || !bond || !wage || !till) return

  for (let month = 6; month >= 1; month--) {
    const on = before(today, month * 30 - 4)
    for (const [kind, amount, reason] of [
      ['interest', `${18_000 + month * 731}.25`, ['存款利息', 'Interest on deposit']],
      ['fee', `${160 + month * 7}.00`, ['网银手续费', 'Online banking fee']],
    ] as const) {
      const made = await cashier
        .entity(accountEntry)
        .create({ account: main.id, kind, amount: amount as `${number}`, entered_on: on, reason: t(reason) })
      await cashier.entity(accountEntry).run(made.id, 'submit')
      await clerk.entity(accountEntry).run(made.id, 'approve')
    }
  }
  for (const [to, amount, days, labour_share, name] of [
    [wage.id, '480000.00', 95, true, ['人工费拨付', 'Labour share of the month']],
    [bond.id, '300000.00', 60, false, ['缴存投标保证金', 'Bid bonds']],
    [wage.id, '460000.00', 33, true, ['人工费拨付', 'Labour share of the month']],
    [till.id, '20000.00', 21, false, ['提取备用金', 'Cash for the till']],
  ] as const) {
    const made = await cashier.entity(transfer).create({
      ...{ name: t(name), from_account: main.id, to_account: to, amount, labour_share, moved_on: before(today, days) },
    })
    await cashier.entity(transfer).run(made.id, 'submit')
    await clerk.entity(transfer).run(made.id, 'approve')
  }

  await loadOwn({ project, today, t, as }, { cashier, clerk, manager, till: till.id })
  await loadContracts({ project, today, t }, { cashier, clerk, chief, manager, engineer, head, boss, main: main.id })

  // Without a contract: a deposit that was paid, one that waits for the cashier, one that waits for the chief.
  const parties = (await chief.entity(counterparty).list({ filter: { standing: { eq: 'good' } }, limit: 50 })).items
  const party = parties.find(each => each.roles.includes('service')) ?? parties[0]
  if (!party) return
  for (const [index, [name, amount, days]] of (
    [
      [['临时用电押金', 'Deposit for temporary power'], '36000.00', 40],
      [['基坑监测周转费', 'Pit monitoring, turnover'], '28500.00', 3],
      [['检测中心年费', 'Yearly fee of the testing centre'], '12800.00', -6],
      [['临时用水押金', 'Deposit for temporary water'], '18000.00', -12],
    ] as const
  ).entries()) {
    const { id } = await clerk.entity(paymentRequest).create({
      ...{ name: t(name), kind: 'other', counterparty: party.id, company, amount, due_on: before(today, days) },
    })
    await clerk.entity(paymentRequest).run(id, 'submit')
    if (index === 3) continue
    await chief.entity(paymentRequest).run(id, 'approve')
    if (index > 0) continue
    const paid = await cashier
      .entity(payment)
      .create({ request: id, account: main.id, paid_on: before(today, days - 1) })
    await cashier.entity(payment).run(paid.id, 'submit')
  }
  await tolerant(() => loadStatement(cashier, main.id, today))
}

/** What the bank says of the main account until some days ago: a line of its own is not entered yet, the newest are not there. */
async function loadStatement(cashier: Client, account: Id<'bank_account'>, today: PlainDate): Promise<void> {
  const { rows } = await cashier.perform<CashBook>('bank_account.book', { account, to: before(today, 25) })
  const lines = rows
    .filter(row => row.purpose !== 'opening')
    .map(row => ({
      on: row.on,
      received: row.received,
      paid: row.paid,
      name: row.counterparty ?? '',
      ref: row.number ?? '',
    }))
  lines.push({ on: before(today, 26), received: '86420.00', paid: '0.00', name: '', ref: 'YH260001' })
  lines.sort((a, b) => (a.on < b.on ? -1 : 1))
  let balance: Decimal = rows.at(-1)?.balance ?? '0'
  const text = lines.map(({ on, received, paid, name, ref }) => {
    balance = add(balance, subtract(received, paid))
    return [on, received, paid, balance, name, ref].join(',')
  })
  const file = await cashier.upload(
    new Blob([`Date,Credit,Debit,Balance,Counterparty,Reference\n${text.join('\n')}\n`]),
    'statement.csv',
  )
  await cashier.perform('reconciliation.import', { account, file: file.id, to: before(today, 25), confirm: true })
  const { proposals } = await cashier.perform<Reconciliation>('reconciliation.read', { account })
  await cashier.perform('reconciliation.match', { account, pairs: proposals.slice(0, -2) })
}

type Small = Pick<Cash, 'project' | 'today' | 't' | 'as'>
interface Hands {
  readonly cashier: Client
  readonly clerk: Client
  readonly manager: Client
  readonly till: Id<'bank_account'>
}

/** Claims and an advance of people on site: paid, waiting for the cashier, waiting for the manager. */
async function loadOwn({ project, today, t, as }: Small, { cashier, clerk, manager, till }: Hands): Promise<void> {
  const [foreman, tech] = await Promise.all(['foreman', 'tech'].map(as))
  if (!foreman || !tech) return
  const items = (await clerk.entity(expenseItem).list({ filter: { leaf: { eq: true } }, limit: 100 })).items
  const item = (index: number) => {
    const mapped = items.filter(each => each.cost_item !== null)
    return mapped[index % mapped.length]?.id
  }
  const lent = await foreman.entity(advance).create({
    ...{ name: t(['零星材料采购', 'Small material for the site']), amount: '3000.00', project },
    due_on: before(today, -20),
  })
  await foreman.entity(advance).run(lent.id, 'submit')
  await manager.entity(advance).run(lent.id, 'approve')
  await clerk.entity(advance).run(lent.id, 'approve')
  const out = await cashier.entity(payment).create({ advance: lent.id, account: till, paid_on: before(today, 9) })
  await cashier.entity(payment).run(out.id, 'submit')
  for (const [index, [who, name, amount, steps]] of (
    [
      [foreman, ['工地零星采购', 'Small purchases for the site'], '1860.50', 3],
      [tech, ['赴设计院图纸会审差旅', 'Drawing review at the design institute'], '1248.00', 3],
      [tech, ['业主例会资料打印', 'Printing for the client meeting'], '326.80', 2],
      [foreman, ['防汛物资', 'Flood protection'], '742.00', 1],
    ] as const
  ).entries()) {
    const expense_item = item(index)
    if (!expense_item) return
    const made = await who.entity(claim).create({
      ...{ name: t(name), project },
      lines: [
        { expense_item, amount, spent_on: before(today, 12 - index * 2), invoice_no: `2611${80_000 + index * 137}` },
      ],
    })
    try {
      await who.entity(claim).run(made.id, 'submit')
      if (steps > 1) await manager.entity(claim).run(made.id, 'approve')
      if (steps > 1) await clerk.entity(claim).run(made.id, 'approve')
    } catch (error) {
      // No target for that item: the claim stays a draft, as it would for him.
      if (!(error instanceof Failure)) throw error
      continue
    }
    const { stage } = await who.entity(claim).get(made.id)
    if (steps < 3 || stage === 'paid') continue
    const paid = await cashier.entity(payment).create({ claim: made.id, account: till, paid_on: before(today, 2) })
    await cashier.entity(payment).run(paid.id, 'submit')
  }
}

interface Officers {
  readonly cashier: Client
  readonly clerk: Client
  readonly chief: Client
  readonly manager: Client
  readonly engineer: Client
  readonly head: Client
  readonly boss: Client
  readonly main: Id<'bank_account'>
}

/** What is due on the contracts of the project by now: most of it received, some of it asked for and paid. */
async function loadContracts({ project, today, t }: Omit<Small, 'as'>, who: Officers): Promise<void> {
  const open = async (direction: 'income' | 'expense') =>
    (await who.chief.perform<Ageing>('payment.ageing', { direction, project })).contracts
  const day = (on: string) => (on < today ? (on as PlainDate) : today)
  for (const { contract, items } of await open('income'))
    for (const item of items.filter(each => each.days > 25))
      await tolerant(async () => {
        const made = await who.cashier.entity(receipt).create({
          ...{
            contract: contract as Id<'contract'>,
            account: who.main,
            amount: item.open,
            received_on: day(item.due_on),
          },
        })
        await who.cashier.entity(receipt).run(made.id, 'submit')
        await who.clerk.entity(receipt).run(made.id, 'approve')
      })
  for (const [index, { contract, items }] of (await open('expense')).entries())
    for (const item of items.slice(0, 6))
      await tolerant(async () => {
        const { id } = await who.engineer.entity(paymentRequest).create({
          ...{ name: t(['进度款', 'Progress payment']), contract: contract as Id<'contract'>, amount: item.open },
          due_on: item.due_on as PlainDate,
        })
        await who.engineer.entity(paymentRequest).run(id, 'submit')
        for (const each of [who.manager, who.head, who.clerk, who.boss]) {
          const { state } = await who.chief.entity(paymentRequest).get(id)
          if (state === 'pending') await each.entity(paymentRequest).run(id, 'approve')
        }
        if (item.days <= 20 || index % 3 === 2) return
        const made = await who.cashier
          .entity(payment)
          .create({ request: id, account: who.main, paid_on: day(item.due_on) })
        await who.cashier.entity(payment).run(made.id, 'submit')
      })
}

/** What the rules of the system refuse (an invoice that is missing, an account that is short) is left as it is. */
async function tolerant(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
  }
}
