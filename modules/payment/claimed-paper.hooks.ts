// An invoice that a payment request pays without a contract is not claimed by a person too.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { claim } from '../claim/claim.entity.ts'
import { requestOfInvoice } from './cost-of-request.ts'

export default hooks(claim, {
  async beforeSave(ctx, { lines, reverses }, before) {
    if (reverses !== null || before?.state === 'effective') return undefined
    for (const [at, { invoice_no }] of lines.entries()) {
      const request = invoice_no === null ? null : await requestOfInvoice(ctx, invoice_no)
      if (request !== null)
        throw refuseInput([{ path: `lines.${at}.invoice_no`, code: 'payment.invoice_requested', values: { request } }])
    }
    return undefined
  },
})
