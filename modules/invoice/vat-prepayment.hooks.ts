// A prepayment keeps the figures of its month as they are when it is written; a month of a project is prepaid once.
import { asSystem, get, hooks, list, refuseInput } from '@yingzao/kernel/server'
import { project } from '../project/project.entity.ts'
import { prepaymentsOf } from './prepayment.ts'
import { vatPrepayment } from './vat-prepayment.entity.ts'

export default hooks(vatPrepayment, {
  async beforeSave(ctx, record) {
    if (!['draft', 'rejected'].includes(record.state)) return undefined
    const system = asSystem(ctx)
    const { company } = await get(system, project, record.project)
    const { items } = await list(system, vatPrepayment, {
      filter: {
        project: { eq: record.project },
        month: { eq: record.month },
        state: { in: ['draft', 'pending', 'rejected', 'effective'] },
      },
      fields: ['number'],
      limit: 2,
    })
    const there = items.find(each => each.id !== record.id)
    if (there)
      throw refuseInput([
        { path: 'month', code: 'invoice.month_kept', values: { month: record.month, number: there.number ?? '—' } },
      ])
    const { method, months } = await prepaymentsOf(system, record.project)
    const of = months.find(each => each.month === record.month)
    // Paid all the same, though the ledger knows of nothing: it is kept beside zeros.
    return {
      ...{ company, method, received_amount: of?.received ?? '0', subcontracted_amount: of?.subcontracted ?? '0' },
      ...{ base_amount: of?.base ?? '0', tax_amount: of?.tax ?? '0', carried_amount: of?.carried ?? '0' },
    }
  },
})
