// An answer is of its variation, allows no more than was claimed, and answers each line once. Effective, it changes the bill.
import { absolute, compare, fromGross, fromNet, isZero, lineAmount } from '@yingzao/engines/money'
import { asSystem, type Ctx, get, hooks, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { applyToBill } from './apply-to-bill.ts'
import type { TermError } from './terms.ts'
import { variation } from './variation.entity.ts'
import { variationAnswer } from './variation-answer.entity.ts'
import type { Answer, Variation, VariationLine } from './variation-line.ts'

export default hooks(variationAnswer, {
  async beforeSave(ctx, record) {
    if (record.state !== 'draft' && record.state !== 'rejected') return undefined
    const of = await get(asSystem(ctx), variation, record.variation)
    const errors: TermError[] = []
    const taxed = of.price_mode === 'net' ? fromNet : fromGross
    const met = new Set<number>()
    const lines = record.lines.map((line, at) => {
      const say = (code: string, field = 'line_no') =>
        errors.push({ path: `lines.${at}.${field}`, code: `contract.${code}` })
      const claimed = lineOf(of, line.line_no)
      if (!claimed || met.has(line.line_no)) say('answer_line')
      else if (claimed.approved_amount !== null) say('answered_already')
      met.add(line.line_no)
      const most = claimed?.gross_amount ?? '0'
      const allowed = taxed(lineAmount(line.qty, line.price), claimed?.tax_rate ?? '0').gross
      if (
        !isZero(allowed) &&
        (allowed.startsWith('-') !== most.startsWith('-') || compare(absolute(allowed), absolute(most)) > 0)
      )
        say('over_claimed', 'qty')
      return {
        ...line,
        name: claimed?.name ?? null,
        claimed_qty: claimed?.qty ?? null,
        claimed_amount: claimed?.gross_amount ?? null,
        tax_rate: claimed?.tax_rate ?? line.tax_rate,
      }
    })
    if (errors.length > 0) throw refuseInput(errors)
    const { contract, project, company, price_mode } = of
    return { lines, contract, project, company, price_mode }
  },
  async afterSave(ctx, after, before) {
    if (!after || !before || after.state === before.state) return
    if (after.state === 'effective') await write(asSystem(ctx), after, 1)
    if (after.state === 'void') await write(asSystem(ctx), after, -1)
  },
})

const lineOf = (of: Variation, number: number): VariationLine | undefined => of.lines[number - 1]

/** The variation knows what was answered; its row is locked by the first write, so that no line is answered twice. */
async function write(system: Ctx, answer: Answer, factor: 1 | -1): Promise<void> {
  await patch(system, variation.name, answer.variation, undefined, { answer: 'partly' })
  const of = await get(system, variation, answer.variation)
  const pairs = answer.lines.flatMap(line => {
    const claimed = lineOf(of, line.line_no)
    return claimed ? [{ line, claimed }] : []
  })
  if (factor === 1 && pairs.some(({ claimed }) => claimed.approved_amount !== null))
    throw refuse('contract.answered_already')
  await patch(system, variation.name, of.id, undefined, {
    lines: {
      upsert: pairs.map(({ line, claimed }) => ({
        id: claimed.id,
        approved_qty: factor === 1 ? line.qty : null,
        approved_amount: factor === 1 ? line.gross_amount : null,
      })),
    },
  })
  await applyToBill(
    system,
    of,
    pairs.flatMap(({ line: { qty, price }, claimed }) => (isZero(qty) ? [] : [{ ...claimed, qty, price }])),
    factor,
  )
  const now = await get(system, variation, of.id)
  const open = now.lines.filter(line => line.approved_amount === null).length
  const state = open === 0 ? 'answered' : open === now.lines.length ? 'waiting' : 'partly'
  await patch(system, variation.name, of.id, undefined, { answer: state })
}
