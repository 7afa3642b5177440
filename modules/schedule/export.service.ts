// 导出计划文件: the plan with its computed dates as a file of Microsoft Project or Primavera P6, and what the file cannot say.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { MINUTES_PER_DAY, type Plan, parseDay } from '@yingzao/engines/schedule'
import { lossLog } from '@yingzao/formats/loss'
import { planExtension, type WritableFormat, writePlanFile } from '@yingzao/formats/plan-file'
import { readPlanTable, writePlanTable } from '@yingzao/formats/plan-table'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import { act, handle, refuse } from '@yingzao/kernel/server'
import { asSeen } from './costs.ts'
import { plan } from './plan.entity.ts'
import { planCalendar } from './plan-calendar.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'
import { revivedPlan } from './revive.ts'

type Format = WritableFormat | 'xlsx'
const types: Readonly<Record<Format, string>> = {
  mspdi: 'application/xml',
  xer: 'text/plain',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}
const isFormat = (value: unknown): value is Format => value === 'mspdi' || value === 'xer' || value === 'xlsx'

async function asSheet(value: Plan, lang: 'zh' | 'en') {
  const losses = lossLog()
  const stream = new PassThrough()
  const [bytes] = await Promise.all([buffer(stream), writePlanTable(stream, value, reckon(value), lang, losses)])
  return { bytes, loss: losses.list() }
}

/** An example to write over, in the columns that are read and written. */
const examples = {
  zh: `序号,层级,任务名称,工期,开始时间,前置任务,资源,里程碑,固定成本,备注
1,1,主体结构,,,,,,,
2,2,土方开挖,10天,2026-03-02,,挖掘机,,120000,
3,2,底板混凝土,5天,,2,"混凝土班组,塔吊[50%]",,380000,养护不少于 7 天
4,2,侧墙混凝土,8天,,3FS+2天,混凝土班组,,260000,
5,2,主体完成,0天,,4,,是,,`,
  en: `No,Level,Task name,Duration,Start,Predecessors,Resources,Milestone,Fixed cost,Notes
1,1,Structure,,,,,,,
2,2,Excavation,10d,2026-03-02,,Excavator,,120000,
3,2,Base slab,5d,,2,"Concrete crew,Crane[50%]",,380000,Cure for 7 days at least
4,2,Walls,8d,,3FS+2d,Concrete crew,,260000,
5,2,Structure complete,0d,,4,,Yes,,`,
} as const

export const template = act('schedule.sheet_template', async ({ lang }) => {
  const today = (parseDay('2026-03-02') ?? 0) * MINUTES_PER_DAY
  const reading = await readPlanTable(Buffer.from(examples[lang]), {}, { today })
  if (!reading.ok) throw new Error(reading.error.code)
  const { bytes } = await asSheet(reading.plan, lang)
  const name = lang === 'zh' ? '进度计划模板.xlsx' : 'Plan template.xlsx'
  return { name, type: types.xlsx, base64: Buffer.from(bytes).toString('base64') }
})

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
    const { format } = input
    const { bytes, loss } =
      format === 'xlsx' ? await asSheet(value, ctx.lang) : writePlanFile(value, format, reckon(value))
    const name = `${record.name}.${format === 'xlsx' ? format : planExtension[format]}`
    const content =
      format === 'xlsx' ? { base64: Buffer.from(bytes).toString('base64') } : { text: new TextDecoder().decode(bytes) }
    return { name, type: types[format], ...content, loss }
  },
})
