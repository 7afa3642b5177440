// A server of its own with every module, for the test that kills it while documents are approved.
// node --import tsx platform/testing/kill/approval-process.ts COUNT: a new organisation with COUNT transfers that wait for finance.
// … approval-process.ts next FOLDER: loads, waits for a line {"connection","home"} on stdin and starts on what is there.
// One JSON line on stdout when it listens: {"url", …}.
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { differences } from '@yingzao/kernel/ledgers/audit'
import { diskStore } from '../../files/disk.ts'
import { systemContext } from '../../http/context.ts'
import { findModules } from '../../loader/find.ts'
import { type TestApp, testApp } from '../app.ts'

const [mode = '', folder = ''] = process.argv.slice(2)
const say = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)

if (mode === 'next') {
  // Loaded before it is asked for: what is tested is the start on a database whose server died.
  await findModules(fileURLToPath(new URL('../../../modules', import.meta.url)), { files: await diskStore(folder) })
  say({ loaded: true })
  for await (const line of createInterface({ input: process.stdin })) {
    const app = await testApp({ installation: JSON.parse(line) })
    say({ url: app.url, wrong: await wrongIn(app) })
  }
} else {
  const app = await testApp()
  const { cookies, documents } = await waiting(app, Number(mode))
  say({ url: app.url, connection: app.database, home: app.home, cookies, documents })
}

/** Balances that are not the sum of their entries and reservations, of every ledger there is. */
async function wrongIn({ host }: TestApp): Promise<unknown[]> {
  const found: unknown[] = []
  for (const ledger of host.registry.ledgers.keys())
    found.push(...(await differences(systemContext(host, 'kill'), ledger)))
  return found
}

/** To and fro between two accounts of the company, submitted by the cashier; two people of finance may approve. */
async function waiting(app: TestApp, count: number) {
  const [cashier, ...finance] = [await app.as('cashier'), await app.as('finance'), await app.as('finance')]
  const [one, two] = await Promise.all(
    ['1', '2'].map(async end => {
      const account = { name: `账户 ${end}`, type: 'general', company: app.company, bank: '云州银行' }
      const opening = { number: `622202020000000${end}`, opening_amount: '1000000', opening_on: '2025-01-01' }
      const made = await finance[0]?.entity<string>('bank_account').create({ ...account, ...opening })
      return made?.id ?? ''
    }),
  )
  const transfers = cashier.entity<string>('transfer')
  const documents = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const [from_account, to_account] = n % 2 === 0 ? [one, two] : [two, one]
      const { id } = await transfers.create({ name: `调拨 ${n}`, from_account, to_account, amount: '1.00' })
      await transfers.run(id, 'submit')
      return id
    }),
  )
  return { cookies: finance.map(each => each.cookie), documents }
}
