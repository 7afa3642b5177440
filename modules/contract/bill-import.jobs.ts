// 导入大清单: a large bill is written by a job that tells how far it is. Stopped or killed, nothing of it is there.
import { job, list } from '@yingzao/kernel/server'
import { readBill } from './bill-file.ts'
import { keepBill } from './bill-import.ts'
import { billItem } from './bill-item.entity.ts'

/** Of the whole work: reading the file before the items are written. */
const reading = 0.1

export const importLargeBill = job('contract.bill_import', {
  label: { zh: '导入清单', en: 'Import a bill of quantities' },
  as: 'asker',
  async run(ctx, input, progress) {
    // Run a second time after its transaction was committed.
    const first = String(input.first)
    const known = await list(ctx, billItem, { filter: { id: { eq: first } }, fields: ['code'], limit: 1 })
    if (known.items.length > 0) return { created: null }
    await progress(0, { zh: '正在读取文件', en: 'Reading the file' })
    const { bill } = await readBill(ctx, input)
    return await keepBill(ctx, bill, input, done => progress(reading + (1 - reading) * done))
  },
})
