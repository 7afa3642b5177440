// Benchmark: a bill of quantities of 10,000 lines, from the uploaded file to the contract's bill, reconciled to the fen.
import { performance } from 'node:perf_hooks'
import { openDatabase } from '@yingzao/kernel/database'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { contractSite } from './testing/site.ts'

type Report = (
  name: string,
  medianMs: number,
  more?: { readonly baseline?: { readonly name: string; readonly ms: number }; readonly target?: number },
) => void

const LINES = 10_000

export default async function bench(report: Report): Promise<void> {
  const app = await testApp()
  try {
    const { keeper, write, item } = await contractSite(app)
    const lines = Array.from(
      { length: LINES },
      (_, n) => `${n + 1},9701${String(n).padStart(8, '0')},挖土方 ${n},三类土,m3,10,${1 + (n % 37) / 100}`,
    )
    const text = `序号,项目编码,项目名称,项目特征,计量单位,工程量,综合单价\n${lines.join('\n')}\n`
    const { ...stored } = await keeper.upload(new Blob([text]), '清单.csv')
    const file = [{ ...stored }]
    const timed = async (name: string, work: () => Promise<unknown>) => {
      const start = performance.now()
      await work()
      report(name, performance.now() - start)
    }
    await timed('preview of 10,000 lines', () => keeper.perform('contract.bill_preview', { file }))
    const { id } = await write('1.00')
    const cpu = process.cpuUsage()
    const start = performance.now()
    const { job } = await keeper.perform<{ job: string }>('contract.bill_import', {
      ...{ file, contract: id, mapping: { '9701': item } },
    })
    const { state } = await keeper.jobs.wait(job)
    const took = performance.now() - start
    if (state !== 'done') throw new Error(`the import ended ${state}`)
    const { user, system } = process.cpuUsage(cpu)
    report('10,000 lines imported and reconciled', took, {
      baseline: { name: 'the same rows copied in SQL', ms: await copied(app, id) },
      target: 5000,
    })
    report('of it, CPU of this process', (user + system) / 1000)
  } finally {
    await app.close()
  }
}

/** The least that any import does: these rows into a table of the same columns, without index, rule, history or check. */
async function copied(app: TestApp, contract: string): Promise<number> {
  const { db } = openDatabase({ ...app.database, onError: () => {} })
  try {
    await sql`create table t_main.bill_copy (like t_main.bill_item including defaults)`.execute(db)
    const start = performance.now()
    await sql`insert into t_main.bill_copy select * from t_main.bill_item where contract = ${contract}::uuid`.execute(
      db,
    )
    return performance.now() - start
  } finally {
    await db.destroy()
  }
}
