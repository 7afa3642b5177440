// An installation whose bonds kept their returns themselves opens with its data, and its bonds are carried into the ledger.
import { asId } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bid } from './bid.entity.ts'
import { bidBond } from './bid-bond.entity.ts'
import { carryBonds } from './carry.jobs.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app?.close())

test('an older database opens: paid bonds stand in the ledger with what came back, their old lines are kept', async () => {
  const pmo = await app.as('pmo')
  const tender = await pmo.entity(bid).create({ name: '学校', company: app.company, estimate_amount: '8000000' })
  const { id } = await pmo.entity(bidBond).create({ name: '旧保证金', bid: tender.id, amount: '70000.00' })
  const [bonds, lines] = [sql.id(app.host.tenant, 'bid_bond'), sql.id(app.host.tenant, 'bid_bond_return')]
  const { db } = app.host
  await sql`update ${bonds} set state = 'effective', effective_at = now(), returned_amount = 25000, interest_amount = 8,
    outstanding_amount = 45000, paid_on = '2026-02-03' where id = ${id}::uuid`.execute(db)
  for (const name of ['stage', 'payable', 'in_ledger', 'paid_amount', 'pay_by', 'payee_bank', 'payee_number'])
    await sql`alter table ${bonds} drop column ${sql.id(name)}`.execute(db)
  await sql`create table ${lines} (id uuid primary key, parent uuid not null, amount numeric(18,2))`.execute(db)
  await sql`insert into ${lines} values (${newId()}::uuid, ${id}::uuid, 25000)`.execute(db)
  await sql`insert into ${sql.id(app.host.tenant, 'schema_table')} (name, module) values ('bid_bond_return', 'bid')`.execute(
    db,
  )
  await sql`delete from ${sql.id(app.host.tenant, 'schema_migration')} where module = 'bid'`.execute(db)

  const upgraded = await app.node()
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  expect(await carryBonds.run(systemContext(upgraded.host, 'test'), {}, progress)).toEqual({ carried: 1 })
  const finance = await upgraded.as('finance')
  expect(await finance.entity(bidBond).get(asId('bid_bond', id))).toMatchObject({
    ...{ stage: 'paid', paid_on: '2026-02-03', paid_amount: '70000.00', returned_amount: '25000.00' },
    ...{ interest_amount: '8.00', outstanding_amount: '45000.00' },
  })
  const kept = await sql`select from ${sql.id(app.host.tenant, 'bid_bond_return_before')}`.execute(db)
  expect(kept.rows).toHaveLength(1)
})
