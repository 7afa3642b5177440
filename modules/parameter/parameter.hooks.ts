// No day has two values of a company, and the list shows the one that holds today.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { overlapping, valueIn } from './in-force.ts'
import { parameter } from './parameter.entity.ts'

export default hooks(parameter, {
  async beforeSave(ctx, record) {
    const at = overlapping(record.values)
    if (at !== null) throw refuseInput([{ path: `values.${at}.from_on`, code: 'parameter.overlap' }])
    return { value: valueIn(record.values, ctx.today, null) }
  },
})
