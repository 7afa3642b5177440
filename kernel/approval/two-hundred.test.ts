// An approval of more than two hundred steps through the document's own actions: every operator once, in its place, and after
// each who is asked then. What the engine's tables say of values, this says of rows, rights, reservations and postings.
import { type Block, choice, type Id, inBand, parallel, sequence, step } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { balanceOf, entriesOf } from '../ledgers/audit.ts'
import { create, get, patch, run } from '../records.ts'
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

beforeAll(async () => {
  world = await testWorld([], [books, signing])
  const cast = { clerk: 'clerk@group', lead: 'lead@tower', second: 'lead@bridge', director: 'director@north' }
  for (const [name, held] of Object.entries({ ...cast, chief: 'chief@group', last: 'lead@tunnel' })) {
    const made = await world.person(held)
    people.set(name, made.id)
    names.set(made.id, name)
  }
  // 本人: whoever submits is replaced by his superior.
  await patch(world.system, 'user', id('clerk'), undefined, { manager: id('last') })
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
  ['onward', 'last +', asksHead(11)],
  [
    '节点字段, 条件 by the new amount',
    'lead edits 6000; lead +',
    'half11:director half11:last half11:chief turn11:second',
  ],
  ['比例: half of four', 'last +', 'turn11:second'],
  ['the other branch', 'second +; chief +', 'big11_0:director'],
  ['the end', 'director +', ''],
]

test('200 steps and every operator of approval end as the table says', async () => {
  const plain = (n: number) => by(`last${n}`, ['last'])
  const lasts = new Map<number, Block>([
    [2, by('last2', ['last'], { mode: 'all' })],
    [9, step('last9', label('last9'), { role: 'auditor' }, { empty: { users: [id('last')] } })],
    [10, by('last10', ['clerk'])],
  ])
  const half = by('half11', ['lead', 'director', 'last', 'chief'], { mode: 'all', percent: 50 })
  const root = sequence(
    ...Array.from({ length: 11 }, (_, n) => group(n, lasts.get(n) ?? plain(n))),
    group(11, plain(11), { fields: { amount: 'edit' } }, half, 2, '5000'),
  )
  const content = JSON.parse(JSON.stringify({ name: 't_sign', label: label('Long'), root }))
  expect(JSON.stringify(content).match(/"is":"step"/g)).toHaveLength(204)
  const flow = await create(world.system, approvalFlow, { name: 't_sign', entity: 't_payment', content })
  await run(world.system, approvalFlow, flow.id, 'publish')
  const thing = (await create(world.system, item, { name: 'Thing' })).id
  const place = { project: world.projects.tower, item: thing }
  const funded = await create(world.system, fund, { ...place, amount: '9999' })
  await run(world.system, fund, funded.id, 'submit')
  const made = await create(await as('clerk'), payment, { ...place, why: 'long', amount: '100' })
  await run(await as('clerk'), payment, made.id, 'submit')

  let absence = ''
  const act = async (line: string) => {
    const [who = '', what = '', whom = ''] = line.split(' ')
    const ctx = await as(who)
    const doing = (verb: string, input: object = {}) => run(ctx, payment, made.id, verb, input)
    switch (what) {
      case '+':
        return doing('approve')
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
  for (const [operator, script] of table) {
    let refused = ''
    for (const line of script.split('; ').filter(each => each !== '' && refused === ''))
      await act(line).catch(error => {
        refused = `${line}: ${error} `
      })
    seen.push([operator, script, refused + (await asked())])
    if (refused !== '') break
  }
  expect(seen).toEqual(table)

  expect(await get(world.system, payment, made.id)).toMatchObject({ state: 'effective', amount: '6000.00' })
  expect((await entriesOf(world.system, cost.name, made.id)).map(each => each.amount)).toEqual(['6000.00'])
  expect(await balanceOf(world.system, cost.name, place)).toMatchObject({
    posted: { amount: '6000.00' },
    reserved: { amount: '0.00' },
  })
  const approved = table.flatMap(([, script]) => script.match(/\+/g) ?? []).length
  const trail = (await trailOf(await as('clerk'), 't_payment', made.id))?.trail ?? []
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
