// 导入大计划: a large plan file is written by a job that tells how far it is. Killed, nothing of it is there and it begins anew.
import { job, list } from '@yingzao/kernel/server'
import { chosenPlan, keepImported, readUpload } from './import.ts'
import { plan } from './plan.entity.ts'

/** Of the whole work: reading and computing before the rows are written, and projecting the dates after it. */
const reading = 0.1
const writing = 0.8

export const importLargePlan = job('schedule.import', {
  label: { zh: '导入计划', en: 'Import a plan' },
  as: 'asker',
  async run(ctx, input, progress) {
    const id = String(input.plan)
    // Run a second time after its transaction was committed.
    const known = await list(ctx, plan, { filter: { id: { eq: id } }, fields: ['name'], limit: 1 })
    if (known.items.length > 0) return { plan: id }
    await progress(0, { zh: '正在读取文件', en: 'Reading the file' })
    const { reading: read, ...upload } = await readUpload(ctx, input)
    const value = chosenPlan(read, input)
    await progress(reading, { zh: '正在写入任务', en: 'Writing the tasks' })
    const asked = { plan: id, project: String(input.project), name: String(input.name) }
    const made = await keepImported(
      ctx,
      { ...asked, make_current: input.make_current === true, value, upload, loss: read.loss },
      done => progress(reading + writing * done),
    )
    return { plan: made.plan }
  },
})
