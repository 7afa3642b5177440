// Benchmark of approval: 100 people approve at once, each his own documents, posting included; nothing is lost or doubled.
import { performance } from 'node:perf_hooks'
import { type Id, step } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { create, run } from '../records.ts'
import { books, fund, item } from '../testing/books.ts'
import { payment, signing } from '../testing/signing.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { approvalFlow } from './flow.entity.ts'

const PEOPLE = 100
const EACH = Number(process.env.YINGZAO_BENCH_APPROVALS ?? 10)

type Report = (
  name: string,
  value: number,
  more?: { readonly p95?: number; readonly target?: number; readonly unit?: string },
) => void

export default async function bench(report: Report): Promise<void> {
  const world = await testWorld([], [books, signing])
  try {
    await measure(world, report)
  } finally {
    await world.drop()
  }
}

async function measure(world: World, report: Report): Promise<void> {
  const clerk = await world.person('clerk@group')
  const people: { id: Id<'user'>; ctx: Ctx }[] = []
  for (let at = 0; at < PEOPLE; at++) people.push(await world.person('lead@tower'))
  const things: Id<'t_item'>[] = []
  for (let at = 0; at < PEOPLE; at++) {
    const thing = (await create(world.system, item, { name: `Item ${at}` })).id
    things.push(thing)
    const made = await create(world.system, fund, { project: world.projects.tower, item: thing, amount: '99999999' })
    await run(world.system, fund, made.id, 'submit')
  }
  const label = { zh: 'x', en: 'x' }
  // The person in a field of the document is asked: each has his own.
  const content = { name: 't_sign', label, root: { ...step('only', label, { field: 'adviser' }) } }
  const flow = await create(world.system, approvalFlow, {
    name: 't_sign',
    entity: 't_payment',
    content: JSON.parse(JSON.stringify(content)),
  })
  await run(world.system, approvalFlow, flow.id, 'publish')
  const mine: string[][] = []
  for (const [at, person] of people.entries()) {
    const thing = things[at]
    if (!thing) continue
    const own: string[] = []
    for (let each = 0; each < EACH; each++) {
      const made = await create(clerk.ctx, payment, {
        ...{ project: world.projects.tower, item: thing, why: 'bench', amount: '1', adviser: person.id },
      })
      await run(clerk.ctx, payment, made.id, 'submit')
      own.push(made.id)
    }
    mine.push(own)
  }
  const signed = await Promise.all(people.map(person => world.as(person.id)))
  const times: number[] = []
  const from = performance.now()
  await Promise.all(
    signed.map(async (ctx, at) => {
      for (const id of mine[at] ?? []) {
        const begun = performance.now()
        await run(ctx, payment, id, 'approve')
        times.push(performance.now() - begun)
      }
    }),
  )
  const seconds = (performance.now() - from) / 1000
  const { rows } = await sql<{ effective: number; entries: number; approved: number }>`select
      (select count(*)::integer from ${sql.id(tenant, 't_payment')} where state = 'effective') as effective,
      (select count(*)::integer from ${sql.id(tenant, 't_cost')} where entity = 't_payment') as entries,
      (select count(*)::integer from ${sql.id(tenant, 'approval_trail')} where act = 'approved') as approved`.execute(
    world.system.db,
  )
  const total = PEOPLE * EACH
  const [counted] = rows
  if (counted?.effective !== total || counted.entries !== total || counted.approved !== total)
    throw new Error(`lost or doubled: ${JSON.stringify(counted)} of ${total}`)
  times.sort((a, b) => a - b)
  const p95 = times[Math.floor(times.length * 0.95)] ?? 0
  report(`approve and post, ${PEOPLE} at once`, Math.round(total / seconds), { unit: 'actions/s' })
  report(`approve and post, ${PEOPLE} at once: p95 of one`, p95)
}
