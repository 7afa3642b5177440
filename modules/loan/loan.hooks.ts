// A loan has one rate a day.
import { hooks, refuseInput } from '@yingzao/kernel/server'
import { loan } from './loan.entity.ts'

export default hooks(loan, {
  async beforeSave(_, { rates }) {
    const twice = rates.findIndex(({ from_on }, at) => rates.findIndex(each => each.from_on === from_on) < at)
    if (twice >= 0) throw refuseInput([{ path: `rates.${twice}.from_on`, code: 'loan.rate_twice' }])
    return undefined
  },
})
