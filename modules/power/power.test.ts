// 授权表: a step asks whoever may approve this kind of document, here, up to this amount, today; nobody is never a yes.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { whoMay } from './who-may.ts'

let app: TestApp
let [manager, pmo, head, boss, administrator]: Person[] = []
beforeAll(async () => {
  app = await testApp()
  manager = await app.as('project_manager', { name: '江一帆' })
  pmo = await app.as('pmo', { name: '沈知行' })
  head = await app.as('finance', { name: '顾惠敏' })
  boss = await app.as('boss', { name: '总经理' })
  administrator = await app.as('administrator', { name: '管理员' })
  const label = { zh: '按授权审批', en: 'By power' }
  const content = {
    name: 'project_gate',
    label,
    root: { is: 'step', name: 'power', label, who: { power: true }, empty: 'pass' },
  }
  const flows = is(administrator).entity('approval_flow')
  const made = await flows.create({ name: 'project_gate', entity: 'project_gate', content })
  // Money moves in it: it is not published with a step that passes where nobody may approve.
  await expect(flows.run(made.id, 'publish')).rejects.toMatchObject({ problem: { code: 'approval.flow_fault' } })
  const { version } = await flows.get(made.id)
  const { empty: _pass, ...root } = content.root
  await flows.patch(made.id, version, { content: { ...content, root } })
  await flows.run(made.id, 'publish')
})
afterAll(() => app?.close())

const is = (person: Person | undefined): Person => {
  if (!person) throw new Error('signed in before the tests')
  return person
}
const grant = (person: Person | undefined, more: object) =>
  is(boss)
    .entity('approval_power')
    .create({ person: is(person).user, from_on: '2026-01-01', ...more })
async function submitted(amount: `${number}`) {
  const name = `关口 ${newId().slice(-6)}`
  const project = await is(pmo)
    .entity('project')
    .create({ name, type: 'rail', company: app.company, manager: is(manager).user, contract_amount: amount })
  const gates = is(manager).entity('project_gate')
  const gate = await gates.create({ name, project: project.id, gate: 'approve_start', reason: '合同已签订' })
  await gates.run(gate.id, 'submit')
  return gate.id
}
const asked = async (person: Person | undefined, id: string) =>
  (await is(person).perform<{ rows: { document: string }[] }>('approval.box', { box: 'todo' })).rows.some(
    row => row.document === id,
  )
const chain = async (amount: string) => {
  const values = { contract_amount: amount, company: app.company }
  const found = await is(administrator).perform<{
    chain: { people: { user: string }[] }[]
    people: Record<string, string>
    stop: { code: string } | null
  }>('approval.simulate', { entity: 'project_gate', starter: is(manager).user, values })
  return found.stop?.code ?? found.chain.flatMap(step => step.people.map(each => found.people[each.user]))
}

test('the lowest power that is enough is asked; above every limit nobody may, and the document is not submitted', async () => {
  await expect(submitted('1.00')).rejects.toMatchObject({ problem: { code: 'approval.nobody' } })
  await grant(head, { entity: 'project_gate', up_to_amount: '50000.00' })
  await grant(boss, { up_to_amount: '500000.00', unit: app.company })
  // Neither of another kind, nor over, nor not yet begun.
  await grant(pmo, { entity: 'budget' })
  await grant(pmo, { to_on: '2026-01-31' })
  await grant(pmo, { from_on: '2099-01-01' })
  expect([await chain('50000.00'), await chain('50000.01'), await chain('500000.01')]).toEqual([
    ['顾惠敏'],
    ['总经理'],
    'nobody',
  ])
  const small = await submitted('50000.00')
  const large = await submitted('50000.01')
  expect([await asked(head, small), await asked(head, large), await asked(boss, large)]).toEqual([true, false, true])
  await is(head).entity('project_gate').run(small, 'approve')
  expect((await is(manager).entity('project_gate').get(small)).state).toBe('effective')
  await expect(submitted('500000.01')).rejects.toMatchObject({ problem: { code: 'approval.nobody' } })
})

test('a foreman sees no power; a kind that is not approved is refused with the next step', async () => {
  const foreman = await app.as('foreman')
  await expect(foreman.entity('approval_power').list({})).rejects.toMatchObject({ problem: { status: 403 } })
  await expect(grant(head, { entity: 'project' })).rejects.toMatchObject({
    problem: { errors: [{ path: 'entity', code: 'power.no_document' }] },
  })
})

test('of equal limits the nearest counts; a reversal needs the power of what it takes back', () => {
  const power = { entity: null, unit: null, project: null, up_to_amount: null, from_on: '2026-01-01', to_on: null }
  const asking = {
    entity: 'x',
    amount: '-100' as const,
    project: 'p',
    units: new Map([
      ['d', 1],
      ['c', 2],
    ]),
    on: '2026-06-01',
  }
  const people = [
    { ...power, person: 'all' },
    { ...power, person: 'company', unit: 'c' },
    { ...power, person: 'department', unit: 'd' },
    { ...power, person: 'project', project: 'p' },
    { ...power, person: 'elsewhere', project: 'q' },
    { ...power, person: 'foreign', unit: 'z' },
    { ...power, person: 'little', up_to_amount: '99.99' as const },
    { ...power, person: 'enough', up_to_amount: '100' as const },
  ]
  expect(whoMay(people, asking)).toEqual([['enough'], ['project'], ['department'], ['company'], ['all']])
})
