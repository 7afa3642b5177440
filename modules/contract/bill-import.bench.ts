// Benchmark: a bill of quantities of 10,000 lines, from the uploaded file to the contract's bill, reconciled to the fen.
import { performance } from 'node:perf_hooks'
import { testApp } from '@yingzao/platform/testing/app'
import { contractSite } from './testing/site.ts'

type Report = (name: string, medianMs: number) => void

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
    await timed('10,000 lines imported and reconciled', () =>
      keeper.perform('contract.bill_import', { file, contract: id, mapping: { '9701': item } }),
    )
  } finally {
    await app.close()
  }
}
