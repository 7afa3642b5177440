// An approval of more than two hundred steps through the document's own actions: every operator once, in its place, and after
// each who is asked then. What the engine's tables say of values, this says of rows, rights, reservations and postings.
import { type Block, choice, type Decimal, type Id, inBand, parallel, sequence, step } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { balanceOf, entriesOf } from '../ledgers/audit.ts'
import { create, get, patch, run } from '../records.ts'
import { powerTable } from '../serve.ts'
import { books, cost, fund, item } from '../testing/books.ts'
import { payment, signing } from '../testing/signing.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { approvalAbsence } from './absence.entity.ts'
import { approvalFlow } from './flow.entity.ts'
import { trailOf } from './read.ts'

let world: World
const people = new Map<string, Id<'user'>>()
const names = new Map<string, string>()
const id = (name: string): Id<'user'> => people.get(name) ?? ('' as Id<'user'>)
const as = (name: string): Promise<Ctx> => world.as(id(name))

/** 授权表 of the tests: up to 5,000 the one, the other above. */
const powers = powerTable(async (_, { amount }) => [[id(Number(amount) <= 5000 ? 'last' : 'director')]])

beforeAll(async () => {
  world = await testWorld([powers], [books, signing])
  const cast = { clerk: 'clerk@group', lead: 'lead@tower', second: 'lead@bridge', director: 'director@north' }
  const others = { chief: 'chief@group', last: 'lead@tunnel', admin: 'administrator@group' }
  for (const [name, held] of Object.entries({ ...cast, ...others })) {
    const made = await world.person(held)
    people.set(name, made.id)
    names.set(made.id, name)
  }
  // 本人: whoever submits is replaced by his superior.
  await patch(world.system, 'user', id('clerk'), undefined, { manager: id('last') })
  // 超时: whoever is asked too late, his superior is.
  await patch(world.system, 'user', id('last'), undefined, { manager: id('chief') })
  // 逐级主管: the starter leads his own department, nobody the one above it.
  const { design, north, group: top } = world.units
  await patch(world.system, 'user', id('clerk'), undefined, { main_department: design })
  for (const [unit, leader] of [
    [design, 'clerk'],
    [north, 'director'],
    [top, 'last'],
  ] as const)
    await patch(world.system, 'org_unit', unit, undefined, { leader: id(leader) })
})
afterAll(() => world.drop())

const label = (en: string) => ({ zh: en, en })
const by = (name: string, who: readonly string[], more: object = {}) =>
  step(name, label(name), { users: who.map(id) }, more)
/** One or-signed, then both of two and two in turn side by side, then by the amount one or fourteen. */
const group = (n: number, last: Block, head: object = {}, both: Block | null = null, many = 14, from = '1000000') =>
  sequence(
    by(`head${n}`, ['lead', 'second'], { mode: 'any', ...head }),
    parallel(
      both ?? by(`both${n}`, ['lead', 'director'], { mode: 'all' }),
      by(`turn${n}`, ['second', 'chief'], { mode: 'order' }),
    ),
    choice(
      [
        {
          when: inBand('amount', from, null),
          block: sequence(...Array.from({ length: many }, (_, at) => by(`big${n}_${at}`, ['director']))),
        },
      ],
      last,
    ),
  )

/** To the last step of a group, and through it. */
const walk = 'lead +; director +; second +; chief +'
const asksHead = (n: number) => `head${n}:lead head${n}:second`
const table: readonly [operator: string, script: string, asked: string][] = [
  ['提交', '', asksHead(0)],
  ['撤回', 'clerk withdraw', ''],
  ['再次提交', 'clerk submit', asksHead(0)],
  ['催办', 'clerk remind', asksHead(0)],
  ['抄送', 'lead copy_to director', asksHead(0)],
  ['或签, 并行, 去重 of who approved the step before', 'lead +', 'both0:director turn0:second'],
  ['会签', 'director +', 'turn0:second'],
  ['依次', 'second +', 'turn0:chief'],
  ['并行 joined, 条件 by amount', 'chief +', 'last0:last'],
  ['前加签', 'last before director', 'last0:director'],
  ['前加签 and back', 'director +', 'last0:last'],
  ['onward', 'last +', asksHead(1)],
  ['后加签', `${walk}; last after director`, 'last1:director'],
  ['onward', 'director +', asksHead(2)],
  ['并加签', `${walk}; last beside director; last +`, 'last2:director'],
  ['onward', 'director +', asksHead(3)],
  ['转交', `${walk}; last transfer director`, 'last3:director'],
  ['onward', 'director +', asksHead(4)],
  ['退回 any passed step, 逐级重审', `${walk}; last return head4`, asksHead(4)],
  ['step by step again', `${walk}; last +`, asksHead(5)],
  ['退回 any passed step, 直达', `${walk}; last direct head5`, asksHead(5)],
  ['straight back', 'lead +', 'last5:last'],
  ['onward', 'last +', asksHead(6)],
  ['退回发起人, 直达', `${walk}; last direct`, ''],
  ['straight back', 'clerk submit', 'last6:last'],
  ['onward', 'last +', asksHead(7)],
  ['取回 over a join', `${walk}; chief take_back`, 'turn7:chief'],
  ['onward', 'chief +; last +', asksHead(8)],
  ['代理', `last away director; ${walk}`, 'last8:director'],
  ['onward', 'director +; last here', asksHead(9)],
  ['空节点 to somebody named', walk, 'last9:last'],
  ['onward', 'last +', asksHead(10)],
  ['本人: the superior', walk, 'last10:last'],
  ['onward', 'last +', asksHead(20)],
  ['超时: reminded first', `${walk}; clock 9`, 'last20:last'],
  ['超时: then the superior, whatever he approved before', 'clock 18', 'last20:chief'],
  ['onward', 'chief +', asksHead(21)],
  ['逐级主管: not the starter, over the vacancy, upward', walk, 'last21:director'],
  ['逐级主管: the next above', 'director +', 'last21:last'],
  ['onward', 'last +', asksHead(22)],
  ['必审: asked again although he approved the step before', walk, 'last22:chief'],
  ['onward', 'chief +', asksHead(23)],
  ['空节点 to the administrator', walk, 'last23:admin'],
  ['onward', 'admin +', asksHead(25)],
  ['逐级主管: no further than the first who holds the role', walk, 'last25:director'],
  ['onward', 'director +', asksHead(24)],
  ['授权表: the lowest power that is enough', walk, 'last24:last'],
  ['onward', 'last +', asksHead(11)],
  ['节点字段, 授权表 beyond the power that approved', 'lead edits 6000; lead +', 'last24:director'],
  ['onward', 'director +', asksHead(11)],
  ['条件 by the new amount', 'lead +', 'half11:director half11:last half11:chief turn11:second'],
  ['比例: half of four', 'last +', 'turn11:second'],
  ['the other branch', 'second +; chief +', 'big11_0:director'],
  ['the end', 'director +', ''],
]

/** Publishes the flow, submits a payment under it and plays the table; what was seen, and the payment. */
async function replay(flow: object, amount: Decimal, rows: typeof table) {
  const content = JSON.parse(JSON.stringify({ name: 't_sign', label: label('Long'), ...flow }))
  const published = await create(world.system, approvalFlow, { name: 't_sign', entity: 't_payment', content })
  await run(world.system, approvalFlow, published.id, 'publish')
  const thing = (await create(world.system, item, { name: 'Thing' })).id
  const place = { project: world.projects.tower, item: thing }
  const funded = await create(world.system, fund, { ...place, amount: '9999' })
  await run(world.system, fund, funded.id, 'submit')
  const made = await create(await as('clerk'), payment, { ...place, why: 'long', amount })
  await run(await as('clerk'), payment, made.id, 'submit')

  let absence = ''
  const act = async (line: string) => {
    const [who = '', what = '', whom = ''] = line.split(' ')
    if (who === 'clock') return clock(Number(what))
    const ctx = await as(who)
    const doing = (verb: string, input: object = {}) => run(ctx, payment, made.id, verb, input)
    switch (what) {
      case '+':
        return doing('approve')
      case '-':
        return doing('reject', { opinion: 'no' })
      case 'before':
      case 'after':
      case 'beside':
        return doing('add_signer', { users: [id(whom)], how: what })
      case 'transfer':
        return doing('transfer', { to: id(whom) })
      case 'copy_to':
        return doing('copy_to', { users: [id(whom)] })
      case 'return':
      case 'direct':
        return doing('return', { opinion: 'look again', to: whom, direct: what === 'direct' })
      case 'away': {
        const days = { from_on: '2020-01-01', to_on: '2099-01-01' } as const
        absence = (await create(ctx, approvalAbsence, { person: id(who), agent: id(whom), ...days })).id
        return
      }
      case 'here':
        return patch(world.system, 'approval_absence', absence, undefined, { to_on: '2020-01-02' })
      case 'edits':
        return patch(ctx, 't_payment', made.id, undefined, { amount: whom })
      default:
        return doing(what)
    }
  }
  const asked = async () => {
    const { rows } = await sql<{ step: string; user: string }>`select t.step, t."user"
      from ${sql.id(tenant, 'approval_task')} t join ${sql.id(tenant, 'approval_instance')} i on i.id = t.instance
      where i.document = ${made.id}::uuid and t.state = 'open' order by t.seq`.execute(world.system.db)
    return rows.map(row => `${row.step}:${names.get(row.user)}`).join(' ')
  }
  const seen: [string, string, string][] = []
  for (const [operator, script] of rows) {
    let refused = ''
    for (const line of script.split('; ').filter(each => each !== '' && refused === ''))
      await act(line).catch(error => {
        refused = `${line}: ${error} `
      })
    seen.push([operator, script, refused + (await asked())])
    if (refused !== '') break
  }
  const { state } = await get(world.system, payment, made.id)
  const balance = await balanceOf(world.system, cost.name, place)
  return { seen, id: made.id, state, posted: balance.posted.amount, reserved: balance.reserved.amount }
}

/** 超时 as the job finds it so many working hours later. */
async function clock(hours: number): Promise<void> {
  const now = new Date(Date.now() + hours * 3_600_000).toISOString() as Ctx['now']
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  await world.system.registry.jobs.get('approval.due')?.run({ ...world.system, now }, {}, progress)
}

test('200 steps and every operator of approval end as the table says', async () => {
  const plain = (n: number) => by(`last${n}`, ['last'])
  const lasts = new Map<number, Block>([
    [2, by('last2', ['last'], { mode: 'all' })],
    [9, step('last9', label('last9'), { role: 'auditor' }, { empty: { users: [id('last')] } })],
    [10, by('last10', ['clerk'])],
    [20, by('last20', ['last'], { timeout: { hours: 8, next: 'superior' } })],
    [21, step('last21', label('last21'), { leaders: 2 }, { must: true })],
    [22, by('last22', ['chief'], { must: true })],
    [23, step('last23', label('last23'), { role: 'auditor' }, { empty: 'admin' })],
    [25, step('last25', label('last25'), { leaders: 9, upTo: 'director' }, { must: true })],
    [24, step('last24', label('last24'), { power: true })],
  ])
  const half = by('half11', ['lead', 'director', 'last', 'chief'], { mode: 'all', percent: 50 })
  const root = sequence(
    ...Array.from({ length: 11 }, (_, n) => group(n, lasts.get(n) ?? plain(n))),
    ...[20, 21, 22, 23, 25, 24].map(n => group(n, lasts.get(n) ?? plain(n), {}, null, 2)),
    group(11, plain(11), { fields: { amount: 'edit' } }, half, 2, '5000'),
  )
  expect(JSON.stringify(root).match(/"is":"step"/g)?.length).toBeGreaterThan(200)
  const { seen, id: made, ...end } = await replay({ root }, '100', table)
  expect(seen).toEqual(table)

  expect(end).toEqual({ state: 'effective', posted: '6000.00', reserved: '0.00' })
  expect((await entriesOf(world.system, cost.name, made)).map(each => each.amount)).toEqual(['6000.00'])
  const approved = table.flatMap(([, script]) => script.match(/\+/g) ?? []).length
  const trail = (await trailOf(await as('clerk'), 't_payment', made))?.trail ?? []
  // (`after` is a yes of its own.)
  expect(trail.filter(each => each.act === 'approved')).toHaveLength(approved)
  for (const each of [
    'reminded',
    'copied',
    'added_before',
    'added_after',
    'added_beside',
    'transferred',
    'taken_back',
    'edited',
  ])
    expect(trail.map(line => line.act)).toContain(each)
})

/** What holds of a flow as a whole, or ends it: two groups of the same steps, once for each. */
const wholes: readonly [how: string, flow: object, amount: Decimal, rows: typeof table, end: object][] = [
  [
    '去重 none: whoever approved the step before is asked again',
    { dedup: 'none' },
    '100',
    [
      ['提交', '', asksHead(0)],
      ['approved', 'lead +', 'both0:lead both0:director turn0:second'],
      ['onward', 'lead +; director +; second +; chief +; last +', asksHead(1)],
      ['the end', 'second +; lead +; director +; second +; chief +; last +', ''],
    ],
    { state: 'effective', posted: '100.00', reserved: '0.00' },
  ],
  [
    '去重 consecutive: of the step right before only',
    { dedup: 'consecutive' },
    '100',
    [
      ['approved', 'lead +', 'both0:director turn0:second'],
      ['onward', 'director +; second +; chief +; last +', asksHead(1)],
      ['the end', 'second +; lead +; director +; chief +; last +', ''],
    ],
    { state: 'effective', posted: '100.00', reserved: '0.00' },
  ],
  [
    '去重 first: once approved, never asked again',
    { dedup: 'first' },
    '100',
    [
      ['approved', 'lead +', 'both0:director turn0:second'],
      ['the end', 'director +; second +; chief +; last +', ''],
    ],
    { state: 'effective', posted: '100.00', reserved: '0.00' },
  ],
  [
    '去重 last: asked at the last of his steps',
    { dedup: 'last' },
    '100',
    [
      ['提交', '', 'both1:lead both1:director turn1:second'],
      ['the end', 'lead +; director +; second +; chief +; last +', ''],
    ],
    { state: 'effective', posted: '100.00', reserved: '0.00' },
  ],
  [
    '拒绝: one no of all who must agree ends it and frees what it held',
    {},
    '100',
    [
      ['approved', 'second +', 'both0:lead both0:director turn0:chief'],
      ['拒绝', 'director -', ''],
    ],
    { state: 'rejected', posted: '0.00', reserved: '0.00' },
  ],
  [
    'beyond the limit: one more person is asked, whatever he approved before',
    { escalation: step('over', label('over'), { role: 'chief' }) },
    '10100',
    [
      ['onward', `second +; lead +; director +; chief +; last +; lead +; director +; second +; chief +`, 'last1:last'],
      ['超限加签', 'last +', 'over:chief'],
      ['the end', 'chief +', ''],
    ],
    { state: 'effective', posted: '10100.00', reserved: '0.00' },
  ],
]

test.each(wholes)('%s', async (_, flow, amount, rows, end) => {
  const root = sequence(group(0, by('last0', ['last']), {}, null, 2), group(1, by('last1', ['last']), {}, null, 2))
  const { seen, id: made, ...ended } = await replay({ root, ...flow }, amount, rows)
  expect(seen).toEqual(rows)
  expect(ended).toEqual(end)
  expect(made).not.toBe('')
})
