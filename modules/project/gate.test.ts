// 关口审批 through the door people use: asked, approved from the to-do, returned, the project moves; nobody goes round it.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let pmo: Person
let manager: Person
let finance: Person
let boss: Person
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  manager = await app.as('project_manager', { name: '周毅' })
  finance = await app.as('finance')
  boss = await app.as('boss')
})
afterAll(() => app?.close())

interface Box {
  rows: { document: string; step: { zh: string } | null; title: string }[]
  todo: number
}
const boxOf = async (person: Person, box: string) => (await person.perform<Box>('approval.box', { box })).rows
const projectOf = (amount: string) =>
  pmo.entity('project').create({
    name: `项目 ${Math.random()}`,
    type: 'rail',
    company: app.company,
    manager: manager.user,
    start_on: '2026-03-02',
    finish_on: '2026-12-31',
    contract_amount: amount as `${number}`,
  })
async function asked(amount: string) {
  const project = await projectOf(amount)
  const gate = await manager.entity('project_gate').create({
    name: `立项 ${project.name}`,
    project: project.id,
    gate: 'approve_start',
    reason: '合同已签订',
  })
  await manager.entity('project_gate').run(gate.id, 'submit')
  return { project, gate }
}

test('a project is approved to start by the PMO and finance together, from ten million on also by the managing director', async () => {
  const { project, gate } = await asked('10000000.00')
  expect((await boxOf(pmo, 'todo')).map(row => row.document)).toContain(gate.id)
  expect((await boxOf(boss, 'todo')).map(row => row.document)).not.toContain(gate.id)
  await expect(pmo.entity('project').run(project.id, 'approve_start')).rejects.toMatchObject({
    problem: { status: 403 },
  })
  await pmo.entity('project_gate').run(gate.id, 'approve', { opinion: '同意' })
  await finance.entity('project_gate').run(gate.id, 'approve')
  expect((await pmo.entity('project').get(project.id)).stage).toBe('proposed')
  const [waiting] = (await boxOf(boss, 'todo')).filter(row => row.document === gate.id)
  expect(waiting?.step?.zh).toBe('总经理审批')
  // It also waits in his calendar, and nowhere else any more.
  const calendarOf = async (person: Person) => {
    const { path } = await person.feeds.create('手机')
    return (await (await fetch(app.url + path)).text()).replaceAll('\r\n ', '')
  }
  expect(await calendarOf(boss)).toMatch(
    new RegExp(`SUMMARY:待审批：.*立项 ${project.name}[^]*/project_gate/${gate.id}`),
  )
  expect(await calendarOf(pmo)).not.toContain(gate.id)
  await boss.entity('project_gate').run(gate.id, 'approve')
  expect(await calendarOf(boss)).not.toContain(gate.id)
  expect((await pmo.entity('project').get(project.id)).stage).toBe('ready')
  expect((await manager.entity('project_gate').get(gate.id)).state).toBe('effective')
  expect((await boxOf(manager, 'started')).map(row => row.document)).toContain(gate.id)
  expect((await boxOf(boss, 'done')).map(row => row.document)).toContain(gate.id)
})

test('below ten million two are enough; the PMO may write conditions into it, and the trail tells', async () => {
  const { project, gate } = await asked('9999999.99')
  const record = await pmo.entity('project_gate').get(gate.id)
  await pmo.entity('project_gate').patch(gate.id, record.version, { condition: '开工前完成交底' })
  await finance.entity('project_gate').run(gate.id, 'approve')
  await pmo.entity('project_gate').run(gate.id, 'approve')
  expect((await pmo.entity('project').get(project.id)).stage).toBe('ready')
  const { trail } = await manager.perform<{ trail: { trail: { act: string; diff: object | null }[] } }>(
    'approval.trail',
    {
      entity: 'project_gate',
      document: gate.id,
    },
  )
  expect(trail.trail.find(each => each.act === 'edited')?.diff).toEqual({ condition: [null, '开工前完成交底'] })
})

test('a gate that the project does not stand before is not asked for', async () => {
  const project = await projectOf('1')
  const gate = await manager
    .entity('project_gate')
    .create({ name: '完工', project: project.id, gate: 'complete', reason: '完' })
  await expect(manager.entity('project_gate').run(gate.id, 'submit')).rejects.toMatchObject({
    problem: { code: 'project.gate_not_now' },
  })
  expect((await manager.entity('project_gate').get(gate.id)).state).toBe('draft')
})

test('open approvals of a leaver are counted and go to his successor', async () => {
  const administrator = await app.as('administrator')
  const leaver = await app.as('finance', { name: '于佳' })
  const successor = await app.as(undefined, { name: '顾惠敏' })
  const { gate } = await asked('5')
  expect((await boxOf(leaver, 'todo')).map(row => row.document)).toContain(gate.id)
  const preview = await administrator.perform<{ approvals: number }>('organisation.hand_over_preview', {
    leaver: leaver.user,
  })
  expect(preview.approvals).toBeGreaterThanOrEqual(1)
  await administrator.perform('organisation.hand_over', { leaver: leaver.user, successor: successor.user })
  expect((await boxOf(successor, 'todo')).map(row => row.document)).toContain(gate.id)
})

test('an administrator asks who would approve, publishes another flow, and goes back to the shipped one', async () => {
  const administrator = await app.as('administrator')
  const project = await projectOf('20000000')
  const ask = (content?: object) =>
    administrator.perform<{ chain: { step: string }[] }>('approval.simulate', {
      ...{ entity: 'project_gate', starter: manager.user },
      values: { project: project.id, contract_amount: '20000000' },
      ...(content ? { content } : {}),
    })
  expect((await ask()).chain.map(each => each.step)).toEqual(['office', 'finance', 'boss'])
  const content = {
    name: 'project_gate',
    label: { zh: '关口', en: 'Gates' },
    root: { is: 'step', name: 'only', label: { zh: '只总经理', en: 'Only he' }, who: { role: 'boss' } },
  }
  expect((await ask(content)).chain.map(each => each.step)).toEqual(['only'])
  const made = await administrator
    .entity('approval_flow')
    .create({ name: 'project_gate', entity: 'project_gate', content })
  await administrator.entity('approval_flow').run(made.id, 'publish')
  const { gate } = await asked('3')
  expect((await boxOf(boss, 'todo')).map(row => row.document)).toContain(gate.id)
  await administrator.entity('approval_flow').run(made.id, 'retire')
  expect((await ask()).chain.map(each => each.step)).toEqual(['office', 'finance', 'boss'])
  await expect(manager.perform('approval.simulate', {})).rejects.toMatchObject({ problem: { status: 403 } })
})
