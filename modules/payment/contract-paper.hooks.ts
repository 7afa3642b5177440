// An invoice that a payment request pays without a contract does not count under a contract too.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { invoice } from '../invoice/invoice.entity.ts'
import { requestOfInvoice } from './cost-of-request.ts'

export default hooks(invoice, {
  async beforeSave(ctx, { contract, direction, identity, lines, reverses, state }) {
    const ofContract = contract !== null || lines.some(line => line.contract !== null)
    if (!ofContract || direction !== 'in' || identity === null || reverses !== null) return undefined
    if (state !== 'draft' && state !== 'pending' && state !== 'rejected') return undefined
    const request = await requestOfInvoice(ctx, identity)
    if (request !== null)
      throw refuseInput([{ path: 'invoice_no', code: 'payment.invoice_requested', values: { request } }])
    return undefined
  },
})
