// An invoice lies where its contract or project lies, names both parties, is there once, and is refused where it cannot be ours.
import { absolute, compare } from '@yingzao/engines/money'
import type { Id, RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, get, hooks, list, patch, refuseInput } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { limitOn } from '../parameter/public.ts'
import { project } from '../project/project.entity.ts'
import { identityOf } from './identity.ts'
import { invoice } from './invoice.entity.ts'
import { isNamed, otherParty, ownParty, type Party } from './party.ts'

type Invoice = RecordOf<typeof invoice>
type Finding = Invoice['findings'][number]
interface Fault {
  readonly path: string
  readonly code: string
  readonly values?: Readonly<Record<string, string>>
}
export default hooks(invoice, {
  async beforeSave(ctx, record) {
    const identity = record.state === 'void' ? null : identityOf(record)
    const system = asSystem(ctx)
    const errors: Fault[] = []
    // What is effective was judged, and a red invoice is what it mirrors.
    if (!['draft', 'pending', 'rejected'].includes(record.state) || record.reverses !== null) {
      if (record.company !== null) await refuseTwice(system, record, record.company, identity, errors)
      if (errors.length > 0) throw refuseInput(errors)
      return { identity }
    }
    const findings = new Set<Finding>()
    const contracts = await contractsOf(system, record, errors)
    const [main] = contracts
    const where = main?.project ?? record.project
    const site = where === null ? null : await get(system, project, where)
    const company = site?.company ?? record.company
    if (company === null) throw refuseInput([...errors, { path: 'company', code: 'field.required' }])
    await refuseTwice(system, record, company, identity, errors)
    const [own, other] = [await ownParty(ctx, company), await otherParty(ctx, record.counterparty)]
    const [seller, buyer] = record.direction === 'out' ? [own, other] : [other, own]
    const parties = {
      seller_name: record.seller_name ?? seller.name,
      seller_tax_id: record.seller_tax_id ?? seller.taxId,
      buyer_name: record.buyer_name ?? buyer.name,
      buyer_tax_id: record.buyer_tax_id ?? buyer.taxId,
    }
    refuseForeign(record.direction, parties, own, errors)
    compareParties(record.direction, parties, own, other, findings)
    if (contracts.some(each => each.counterparty !== record.counterparty)) findings.add('other_party')
    if (record.direction === 'in' && record.type === 'plain' && contracts.some(each => each.deductible))
      findings.add('not_special')
    if (record.contract === null && record.lines.some(line => line.contract === null)) findings.add('no_contract')
    // A tax that differs from net × rate by no more is rounding of the issuer.
    const tolerance = await limitOn(ctx, 'invoice_tax_tolerance', record.issued_on, company)
    if (tolerance !== null && record.lines.some(line => compare(absolute(line.tax_diff), tolerance) > 0))
      findings.add('tax_differs')
    if (compare(record.gross_amount ?? '0', '0') <= 0) errors.push({ path: 'lines', code: 'invoice.not_positive' })
    if (record.printed_amount !== null && compare(record.printed_amount, record.gross_amount ?? '0') !== 0)
      errors.push({ path: 'printed_amount', code: 'invoice.printed', values: { sum: record.gross_amount ?? '0' } })
    if (errors.length > 0) throw refuseInput(errors)
    const construction = record.service === 'construction'
    return {
      ...{ identity, company, project: where, ...parties },
      site_name: record.site_name ?? (construction ? (site?.name ?? null) : null),
      site_place: record.site_place ?? (construction ? (site?.address ?? null) : null),
      deductible:
        record.deductible && record.direction === 'in' && record.type !== 'plain' && site?.tax_method !== 'simplified',
      findings: [...findings].sort(),
    }
  },
  async afterSave(ctx, after, before) {
    // The number is free again: what was registered by mistake is registered anew.
    if (after?.state === 'void' && before?.state !== 'void' && after.identity !== null)
      await patch(asSystem(ctx), invoice.name, after.id, undefined, { identity: null })
  },
})

/** The contracts of head and lines: of its direction, all of one project. */
async function contractsOf(ctx: Ctx, record: Invoice, errors: Fault[]) {
  const ids = new Set([record.contract, ...record.lines.map(line => line.contract)].filter(id => id !== null))
  const found = []
  for (const id of ids) found.push(await get(ctx, contract, id))
  const wanted = record.direction === 'out' ? 'income' : 'expense'
  const path = record.contract === null ? 'lines' : 'contract'
  if (found.some(each => each.direction !== wanted)) errors.push({ path, code: 'invoice.other_direction' })
  if (new Set(found.map(each => each.project)).size > 1) errors.push({ path, code: 'invoice.other_project' })
  return found
}

async function refuseTwice(
  ctx: Ctx,
  record: Invoice,
  company: Id<'org_unit'>,
  identity: string | null,
  errors: Fault[],
): Promise<void> {
  if (identity === null) return
  const { items } = await list(ctx, invoice, {
    filter: { company: { eq: company }, identity: { eq: identity } },
    fields: ['number', 'issued_on'],
    limit: 2,
  })
  const there = items.find(each => each.id !== record.id)
  if (there)
    errors.push({
      path: 'invoice_no',
      code: 'invoice.twice',
      values: { number: there.number ?? '—', issued_on: there.issued_on },
    })
}

type Parties = Readonly<
  Record<'seller_name' | 'buyer_name', string> & Record<'seller_tax_id' | 'buyer_tax_id', string | null>
>

/** What we receive is made out to us, what we issue is ours. */
function refuseForeign(direction: Invoice['direction'], printed: Parties, own: Party, errors: Fault[]): void {
  const side = direction === 'out' ? 'seller' : 'buyer'
  const taxId = printed[`${side}_tax_id`]
  const ours = taxId !== null && own.taxId !== null ? taxId === own.taxId : isNamed(printed[`${side}_name`], own.name)
  if (!ours)
    errors.push({
      path: `${side}_tax_id`,
      code: `invoice.not_our_${side}`,
      values: { name: own.name, tax_id: own.taxId ?? '—' },
    })
}

function compareParties(
  direction: Invoice['direction'],
  printed: Parties,
  own: Party,
  other: Party,
  findings: Set<Finding>,
): void {
  const side = direction === 'out' ? 'buyer' : 'seller'
  const taxId = printed[`${side}_tax_id`]
  if (own.taxId === null || taxId === null || other.taxId === null) findings.add('tax_id_unknown')
  const differs = taxId !== null && other.taxId !== null && taxId !== other.taxId
  if (differs || !isNamed(printed[`${side}_name`], other.name)) findings.add('other_tax_id')
}
