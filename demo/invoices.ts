// The demo's invoices: issued and received under whatever contracts the station has, and two without a contract.
import { creditCodeCheck } from '@yingzao/engines/identity'
import { type Decimal, exact, toDecimal } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import { invoice } from '@yingzao/modules/invoice/invoice.entity'
import type { Client } from '@yingzao/platform/client'
import type { Both } from './plan/builder.ts'

interface Invoices {
  readonly project: Id<'project'>
  readonly company: Id<'org_unit'>
  readonly today: PlainDate
  readonly admin: Client
  readonly engineer: Client
  readonly finance: Client
  readonly as: (user: string) => Promise<Client>
  readonly t: (both: Both) => string
}

interface Trail {
  readonly trail: {
    readonly ahead: readonly { readonly standing: string; readonly people: readonly { readonly user: string }[] }[]
  } | null
}

/** Of no real company. */
const ownTaxId = (): string => {
  const first = '91990000MA0007001'
  return `${first}${creditCodeCheck(first)}`
}
const share = (amount: Decimal, part: Decimal): Decimal => toDecimal(exact(amount).times(exact(part)), 2)

export async function loadInvoices(at: Invoices): Promise<void> {
  const { project, company, today, admin, engineer, finance, t } = at
  const { version, tax_id } = await admin.entity('org_unit').get(company)
  if (tax_id === null) await admin.entity('org_unit').patch(company, version, { tax_id: ownTaxId() })
  let count = 0
  const day = (ago: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - ago * 86_400_000).toISOString().slice(0, 10) as PlainDate
  const head = () => ({ invoice_no: `${today.slice(2, 4)}4420000000${String(++count).padStart(8, '0')}` })
  /** By whoever the flow asks, step after step. */
  const approve = async (id: Id<'invoice'>) => {
    await engineer.entity(invoice).run(id, 'submit')
    for (let round = 0; round < 5; round++) {
      const { trail } = await engineer.perform<Trail>('approval.trail', { entity: 'invoice', document: id })
      const judge = trail?.ahead.find(step => step.standing === 'open')?.people[0]
      if (!judge) return
      await (await at.as(judge.user)).entity(invoice).run(id, 'approve')
    }
  }
  const { items } = await engineer.entity(contract).list({
    filter: { project: { eq: project }, state: { eq: 'effective' } },
    sort: ['created_at'],
    limit: 8,
  })
  const works = t(['*建筑服务*工程款', '*Construction services*Works'])
  for (const [index, of] of items.entries()) {
    const direction = of.direction === 'income' ? 'out' : 'in'
    const building = of.kind === 'works' || of.kind === 'subcontract' || of.kind === 'labour'
    const made = await engineer.entity(invoice).create({
      ...{ ...head(), direction, contract: of.id, counterparty: of.counterparty, issued_on: day(40 - 4 * index) },
      service: building ? 'construction' : of.kind === 'rental' ? 'lease' : 'goods',
      lines: [
        {
          name: building ? works : of.name,
          amount: share(of.gross_amount ?? '0', direction === 'out' ? '0.15' : '0.2'),
          tax_rate: building ? '0.09' : '0.13',
        },
      ],
    })
    await approve(made.id)
    if (direction === 'in' && index % 2 === 0)
      await finance.entity(invoice).run(made.id, 'deduct', { month: today.slice(0, 7) })
  }
  const service = (await engineer.entity(counterparty).list({ limit: 100 })).items.find(each =>
    each.roles.includes('service'),
  )
  if (!service) return
  const line = (name: Both, amount: Decimal) => ({ name: t(name), amount, tax_rate: '0.06' as const })
  const loose = { direction: 'in', project, counterparty: service.id, service: 'other' } as const
  const tested = await engineer.entity(invoice).create({
    ...{ ...loose, ...head(), issued_on: day(12) },
    lines: [line(['*研发和技术服务*基坑监测费', '*Technical services*Monitoring of the pit'], '84800.00')],
  })
  await approve(tested.id)
  // One waits for finance.
  const waiting = await engineer.entity(invoice).create({
    ...{ ...loose, ...head(), issued_on: day(2) },
    lines: [line(['*研发和技术服务*混凝土试块检测', '*Technical services*Tests of concrete cubes'], '12720.00')],
  })
  await engineer.entity(invoice).run(waiting.id, 'submit')
}
