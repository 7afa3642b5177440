// What a step “by the table of powers” asks; read as the system, because whoever submits need not see the table.
import { all, asSystem, powerTable } from '@yingzao/kernel/server'
import { approvalPower } from './power.entity.ts'
import { whoMay } from './who-may.ts'

export default powerTable(async (ctx, question) => {
  const rows = await all(asSystem(ctx), approvalPower, { filter: { from_on: { le: ctx.today } } })
  const powers = rows.flatMap(row => {
    const { person, from_on } = row
    return person === null || from_on === null ? [] : [{ ...row, person, from_on }]
  })
  return whoMay(powers, { ...question, on: ctx.today })
})
