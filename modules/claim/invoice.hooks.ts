// An invoice that somebody claimed is not paid again under a contract.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { invoice } from '../invoice/invoice.entity.ts'
import { claimOfInvoice } from './paper.ts'

export default hooks(invoice, {
  async beforeSave(ctx, record) {
    const { contract, direction, identity, lines, reverses, state } = record
    const ofContract = contract !== null || lines.some(line => line.contract !== null)
    if (!ofContract || direction !== 'in' || identity === null || reverses !== null) return undefined
    if (state !== 'draft' && state !== 'pending' && state !== 'rejected') return undefined
    const claimed = await claimOfInvoice(ctx, identity)
    if (claimed === null) return undefined
    throw refuseInput([{ path: 'invoice_no', code: 'claim.invoice_of_claim', values: { claim: claimed } }])
  },
})
