// Approval of documents as people live it: the engine's operators through the document's actions, rights, edits, clock and leavers.
import {
  type Block,
  choice,
  type Decimal,
  type Flow,
  type Id,
  inBand,
  parallel,
  sequence,
  step,
} from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Ctx } from '../context.ts'
import { balanceOf, entriesOf } from '../ledgers/audit.ts'
import { create, get, list, patch, run } from '../records.ts'
import { Refusal } from '../refuse.ts'
import { shapeOf } from '../registry.ts'
import { hooks } from '../serve.ts'
import { books, cost, fund, item, request } from '../testing/books.ts'
import { payment, signing } from '../testing/signing.ts'
import { tenant, testWorld, type World } from '../testing/world.ts'
import { approvalAbsence } from './absence.entity.ts'
import { approvalFlow } from './flow.entity.ts'
import { handTasks, openTasksOf } from './hand-over.ts'
import { boxOf, todoCount, trailOf } from './read.ts'
import { simulate } from './simulate.ts'

type Person = { id: Id<'user'>; ctx: Ctx }
let world: World
let [clerk, lead, second, director, chief, stranger]: Person[] = []
let thing: Id<'t_item'>
let fatal = false

/** The connection dies after everything was written and before the commit, as when the process is killed there. */
const dies = hooks(payment, {
  async afterSave(ctx, after) {
    if (fatal && after?.state === 'effective') await sql`select pg_terminate_backend(pg_backend_pid())`.execute(ctx.db)
  },
})

beforeAll(async () => {
  world = await testWorld([dies], [books, signing])
  clerk = await world.person('clerk@group')
  lead = await world.person('lead@tower')
  second = await world.person('lead@bridge')
  director = await world.person('director@north')
  chief = await world.person('chief@group')
  stranger = await world.person('lead@tunnel')
})
afterAll(() => world.drop())
beforeEach(async () => {
  fatal = false
  thing = (await create(world.system, item, { name: `Item ${Math.random()}` })).id
  const made = await create(world.system, fund, { project: world.projects.tower, item: thing, amount: '9999999' })
  await run(world.system, fund, made.id, 'submit')
})

const as = (person: Person | undefined) => world.as(person?.id ?? '')
const idOf = (person: Person | undefined): Id<'user'> => person?.id ?? ('' as Id<'user'>)
const doing = async (person: Person | undefined, id: string, verb: string, input: object = {}) =>
  (await run(await as(person), payment, id, verb, input)) as { state: string; version: number }
async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'nothing was refused'
}
const words = (en: string) => ({ zh: en, en })
const by = (name: string, person: Person | undefined, more = {}) =>
  step(name, words(name), { users: [idOf(person)] }, more)

/** An administrator publishes another flow for payments. */
async function publish(root: Block, more: Partial<Flow> = {}): Promise<string> {
  const content = JSON.parse(JSON.stringify({ name: 't_sign', label: words('Sign'), root, ...more }))
  const made = await create(world.system, approvalFlow, { name: 't_sign', entity: 't_payment', content })
  await run(world.system, approvalFlow, made.id, 'publish')
  return made.id
}
async function submitted(amount: Decimal = '100', more = {}): Promise<string> {
  const made = await create(await as(clerk), payment, {
    project: world.projects.tower,
    item: thing,
    why: 'needed',
    amount,
    ...more,
  })
  await doing(clerk, made.id, 'submit')
  return made.id
}
/** "lead:Person 2 …": who is asked now. */
async function asked(id: string): Promise<string> {
  const { rows } = await sql<{
    step: string
    user: Id<'user'>
  }>`select t.step, t."user" from ${sql.id(tenant, 'approval_task')} t
    join ${sql.id(tenant, 'approval_instance')} i on i.id = t.instance
    where i.document = ${id}::uuid and t.state = 'open' order by t.seq`.execute(world.system.db)
  const names = new Map(
    [clerk, lead, second, director, chief, stranger].map((each, at) => [
      each?.id,
      ['clerk', 'lead', 'second', 'director', 'chief', 'stranger'][at],
    ]),
  )
  return rows.map(row => `${row.step}:${names.get(row.user)}`).join(' ')
}
const reserved = async () =>
  (await balanceOf(world.system, cost.name, { project: world.projects.tower, item: thing })).reserved.amount

test('P1 a document keeps the definition it started with; the next one follows what was published meanwhile', async () => {
  const first = await publish(sequence(by('one', lead), by('two', second)))
  const old = await submitted()
  const edition = await publish(by('only', director))
  expect(await get(world.system, approvalFlow, first)).toMatchObject({ stage: 'retired', edition: 1 })
  expect(await get(world.system, approvalFlow, edition)).toMatchObject({ stage: 'published', edition: 2 })
  expect([await asked(old), await asked(await submitted())]).toEqual(['one:lead', 'only:director'])
  await doing(lead, old, 'approve')
  expect(await asked(old)).toBe('two:second')
  expect(await refused(patch(world.system, approvalFlow, edition, undefined, { content: {} }))).toBe(
    'approval.flow_published',
  )
})

test('P1 a definition that cannot judge its documents is not published, and says where', async () => {
  const attempt = (root: object, more = {}) =>
    create(world.system, approvalFlow, {
      name: 't_sign',
      entity: 't_payment',
      content: { name: 't_sign', label: words('x'), root, ...more } as never,
    })
  const publishing = async (root: object) =>
    refused(run(world.system, approvalFlow, (await attempt(root)).id, 'publish'))
  expect(await publishing(step('a', words('a'), { role: 'nobody' }))).toBe('approval.flow_fault')
  expect(await publishing(step('a', words('a'), { role: 'lead' }, { empty: 'pass' }))).toBe('approval.flow_fault')
  expect(await publishing(sequence())).toBe('approval.flow_fault')
  expect(await publishing(choice([{ when: 'amount > "x"', block: sequence() }], by('b', lead)))).toBe(
    'approval.flow_fault',
  )
  expect(await refused(attempt({ is: 'loop' }))).toBe('approval.flow_form')
  expect(await refused(attempt(by('a', lead), { name: 'other' }))).toBe('approval.flow_unknown')
  let deep: object = by('a', lead)
  for (let each = 0; each < 100; each++) deep = { is: 'sequence', of: [deep] }
  expect(await refused(attempt(deep))).toBe('approval.flow_form')
})

test('P2 G-11 the bands of an amount choose who is asked; simulation says the same before anything is written', async () => {
  const gm = by('gm', director)
  await publish(
    sequence(
      by('pm', lead),
      by('finance', second),
      choice(
        [
          { when: inBand('amount', null, '50000'), block: sequence() },
          { when: inBand('amount', '50000', '500000'), block: gm },
        ],
        sequence({ ...gm, name: 'gm2' }, by('chair', chief)),
      ),
    ),
  )
  const shape = shapeOf(world.system.registry, 't_payment')
  for (const [amount, expected] of [
    ['49999.99', ['pm', 'finance']],
    ['50000.00', ['pm', 'finance', 'gm']],
    ['500000.00', ['pm', 'finance', 'gm2', 'chair']],
  ] as const) {
    const told = await simulate(world.system, shape, { project: world.projects.tower, amount }, idOf(clerk), undefined)
    expect(told.chain.map(each => each.step)).toEqual(expected)
    const id = await submitted(amount)
    const met: string[] = []
    for (const person of [lead, second, director, chief].slice(0, expected.length)) {
      met.push((await asked(id)).split(':')[0] ?? '')
      await doing(person, id, 'approve')
    }
    expect([met, (await get(world.system, payment, id)).state]).toEqual([expected, 'effective'])
  }
})

test('P3 of two who decide at once exactly one acts, and nothing is posted twice', async () => {
  await publish(step('any', words('Any'), { users: [idOf(lead), idOf(second), idOf(director)] }))
  const id = await submitted()
  const results = await Promise.all([lead, second, director].map(person => refused(doing(person, id, 'approve'))))
  expect(results.filter(each => each === 'nothing was refused')).toHaveLength(1)
  expect(await entriesOf(world.system, cost.name, id)).toHaveLength(1)
  const { rows } = await sql<{
    count: number
  }>`select count(*)::integer as count from ${sql.id(tenant, 'approval_trail')} r
    join ${sql.id(tenant, 'approval_instance')} i on i.id = r.instance where i.document = ${id}::uuid and r.act = 'approved'`.execute(
    world.system.db,
  )
  expect(rows[0]?.count).toBe(1)
})

test('P3 a death between the approval and its posting leaves the document as it was', async () => {
  await publish(by('only', lead))
  const id = await submitted('70')
  fatal = true
  await expect(doing(lead, id, 'approve')).rejects.toThrow()
  fatal = false
  expect((await get(world.system, payment, id)).state).toBe('pending')
  expect([await asked(id), await reserved(), await entriesOf(world.system, cost.name, id)]).toEqual([
    'only:lead',
    '70.00',
    [],
  ])
  expect(await doing(lead, id, 'approve')).toMatchObject({ state: 'effective' })
})

test('P4 signers are added, tasks passed on, documents returned both ways and taken back, each with rights only while asked', async () => {
  await publish(sequence(by('one', lead), by('two', second)))
  const id = await submitted()
  expect(await refused(doing(chief, id, 'approve'))).toBe('record.not_found')
  await doing(lead, id, 'add_signer', { users: [idOf(chief)], how: 'before' })
  expect([await asked(id), (await get(await as(chief), payment, id)).amount]).toEqual(['one:chief', '100.00'])
  await doing(chief, id, 'transfer', { to: idOf(stranger), opinion: 'yours' })
  expect((await get(await as(chief), payment, id))._can).not.toContain('approve')
  await doing(stranger, id, 'approve')
  expect(await asked(id)).toBe('one:lead')
  await doing(lead, id, 'approve')
  expect((await get(await as(lead), payment, id))._can).toContain('take_back')
  await doing(lead, id, 'take_back')
  expect(await asked(id)).toBe('one:lead')
  await doing(lead, id, 'approve')
  await doing(second, id, 'return', { opinion: 'why?', to: 'one', direct: true })
  await doing(lead, id, 'approve')
  expect(await asked(id)).toBe('two:second')
  expect(await doing(second, id, 'return', { opinion: 'again', direct: true })).toMatchObject({ state: 'draft' })
  expect(await reserved()).toBe('0.00')
  const back = await get(await as(clerk), payment, id)
  await patch(await as(clerk), payment, id, back.version, { why: 'said better' })
  await doing(clerk, id, 'submit')
  expect([await asked(id), await reserved()]).toEqual(['two:second', '100.00'])
  expect(await doing(second, id, 'approve')).toMatchObject({ state: 'effective' })
  expect(await refused(doing(lead, id, 'take_back'))).toMatch(/access.denied|verb.not_now/)
  const trail = await trailOf(await as(clerk), 't_payment', id)
  expect(trail?.trail.map(each => each.act)).toEqual([
    ...[
      'submitted',
      'added_before',
      'transferred',
      'approved',
      'approved',
      'taken_back',
      'approved',
      'returned',
      'approved',
    ],
    ...['returned', 'resubmitted', 'approved'],
  ])
})

test('P4 直达退回人 asks exactly who returned it, to whom the task was handed; the step again when he has left', async () => {
  await publish(sequence(by('one', lead), by('two', second)))
  const id = await submitted('10')
  await doing(lead, id, 'approve')
  await doing(second, id, 'transfer', { to: idOf(chief), opinion: 'yours' })
  await doing(chief, id, 'return', { opinion: 'why?', direct: true })
  await doing(clerk, id, 'submit')
  expect(await asked(id)).toBe('two:chief')
  await doing(chief, id, 'return', { opinion: 'and this?', to: 'one', direct: true })
  await patch(world.system, 'user', idOf(chief), undefined, { left_on: '2020-01-01' })
  await doing(lead, id, 'approve')
  await patch(world.system, 'user', idOf(chief), undefined, { left_on: null })
  expect(await asked(id)).toBe('two:second')
})

test('P4 returned and changed so that another way would be taken, it is reviewed step by step again', async () => {
  await publish(
    sequence(
      by('one', lead),
      choice([{ when: inBand('amount', '1000', null), block: by('big', director) }], sequence()),
      by('last', chief),
    ),
  )
  const id = await submitted('10')
  await doing(lead, id, 'approve')
  await doing(chief, id, 'return', { opinion: 'more', direct: true })
  const back = await get(await as(clerk), payment, id)
  await patch(await as(clerk), payment, id, back.version, { amount: '2000' })
  await doing(clerk, id, 'submit')
  expect(await asked(id)).toBe('big:director')
})

test('P4 the amount decides who judges even without a condition: changed after a return, nobody is gone past', async () => {
  await publish(sequence(by('one', lead), by('two', second)))
  const id = await submitted('10')
  await doing(lead, id, 'approve')
  await doing(second, id, 'return', { opinion: 'too little', direct: true })
  const back = await get(await as(clerk), payment, id)
  await patch(await as(clerk), payment, id, back.version, { amount: '2000' })
  await doing(clerk, id, 'submit')
  expect(await asked(id)).toBe('one:lead')
})

test('P5 whoever is asked changes what his step lets him, seen in the trail from what to what; the reservation follows', async () => {
  await publish(
    sequence(
      by('one', lead, { fields: { amount: 'edit' } }),
      by('two', second, { fields: { amount: 'hidden', why: 'hidden' } }),
    ),
  )
  const id = await submitted('100')
  const record = await get(await as(lead), payment, id)
  expect(record._can).toContain('amend')
  expect(await refused(patch(await as(lead), payment, id, record.version, { why: 'else' }))).toMatch(
    /record.frozen|access.field/,
  )
  // A role that may change drafts may not change what is under approval.
  expect(await refused(patch(await as(director), payment, id, record.version, { amount: '1' }))).toBe('record.frozen')
  await patch(await as(lead), payment, id, record.version, { amount: '80' })
  expect(await reserved()).toBe('80.00')
  // A copy from before his step shows no more than the step does; a field of the basics is hidden like any other.
  await doing(lead, id, 'copy_to', { users: [idOf(second)] })
  expect(await get(await as(second), payment, id)).toMatchObject({ amount: '80.00', why: 'needed' })
  await doing(lead, id, 'approve')
  const unseen = await get(await as(second), payment, id)
  expect(unseen).not.toHaveProperty('amount')
  expect(unseen).not.toHaveProperty('why')
  expect((await list(await as(second), payment, { filter: { id: { eq: id } } })).items[0]).not.toHaveProperty('why')
  const own = await trailOf(await as(clerk), 't_payment', id)
  expect(own?.trail.find(each => each.act === 'edited')?.diff).toEqual({ amount: ['100.00', '80.00'] })
  const hidden = await trailOf(await as(second), 't_payment', id)
  expect(hidden?.trail.find(each => each.act === 'edited')?.diff).toEqual({})
  // Nobody copies himself what is hidden from him; what the step hid stays hidden after it.
  await doing(second, id, 'copy_to', { users: [idOf(second), idOf(stranger)] })
  expect(await get(await as(second), payment, id)).not.toHaveProperty('amount')
  expect(await get(await as(stranger), payment, id)).toMatchObject({ amount: '80.00' })
  await doing(second, id, 'approve')
  expect(await get(await as(second), payment, id)).not.toHaveProperty('amount')
  // Whoever took part looks on for a while and not for ever, by a copy that was narrowed as by any other.
  const { rows: endless } =
    await sql`select source, "user" from t_main.record_grant where record = ${id}::uuid and until is null`.execute(
      world.system.db,
    )
  expect(endless).toEqual([])
  expect(await get(await as(lead), payment, id)).toMatchObject({ amount: '80.00', state: 'effective' })
})

test('P6 while somebody is away his agent acts for him, and the trail says so', async () => {
  await publish(sequence(by('one', lead), by('two', second)))
  const absence = await create(await as(lead), approvalAbsence, {
    person: idOf(lead),
    agent: idOf(stranger),
    from_on: '2020-01-01',
    to_on: '2099-01-01',
  })
  expect(
    await refused(
      create(await as(lead), approvalAbsence, {
        person: idOf(second),
        agent: idOf(lead),
        from_on: '2020-01-01',
        to_on: '2099-01-01',
      }),
    ),
  ).toBe('approval.own_absence')
  const id = await submitted()
  expect(await asked(id)).toBe('one:stranger')
  await doing(stranger, id, 'approve')
  const trail = await trailOf(await as(clerk), 't_payment', id)
  expect(trail?.trail.at(-1)).toMatchObject({ act: 'approved', user: idOf(stranger), for: idOf(lead) })
  await patch(await as(lead), approvalAbsence, absence.id, undefined, { to_on: '2020-01-02' })
  expect(await asked(await submitted())).toBe('one:lead')
})

test('P7 what is overdue is reminded, then passed to the superior; money is never approved by the clock', async () => {
  await publish(by('only', lead, { timeout: { hours: 8, next: 'superior' } }))
  await patch(world.system, 'user', idOf(lead), undefined, { manager: idOf(chief) })
  const id = await submitted()
  const due = world.system.registry.jobs.get('approval.due')
  const later = async (hours: number) => {
    const now = new Date(Date.now() + hours * 3_600_000).toISOString()
    await due?.run(
      { ...world.system, now: now as Ctx['now'] },
      {},
      Object.assign(async () => {}, { signal: new AbortController().signal }),
    )
  }
  await later(7)
  expect((await trailOf(world.system, 't_payment', id))?.trail.map(each => each.act)).toEqual(['submitted'])
  await later(9)
  expect([(await trailOf(world.system, 't_payment', id))?.trail.at(-1)?.act, await asked(id)]).toEqual([
    'reminded',
    'only:lead',
  ])
  await later(10)
  expect(await asked(id)).toBe('only:lead')
  await later(18)
  expect([await asked(id), (await get(world.system, payment, id)).state]).toEqual(['only:chief', 'pending'])
})

test('P7 a document that cannot be handled keeps no other from its reminder', async () => {
  await publish(by('only', lead, { timeout: { hours: 8, next: 'remind' } }))
  const [broken, sound] = [await submitted(), await submitted()]
  const keep = (flow: unknown) =>
    sql`update ${sql.id(tenant, 'approval_instance')}
    set flow = ${JSON.stringify(flow)}::jsonb where document = ${broken}::uuid`.execute(world.system.db)
  const { rows } = await sql<{ flow: Flow }>`select flow from ${sql.id(tenant, 'approval_instance')}
    where document = ${broken}::uuid`.execute(world.system.db)
  await keep(null)
  const now = new Date(Date.now() + 9 * 3_600_000).toISOString()
  const done = world.system.registry.jobs.get('approval.due')?.run(
    { ...world.system, now: now as Ctx['now'] },
    {},
    Object.assign(async () => {}, { signal: new AbortController().signal }),
  )
  await expect(done).rejects.toThrow(TypeError)
  expect((await trailOf(world.system, 't_payment', sound))?.trail.at(-1)?.act).toBe('reminded')
  await keep(rows[0]?.flow)
  expect((await trailOf(world.system, 't_payment', broken))?.trail.map(each => each.act)).toEqual(['submitted'])
})

test('P1 two editions published at once follow one another: one is in use, each has its number', async () => {
  const content = JSON.parse(JSON.stringify({ name: 't_sign', label: words('Sign'), root: by('only', lead) }))
  const made = await Promise.all(
    [1, 2, 3, 4].map(() => create(world.system, approvalFlow, { name: 't_sign', entity: 't_payment', content })),
  )
  await Promise.all(made.map(each => run(world.system, approvalFlow, each.id, 'publish')))
  const now = await Promise.all(made.map(each => get(world.system, approvalFlow, each.id)))
  expect(now.filter(each => each.stage === 'published')).toHaveLength(1)
  expect(new Set(now.map(each => each.edition)).size).toBe(4)
})

test('P8 open tasks of somebody who leaves go to his successor, or to the superior when that is whoever submitted', async () => {
  await publish(by('only', second))
  await patch(world.system, 'user', idOf(second), undefined, { manager: idOf(director) })
  const [first, other] = [await submitted(), await submitted()]
  expect(await openTasksOf(world.system, idOf(second))).toBeGreaterThanOrEqual(2)
  await handTasks(world.system, idOf(second), idOf(chief))
  expect([await asked(first), await asked(other)]).toEqual(['only:chief', 'only:chief'])
  const own = await submitted()
  await handTasks(world.system, idOf(second), idOf(clerk))
  expect(await asked(own)).toBe('only:director')
})

test('P8 the turn of somebody who leaves before it comes is his successor’s: in order, behind an added signer, while a return is out', async () => {
  await publish(step('both', words('both'), { users: [idOf(lead), idOf(second)] }, { mode: 'order' }))
  const inOrder = await submitted()
  await publish(by('own', second))
  const added = await submitted()
  await doing(second, added, 'add_signer', { users: [idOf(lead)], how: 'before' })
  await publish(sequence(by('one', lead), parallel(by('law', director), by('tax', second))))
  const out = await submitted()
  await doing(lead, out, 'approve')
  await doing(director, out, 'return', { opinion: 'why?', to: 'one', direct: true })
  expect([await asked(inOrder), await asked(added), await asked(out)]).toEqual(['both:lead', 'own:lead', 'one:lead'])
  await handTasks(world.system, idOf(second), idOf(chief))
  expect([await asked(inOrder), await asked(added), await asked(out)]).toEqual(['both:lead', 'own:lead', 'one:lead'])
  for (const id of [inOrder, added, out]) await doing(lead, id, 'approve')
  expect([await asked(inOrder), await asked(added)]).toEqual(['both:chief', 'own:chief'])
  expect((await asked(out)).split(' ').sort()).toEqual(['law:director', 'tax:chief'])
  for (const id of [inOrder, added, out]) await doing(chief, id, 'approve')
  expect(await doing(director, out, 'approve')).toMatchObject({ state: 'effective' })
  for (const id of [inOrder, added]) expect((await get(world.system, payment, id)).state).toBe('effective')
})

test('P9 each sees his to-do, done, started and copied documents; a copy gives the right to look at that one only', async () => {
  await publish(sequence(by('one', lead), by('two', second)), { copies: [{ users: [idOf(stranger)] }] })
  const id = await submitted()
  const other = await submitted()
  const box = async (person: Person | undefined, name: 'todo' | 'done' | 'started' | 'copied') =>
    (await boxOf(await as(person), name, 200)).rows.filter(row => row.document === id).map(row => row.state)
  expect([await box(lead, 'todo'), await box(second, 'todo'), await box(clerk, 'started')]).toEqual([
    ['running'],
    [],
    ['running'],
  ])
  // How much it is about stands beside it, for whoever sees that.
  expect((await boxOf(await as(lead), 'todo', 200)).rows.find(row => row.document === id)?.amount).toBe('100.00')
  const waiting = await todoCount(await as(lead))
  await doing(lead, id, 'approve')
  expect(await todoCount(await as(lead))).toBe(waiting - 1)
  expect([await box(lead, 'done'), await box(second, 'todo')]).toEqual([['running'], ['running']])
  await doing(second, id, 'approve')
  expect([await box(stranger, 'copied'), await box(clerk, 'started')]).toEqual([['approved'], ['approved']])
  expect((await get(await as(stranger), payment, id))._can).toEqual([])
  expect(await refused(get(await as(stranger), payment, other))).toBe('record.not_found')
})

test('P10 parallel branches are both asked, and the document is effective when both have signed', async () => {
  await publish(sequence(parallel(by('law', lead), by('tax', second)), by('last', director)))
  const id = await submitted()
  expect(await asked(id)).toBe('law:lead tax:second')
  await doing(second, id, 'approve')
  await doing(lead, id, 'approve')
  expect(await asked(id)).toBe('last:director')
  expect((await trailOf(await as(clerk), 't_payment', id))?.ahead.map(each => [each.step, each.standing])).toEqual([
    ['last', 'open'],
  ])
})

test('P5 a step that lets its people change a field of the lines lets them change that one, and no row or other field', async () => {
  const root = by('check', lead, { fields: { 'lines.price': 'edit' } })
  const content = JSON.parse(JSON.stringify({ name: 't_two', label: words('Two'), root }))
  const flow = await create(world.system, approvalFlow, { name: 't_two', entity: 't_request', content })
  await run(world.system, approvalFlow, flow.id, 'publish')
  const made = await create(await as(clerk), request, {
    project: world.projects.tower,
    why: 'needed',
    lines: [{ item: thing, qty: '2', price: '10' }],
  })
  await run(await as(clerk), request, made.id, 'submit')
  await run(world.system, approvalFlow, flow.id, 'retire')
  const [line] = made.lines
  const edit = async (lines: object) =>
    refused(patch(await as(lead), 't_request', made.id, undefined, { lines: JSON.parse(JSON.stringify(lines)) }))
  expect(await edit({ upsert: [{ id: line?.id, qty: '3' }] })).toBe('record.frozen')
  expect(await edit({ remove: [line?.id] })).toBe('record.frozen')
  expect(await edit({ upsert: [{ id: line?.id, price: '12.50' }] })).toBe('nothing was refused')
  expect(await reserved()).toBe('25.00')
  const trail = await trailOf(await as(clerk), 't_request', made.id)
  const [edited] = trail?.trail.filter(each => each.act === 'edited') ?? []
  expect(edited?.diff?.lines).toMatchObject([[{ id: line?.id, price: '10.00' }], [{ id: line?.id, price: '12.50' }]])
})
