// The soak: many writers at once submit, approve, reject, withdraw, resubmit, reverse and void documents at random; whatever
// happens, no limit is crossed, nothing is posted twice, no deadlock is shown, and every balance is the sum of its entries.
import type { Decimal, Id } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { openDatabase } from '../database.ts'
import { differences } from '../ledgers/audit.ts'
import { create, run } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { cost, fund, issue, item, receipt, request, stock } from './books.ts'
import { tenant, type World } from './world.ts'

export interface SoakOptions {
  readonly operations: number
  readonly writers: number
  readonly seed: number
  readonly say?: (line: string) => void
}
export interface SoakResult {
  /** How often each action was done, by `entity.action`. */
  readonly done: Readonly<Record<string, number>>
  /** How often it was refused, by code. */
  readonly refused: Readonly<Record<string, number>>
  /** Whatever is neither: bugs. */
  readonly broken: readonly string[]
  /** Rules that do not hold afterwards. */
  readonly violated: readonly string[]
  /** Circles of waiting that PostgreSQL broke. */
  readonly deadlocks: number
  readonly seconds: number
}

/** Small and repeatable (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const kinds = [request, receipt, issue, fund] as const
type Kind = (typeof kinds)[number]['name']
/** What may be tried in a state; some of it is refused, which is part of the test. */
const moves: Readonly<Record<string, readonly string[]>> = {
  draft: ['submit', 'submit', 'submit'],
  rejected: ['submit', 'submit'],
  pending: ['approve', 'approve', 'approve', 'approve', 'reject', 'return', 'withdraw', 'submit'],
  effective: ['reverse', 'void', 'reverse', 'void', 'approve', 'approve'],
  reversed: ['reverse'],
  void: ['reverse'],
}
const expected =
  /^(limit\.|approval\.(no_task|begun|not_starter)|document\.|verb\.not_now|access\.(denied|own_approval)|record\.not_found|record\.stale)/

export async function soakDocuments(world: World, options: SoakOptions): Promise<SoakResult> {
  const { operations, writers, seed, say = () => {} } = options
  const { db } = openDatabase({ connectionString: world.url, max: writers, onError: () => {} })
  const on = (ctx: Ctx): Ctx => ({ ...ctx, db })
  const [clerk, director] = [await world.person('clerk@group'), await world.person('director@north')]
  // Nobody approves what he submitted himself: there is a second director.
  const others = await Promise.all(['lead@tower', 'director@north', 'chief@group'].map(held => world.person(held)))
  const people = [clerk, director, ...others]
  const items: Id<'t_item'>[] = []
  for (let n = 0; n < 3; n++) items.push((await create(world.system, item, { name: `Soak ${n}` })).id)
  const done: Record<string, number> = {}
  const refused: Record<string, number> = {}
  const broken: string[] = []
  const started = performance.now()
  let left = operations
  /** The last that any writer submitted. */
  const lately: { readonly entity: Kind; readonly id: string }[] = []

  async function writer(random: () => number): Promise<void> {
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
    const amount = (most: number, least = 0.01): Decimal => `${Number((random() * most + least).toFixed(2))}`
    const known: { entity: Kind; id: string }[] = []
    const lines = () =>
      Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({ item: pick(items), qty: amount(9) }))

    async function begin(): Promise<void> {
      const place = { project: world.projects.tower }
      const entity = pick(['t_request', 't_request', 't_receipt', 't_issue', 't_fund'] as const)
      const ctx = on(entity === 't_fund' ? director.ctx : clerk.ctx)
      const made =
        entity === 't_request'
          ? await create(ctx, request, {
              ...place,
              why: 'soak',
              // Months in any order, so that running balances are followed up.
              ...(random() < 0.5 && { spent_on: pick(days) }),
              // Worth something: 0.01 of a thing at 0.01 rounds to nothing, which the rule of requests refuses.
              lines: lines().map(line => ({ ...line, price: amount(89, 1) })),
            })
          : entity === 't_receipt'
            ? await create(ctx, receipt, { ...place, lines: lines() })
            : entity === 't_issue'
              ? await create(ctx, issue, { ...place, lines: lines() })
              : await create(ctx, fund, { ...place, item: pick(items), amount: amount(900) })
      known.push({ entity, id: made.id })
      count(done, `${entity}.create`)
    }

    async function go(): Promise<void> {
      // Of all writers' documents now and then, so that several meet at one.
      const document = random() < 0.4 && lately.length > 0 ? pick(lately) : pick(known)
      const { rows } = await sql<{
        state: string
      }>`select state from ${sql.id(tenant, document.entity)} where id = ${document.id}::uuid`.execute(db)
      const action = pick(moves[rows[0]?.state ?? ''] ?? ['submit'])
      const judges = action === 'approve' || action === 'reject' || action === 'return'
      const who = judges ? await asked(document.id) : document.entity === 't_fund' || random() < 0.5 ? director : clerk
      const input =
        action === 'submit' || action === 'withdraw'
          ? {}
          : judges
            ? { opinion: 'soak' }
            : { reason: 'soak', ...(await part(document, action)) }
      // Rights change with every task: as a request would, the person is read again.
      const ctx = on(await world.as(who.id))
      await run(ctx, document.entity, document.id, action, input)
      if (action === 'submit' && lately.push(document) > 8) lately.shift()
      count(done, `${document.entity}.${action}`)
    }

    /** Half of all reversals take back some of one line. */
    async function part({ entity, id }: { entity: Kind; id: string }, action: string): Promise<object> {
      if (action !== 'reverse' || entity === 't_fund' || random() < 0.5) return {}
      const { rows } = await sql<{
        id: string
      }>`select id from ${sql.id(tenant, `${entity}_line`)} where parent = ${id}::uuid`.execute(db)
      return rows[0] ? { lines: [{ id: pick(rows).id, qty: amount(6) }] } : {}
    }

    async function asked(document: string) {
      const { rows } = await sql<{ user: string }>`select t."user" from ${sql.id(tenant, 'approval_task')} t
        join ${sql.id(tenant, 'approval_instance')} i on i.id = t.instance
        where i.document = ${document}::uuid and t.state = 'open' limit 1`.execute(db)
      return people.find(each => each.id === rows[0]?.user) ?? director
    }

    while (left > 0) {
      left -= 1
      if (left % 5000 === 0)
        say(`${operations - left} operations, ${Math.round((performance.now() - started) / 1000)} s`)
      try {
        if (known.length < 3 || random() < 0.3) await begin()
        else await go()
      } catch (error) {
        const { code } = error instanceof Refusal ? error : { code: '' }
        if (expected.test(code)) count(refused, code)
        else broken.push(String(error))
      }
      if (known.length > 60) known.shift()
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, n) => writer(randomOf(seed * 1000 + n))))
  const seconds = (performance.now() - started) / 1000
  const violated = await violations(on(world.system))
  await db.destroy()
  // Those that were tried again count as well: everybody takes locks in one order.
  const { rows } = await sql<{ deadlocks: number }>`select deadlocks from pg_stat_database
    where datname = current_database()`.execute(world.system.db)
  return { done, refused, broken, violated, deadlocks: rows[0]?.deadlocks ?? 0, seconds }
}

const days = ['2026-01-05', '2026-02-17', '2026-05-31', '2026-08-09'] as const

const count = (into: Record<string, number>, name: string): void => {
  into[name] = (into[name] ?? 0) + 1
}

/** Every rule the books must keep, asked of the database itself and not of the kernel's own balances alone. */
export async function violations(ctx: Ctx): Promise<string[]> {
  const found: string[] = []
  const none = async (what: string, query: ReturnType<typeof sql>) => {
    const { rows } = await query.execute(ctx.db)
    if (rows.length > 0) found.push(`${what}: ${JSON.stringify(rows.slice(0, 3))}`)
  }
  const at = (name: string) => sql.id(ctx.tenant, name)
  for (const { name } of [cost, stock]) {
    const differing = await differences(ctx, name)
    if (differing.length > 0)
      found.push(`${name}: balances are not the sum of entries: ${JSON.stringify(differing.slice(0, 3))}`)
    for (const { name: entity } of kinds)
      await none(
        `${name}: reservations of ${entity} that is not pending`,
        sql`select r.document from ${at(`${name}_reserved`)} r join ${at(entity)} d on d.id = r.document where r.entity = ${entity} and d.state <> 'pending'`,
      )
  }
  // Ids are given under the lock of the balance, so their order is the order in which the limits were judged.
  await none(
    'stock was below zero at some moment',
    sql`select key from (select key, qty, sum(qty) over (partition by key order by id) as there from ${at('t_stock')}) s where qty < 0 and there < 0`,
  )
  await none(
    'more than 105 % of a budget was spent at some moment',
    sql`select key from (select key, amount, sum(amount) over w as spent, sum(budget) over w as allowed from ${at('t_cost')}
      window w as (partition by key order by id)) s where amount > 0 and spent > 1.05 * allowed`,
  )
  await none(
    'posted twice',
    sql`select document, event, count(*) from ${at('posting')} group by 1, 2 having count(*) > 1`,
  )
  for (const [entity, line, value] of [
    ['t_request', 't_request_line', 'amount'],
    ['t_issue', 't_issue_line', 'round(qty * 1.5, 2)'],
  ] as const) {
    await none(
      `${entity}: entries are not what its effective documents say`,
      sql`select d.id from ${at(entity)} d
        join lateral (select coalesce(sum(${sql.raw(value)}), 0) as said from ${at(line)} l where l.parent = d.id) s on true
        join lateral (select coalesce(sum(amount), 0) as posted from ${at('t_cost')} c where c.document = d.id) p on true
        where p.posted <> case when d.state in ('effective', 'reversed', 'closed') then s.said else 0 end`,
    )
    await none(
      `${entity}: reservations are not its pending documents`,
      sql`select d.id from ${at(entity)} d
        join lateral (select coalesce(sum(${sql.raw(value)}), 0) as said from ${at(line)} l where l.parent = d.id) s on true
        join lateral (select coalesce(sum(amount), 0) as held from ${at('t_cost_reserved')} c where c.document = d.id) p on true
        where p.held <> case when d.state = 'pending' then s.said else 0 end`,
    )
  }
  for (const entity of ['t_request', 't_receipt', 't_issue'])
    await none(
      `${entity}: more was reversed than there was`,
      sql`select o.id from ${at('reversal')} r join ${at(entity)} m on m.id = r.mirror and m.state = 'effective'
        join ${at(`${entity}_line`)} l on l.id = r.mirror_line join ${at(`${entity}_line`)} o on o.id = r.original_line
        group by o.id, o.qty having -sum(l.qty) > o.qty`,
    )
  for (const { name } of kinds)
    await none(
      `${name}: a number was given twice`,
      sql`select number from ${at(name)} where number is not null group by 1 having count(*) > 1`,
    )
  await none(
    'a task is open though nothing runs',
    sql`select t.id from ${at('approval_task')} t join ${at('approval_instance')} i on i.id = t.instance where t.state = 'open' and i.state <> 'running'`,
  )
  await none(
    'an approval runs for a document that is not pending',
    sql`select i.id from ${at('approval_instance')} i left join ${at('t_request')} r on r.id = i.document
      left join ${at('t_issue')} s on s.id = i.document
      where i.state = 'running' and coalesce(r.state, s.state) is distinct from 'pending'
        and not (coalesce(r.state, s.state) = 'effective' and coalesce(r.void_reason, s.void_reason) is not null)`,
  )
  return found
}
