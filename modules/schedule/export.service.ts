// 导出计划文件: the plan with its computed dates as a file of Microsoft Project or Primavera P6, and what the file cannot say.
import { planExtension, type WritableFormat, writePlanFile } from '@yingzao/formats/plan-file'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import { handle, refuse } from '@yingzao/kernel/server'
import { asSeen } from './costs.ts'
import { plan } from './plan.entity.ts'
import { planCalendar } from './plan-calendar.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'
import { revivedPlan } from './revive.ts'

const types: Readonly<Record<WritableFormat, string>> = { mspdi: 'application/xml', xer: 'text/plain' }
const isFormat = (value: unknown): value is WritableFormat => value === 'mspdi' || value === 'xer'

export default handle(plan, {
  async file(ctx, record, input) {
    if (isNone(rightsOf(ctx, plan.name).rows('export'))) throw refuse('access.denied', { function: 'export' })
    if (input.format === 'ics') {
      const value = await readPlan(ctx, record)
      // A calendar has room for names and dates alone: nothing of it is a loss to list.
      return { name: `${record.name}.ics`, type: 'text/calendar', text: planCalendar(ctx, record, value), loss: [] }
    }
    if (!isFormat(input.format)) throw refuse('schedule.invalid_edit', { reason: 'format' })
    const value = revivedPlan(await asSeen(ctx, record, await readPlan(ctx, record)))
    const { bytes, loss } = writePlanFile(value, input.format, reckon(value))
    // Both formats are UTF-8 text.
    const text = new TextDecoder().decode(bytes)
    return { name: `${record.name}.${planExtension[input.format]}`, type: types[input.format], text, loss }
  },
})
