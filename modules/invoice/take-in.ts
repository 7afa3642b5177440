// One electronic invoice against our data: whose it is, whether it is there already, which contract it belongs to.
import { add, compare, fromGross, negate, r2, subtract } from '@yingzao/engines/money'
import type { EInvoice, EInvoiceLine } from '@yingzao/formats/e-invoice'
import type { FileRef, Id, RecordOf } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create, get, list, patch, refuse, run } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { identityOf } from './identity.ts'
import type { IntakeRow } from './intake-shape.ts'
import { invoice } from './invoice.entity.ts'
import { isNamed } from './party.ts'

type Made = Pick<IntakeRow, 'outcome' | 'id' | 'direction' | 'party'>
type Direction = RecordOf<typeof invoice>['direction']

/** Throws a refusal with the reason in words. */
export async function takeIn(ctx: Ctx, read: EInvoice, file: FileRef): Promise<Made> {
  const { company, direction } = await ownerOf(ctx, read)
  const other = direction === 'in' ? read.seller : read.buyer
  const identity = identityOf({ code: read.code, invoice_no: read.number })
  await refuseKnown(ctx, company, identity)
  if (read.red) return { ...(await takeRed(ctx, read, company, file)), direction, party: other.name }
  if (other.taxId === null) throw refuse('invoice.party_no_tax_id', { name: other.name })
  const parties = await list(asSystem(ctx), counterparty, { filter: { credit_code: { eq: other.taxId } }, limit: 1 })
  const [party] = parties.items
  if (!party) throw refuse('invoice.party_unknown', { name: other.name, tax_id: other.taxId })
  const agreed = await contractOf(ctx, read, { company, direction, party: party.id })
  const made = await create(ctx, invoice, {
    ...{ invoice_no: read.number, code: read.code, direction, type: read.type, issued_on: read.issuedOn, company },
    ...{ counterparty: party.id, contract: agreed?.id ?? null, project: agreed?.project ?? null },
    ...{ seller_name: read.seller.name, seller_tax_id: read.seller.taxId },
    ...{ buyer_name: read.buyer.name, buyer_tax_id: read.buyer.taxId },
    service: serviceOf(read, agreed !== null),
    ...{ site_name: read.site?.name ?? null, site_place: read.site?.place ?? null },
    cross_city: read.site?.crossCity ?? false,
    ...{ price_mode: 'gross', lines: read.lines.map(lineOf), printed_amount: read.gross },
    ...{ original: [file], note: read.remark?.slice(0, 2000) ?? null },
  })
  return { outcome: 'draft', id: made.id, direction, party: party.name }
}

/** The company it is made out to, by tax id; else the one that issued it. */
async function ownerOf(ctx: Ctx, read: EInvoice): Promise<{ company: Id<'org_unit'>; direction: Direction }> {
  for (const [direction, side] of [
    ['in', read.buyer],
    ['out', read.seller],
  ] as const) {
    if (side.taxId === null) continue
    const { items } = await list(asSystem(ctx), 'org_unit', {
      filter: { tax_id: { eq: side.taxId }, type: { eq: 'company' } },
      limit: 1,
    })
    const [found] = items
    if (found) return { company: found.id as Id<'org_unit'>, direction }
  }
  throw refuse('invoice.not_ours', { buyer: read.buyer.name, tax_id: read.buyer.taxId ?? '—' })
}

async function refuseKnown(ctx: Ctx, company: Id<'org_unit'>, identity: string | null): Promise<void> {
  const { items } = await list(asSystem(ctx), invoice, {
    filter: { company: { eq: company }, identity: { eq: identity } },
    fields: ['number', 'issued_on'],
    limit: 1,
  })
  const [there] = items
  if (there) throw refuse('invoice.twice', { number: there.number ?? '—', issued_on: there.issued_on })
}

/** Taken off its original at once, by whoever may do so by hand. */
async function takeRed(ctx: Ctx, read: EInvoice, company: Id<'org_unit'>, file: FileRef) {
  const number = read.red?.number ?? null
  if (number === null) throw refuse('invoice.red_without_original')
  const { items } = await list(ctx, invoice, {
    filter: {
      company: { eq: company },
      invoice_no: { eq: number },
      state: { eq: 'effective' },
      reverses: { empty: true },
    },
    fields: ['number'],
    limit: 1,
  })
  const [there] = items
  if (!there) throw refuse('invoice.red_unknown', { number })
  const original = await get(ctx, invoice, there.id)
  // The amount as the original was entered.
  const amount = negate(original.price_mode === 'gross' ? read.gross : read.net)
  const done = await run(ctx, invoice, original.id, 'redden', {
    ...{ invoice_no: read.number, code: read.code, issued_on: read.issuedOn, amount, lines: linesOf(original, read) },
    ...{ reason: '红字发票', confirmation_no: read.red?.confirmation ?? null },
  })
  const mirror = typeof done === 'object' && done !== null && 'mirror' in done ? String(done.mirror) : null
  if (mirror !== null) await patch(asSystem(ctx), invoice.name, mirror, undefined, { original: [file] })
  return { outcome: 'red' as const, id: mirror }
}

/** Which lines the red paper names; null where they cannot be told apart: then its amount is spread over them. */
function linesOf(original: RecordOf<typeof invoice>, read: EInvoice) {
  const named = read.lines.map(line => {
    const same = original.lines.filter(
      each => each.name === line.name && each.spec === line.spec && compare(each.tax_rate, line.rate) === 0,
    )
    const amount = negate(original.price_mode === 'gross' ? r2(add(line.net, line.tax)) : line.net)
    return same.length === 1 && same[0] ? { line: same[0].id, amount } : null
  })
  const lines = named.filter(each => each !== null)
  return lines.length === named.length && new Set(lines.map(each => each.line)).size === lines.length ? lines : null
}

/** The one contract with that party in force, or of several the one of the building project named; else people choose. */
async function contractOf(
  ctx: Ctx,
  read: EInvoice,
  { company, direction, party }: { company: Id<'org_unit'>; direction: Direction; party: Id<'counterparty'> },
) {
  const { items } = await list(ctx, contract, {
    filter: {
      ...{ counterparty: { eq: party }, company: { eq: company }, state: { eq: 'effective' } },
      direction: { eq: direction === 'in' ? 'expense' : 'income' },
    },
    fields: ['name', 'project', 'contract_no'],
    limit: 50,
  })
  if (items.length <= 1) return items[0] ?? null
  const named = items.filter(each => each.contract_no !== null && (read.remark ?? '').includes(each.contract_no))
  if (named.length === 1) return named[0] ?? null
  const site = read.site?.name ?? null
  if (site === null) return null
  const there = []
  for (const each of items) if (isNamed(site, (await get(asSystem(ctx), project, each.project)).name)) there.push(each)
  return there.length === 1 ? (there[0] ?? null) : null
}

/** Gross as printed; what its tax differs from the computed one is kept beside it. */
function lineOf(line: EInvoiceLine) {
  const amount = r2(subtract(line.net, negate(line.tax)))
  const { tax } = fromGross(amount, line.rate)
  return {
    ...{ name: line.name.slice(0, 300), spec: line.spec?.slice(0, 100) ?? null, unit: line.unit?.slice(0, 20) ?? null },
    ...{ qty: line.qty, price: line.price, amount, tax_rate: line.rate, tax_diff: subtract(line.tax, tax) },
  }
}

/** Building services need a project and a place: of the file, or of the contract’s project. */
function serviceOf(read: EInvoice, agreed: boolean): RecordOf<typeof invoice>['service'] {
  const name = read.lines[0]?.name ?? ''
  if (read.site || name.includes('建筑服务')) return read.site || agreed ? 'construction' : 'other'
  if (name.includes('租赁')) return 'lease'
  return read.lines.some(line => compare(line.rate, '0.13') === 0) ? 'goods' : 'other'
}
