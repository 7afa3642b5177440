// Due dates of approvals are counted in the organisation's working hours.
import { workTime } from '@yingzao/kernel/server'
import { hoursLater } from './work-time.ts'

export default workTime(async (ctx, from, hours) => hoursLater(ctx.zone, from, hours))
