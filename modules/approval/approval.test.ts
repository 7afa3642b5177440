// Approval through the doors people use: what it tells whom and in which words, reminders, comments; signatures and files of an
// opinion.

import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import { all, patch } from '@yingzao/kernel/server'
import { newId } from '@yingzao/platform/client'
import { systemContext } from '@yingzao/platform/http/context'
import type { Letter } from '@yingzao/platform/inbox/mail'
import { REMIND } from '@yingzao/platform/inbox/remind.jobs'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BoxAnswer, FlowsAnswer, TrailView } from './shape.ts'

const letters: Letter[] = []
/** What happens once while a letter with these words is on its way to somebody. */
let meanwhile: { readonly to: string; readonly words: string; readonly happens: () => Promise<unknown> } | null = null
let app: TestApp
let [manager, pmo, finance, boss, administrator]: Person[] = []
beforeAll(async () => {
  const send = async (letter: Letter) => {
    if (letter.to === meanwhile?.to && letter.text.includes(meanwhile.words)) {
      const { happens } = meanwhile
      meanwhile = null
      await happens()
    }
    return letters.push(letter) > 0
  }
  const mailer = { send, close: () => {} }
  app = await testApp({ post: { mailer, url: 'https://yz.example.cn', product: '营造', together: 20 } })
  manager = await app.as('project_manager', { name: '江一帆' })
  pmo = await app.as('pmo', { name: '沈知行' })
  finance = await app.as('finance', { name: '顾惠敏' })
  boss = await app.as('boss', { name: '总经理' })
  administrator = await app.as('administrator', { name: '管理员' })
})
afterAll(() => app?.close())

const is = (person: Person | undefined): Person => {
  if (!person) throw new Error('signed in before the tests')
  return person
}
async function submitted(amount: `${number}`): Promise<{ readonly id: string; readonly name: string }> {
  const name = `关口 ${newId().slice(-6)}`
  const project = await is(pmo)
    .entity('project')
    .create({
      ...{ name: `项目 ${name}`, type: 'rail', company: app.company, manager: is(manager).user },
      contract_amount: amount,
    })
  const gates = is(manager).entity('project_gate')
  const gate = await gates.create({ name, project: project.id, gate: 'approve_start', reason: '合同已签订' })
  await gates.run(gate.id, 'submit')
  return { id: gate.id, name }
}
const act = (person: Person | undefined, id: string, verb: string, input = {}) =>
  is(person).entity('project_gate').run(id, verb, input)
/** What the person is told of the document and has not read, newest first. */
async function unread(person: Person | undefined, id: string): Promise<readonly (string | null)[]> {
  const { items } = await is(person).inbox.read({ unread: true })
  return items.filter(item => item.to?.id === id).map(item => item.text)
}
async function letterTo(address: string, words: string): Promise<Letter> {
  await expect
    .poll(() => letters.some(each => each.to === address && each.text.includes(words)), { timeout: 60_000 })
    .toBe(true)
  const found = letters.findLast(each => each.to === address && each.text.includes(words))
  if (!found) throw new Error('polled')
  return found
}
async function addressed(person: Person | undefined, email: string): Promise<void> {
  const users = is(person).entity('user')
  await users.patch(is(person).user, (await users.get(is(person).user)).version, { email })
}

test('whoever is asked, copied or waits for the outcome is told; what is done asks nobody any more', async () => {
  await addressed(pmo, 'pmo@example.cn')
  const { id, name } = await submitted('800000.00')
  expect(await unread(pmo, id)).toEqual([`请审批关口申请“${name}”（合同额（含税） 800,000.00）`])
  expect(await letterTo('pmo@example.cn', name)).toMatchObject({ subject: expect.stringContaining('请审批') })
  expect(await unread(manager, id)).toEqual([])
  await act(pmo, id, 'approve')
  expect(await unread(pmo, id)).toEqual([])
  await act(finance, id, 'copy_to', { users: [is(administrator).user] })
  expect(await unread(administrator, id)).toEqual([`关口申请“${name}”（合同额（含税） 800,000.00）抄送给您`])
  await act(finance, id, 'return', { opinion: '补合同扫描件' })
  expect([await unread(manager, id), await unread(finance, id)]).toEqual([
    [`您提交的关口申请“${name}”（合同额（含税） 800,000.00）被退回修改`],
    [],
  ])
  await act(manager, id, 'submit')
  await act(pmo, id, 'transfer', { to: is(boss).user })
  expect(await unread(boss, id)).toEqual([`关口申请“${name}”（合同额（含税） 800,000.00）转由您审批`])
  await act(boss, id, 'reject', { opinion: '条件不成熟' })
  expect((await unread(manager, id))[0]).toContain('被驳回')
})

test('the starter reminds at most once an hour; left unread, an urgent message is sent once more', async () => {
  await addressed(finance, 'finance@example.cn')
  const { id, name } = await submitted('1.00')
  await act(pmo, id, 'approve')
  await act(manager, id, 'remind')
  await expect(act(manager, id, 'remind')).rejects.toMatchObject({ problem: { code: 'approval.reminded_lately' } })
  const [urgent] = (await is(finance).inbox.read({ unread: true })).items
  expect(urgent).toMatchObject({ urgent: true, text: expect.stringContaining('仍在等您审批') })
  const first = await letterTo('finance@example.cn', `${name}”（合同额（含税） 1.00）仍在等您审批`)
  expect(first.id).not.toContain('.2@')
  const ctx = systemContext(app.host, 'test')
  const mine = await all(ctx, 'message', { filter: { person: { eq: is(finance).user }, urgent: { eq: true } } })
  // Half a working day later.
  for (const each of mine) await patch(ctx, 'message', each.id, undefined, { remind_at: '2026-01-05T01:00:00.000Z' })
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  const remind = () => app.host.registry.jobs.get(REMIND)?.run(systemContext(app.host, 'test'), {}, progress)
  expect([await remind(), await remind()]).toEqual([{ reminded: 1 }, { reminded: 0 }])
  await expect.poll(() => letters.some(each => each.id.includes('.2@')), { timeout: 60_000 }).toBe(true)
})

test('who is reminded while the first letter is on its way gets the second one all the same', async () => {
  await addressed(finance, 'finance@example.cn')
  const progress = Object.assign(async () => {}, { signal: new AbortController().signal })
  const remind = async () => {
    const ctx = systemContext(app.host, 'test')
    const open = { filter: { person: { eq: is(finance).user }, urgent: { eq: true }, mail: { eq: 'waiting' } } }
    for (const each of await all(ctx, 'message', open))
      await patch(ctx, 'message', each.id, undefined, { remind_at: '2026-01-05T01:00:00.000Z' })
    await app.host.registry.jobs.get(REMIND)?.run(ctx, {}, progress)
  }
  meanwhile = { to: 'finance@example.cn', words: '（合同额（含税） 2.37）仍在等您审批', happens: remind }
  const { id, name } = await submitted('2.37')
  await act(manager, id, 'remind')
  const words = `${name}”（合同额（含税） 2.37）仍在等您审批`
  const mine = () => letters.filter(each => each.to === 'finance@example.cn' && each.text.includes(words))
  await expect.poll(() => mine().length, { timeout: 50_000 }).toBe(2)
  // A letter of its own to every mail program, whatever else it tells of.
  expect(new Set(mine().map(each => each.id)).size).toBe(2)
})

test('what was withdrawn, changed and submitted again is not approved by whoever saw the old one in his to-do', async () => {
  const { id } = await submitted('6.00')
  const seen = async () => {
    const { rows } = await is(pmo).perform<BoxAnswer>('approval.box', { box: 'todo' })
    return rows.find(row => row.document === id)?.version ?? 0
  }
  const gates = is(manager).entity('project_gate')
  const before = await seen()
  await gates.run(id, 'withdraw')
  await gates.patch(id, (await gates.get(id)).version, { reason: '改了理由' })
  await gates.run(id, 'submit')
  const approve = (version: number) => is(pmo).entity('project_gate').run(id, 'approve', {}, { version })
  await expect(approve(before)).rejects.toMatchObject({ problem: { code: 'record.stale' } })
  await approve(await seen())
  expect(await unread(pmo, id)).toEqual([])
})

test('a role that an administrator made can be chosen where flows are drawn', async () => {
  const names = { label_zh: '法务', label_en: 'Legal' }
  await is(administrator)
    .entity('role')
    .create({ code: 'legal_counsel', ...names, places: ['company'] })
  const { roles } = await is(administrator).perform<FlowsAnswer>('approval.flows', {})
  expect(roles).toMatchObject({ legal_counsel: { zh: '法务', en: 'Legal' }, pmo: expect.anything() })
})

test('a step that hides the amount hides it in what its people are told', async () => {
  const foreman = await app.as('foreman')
  const label = { zh: '盲审', en: 'Blind' }
  const who = { users: [foreman.user] }
  const retire = await published({ is: 'step', name: 'blind', label, who, fields: { contract_amount: 'hidden' } })
  const { id, name } = await submitted('12345.00')
  const told = await unread(foreman, id)
  await retire()
  expect(told).toEqual([`请审批关口申请“${name}”`])
})

test('a comment tells whom it names and who takes part, if they may read the record; nobody chooses letters for another', async () => {
  const foreman = await app.as('foreman', { name: '工长甲' })
  const { id, name } = await submitted('5.00')
  await is(pmo).entity('project_gate').comments.add(id, '@顾惠敏 @工长甲 请看付款条件')
  expect((await unread(finance, id))[0]).toBe(`关口申请“${name}”的评论里提到了您`)
  expect(await unread(manager, id)).toContain(`关口申请“${name}”有新评论`)
  expect(await unread(foreman, id)).toEqual([])
  const { kinds } = await is(finance).inbox.settings()
  expect(kinds.filter(kind => kind.about === '评论').map(kind => kind.name)).toEqual([
    'comment.mentioned',
    'comment.said',
  ])
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
async function published(root: object): Promise<() => Promise<unknown>> {
  const flows = is(administrator).entity('approval_flow')
  const content = JSON.parse(JSON.stringify({ name: 'project_gate', label: { zh: '签', en: 'Sign' }, root }))
  const made = await flows.create({ name: 'project_gate', entity: 'project_gate', content })
  await flows.run(made.id, 'publish')
  return () => flows.run(made.id, 'retire')
}

test('a step that asks for a signature takes none but the approver’s own picture; it and his files stand in the trail', async () => {
  const label = { zh: '签批', en: 'Sign' }
  const retire = await published({
    is: 'step',
    name: 'sign',
    label,
    who: { users: [is(boss).user, is(pmo).user] },
    mode: 'all',
    sign: true,
  })
  const { id } = await submitted('5.00')
  await retire()
  await expect(act(boss, id, 'approve', { opinion: '同意' })).rejects.toMatchObject({
    problem: { code: 'approval.unsigned', errors: [{ path: 'signature' }] },
  })
  const signature = await is(boss).upload(new Blob([png]), 'signature.png')
  const paper = await is(boss).upload(new Blob(['核价表']), '核价表.txt')
  await expect(act(pmo, id, 'approve', { signature: [signature] })).rejects.toMatchObject({
    problem: { code: 'file.unknown' },
  })
  await expect(act(boss, id, 'approve', { signature: [paper] })).rejects.toMatchObject({
    problem: { code: 'record.invalid' },
  })
  const { rows } = await is(boss).perform<{ rows: readonly { document: string; sign: boolean }[] }>('approval.box', {
    box: 'todo',
  })
  expect(rows.find(row => row.document === id)?.sign).toBe(true)
  await act(boss, id, 'approve', { opinion: '同意', signature: [signature], files: [paper] })
  const { trail } = await is(manager).perform<{ trail: TrailView }>('approval.trail', {
    entity: 'project_gate',
    document: id,
  })
  expect(trail.trail.find(line => line.act === 'approved')).toMatchObject({
    signature: { id: signature.id },
    files: [{ name: '核价表.txt' }],
  })
  const paperOf = async (person: Person) =>
    readPdf(new Uint8Array(await (await person.entity('project_gate').printRecord(id)).arrayBuffer()))
      .map(page => page.text)
      .join('\n')
  expect(await paperOf(is(manager))).toContain('核价表.txt')
  const asked = (person: Person, of: string) =>
    fetch(new URL(person.fileUrl(signature.id), app.url) + of, { headers: { cookie: person.cookie } }).then(
      answer => answer.status,
    )
  const stranger = await app.as('foreman')
  const of = `?of=project_gate/${id}`
  expect([await asked(is(manager), of), await asked(is(manager), ''), await asked(stranger, of)]).toEqual([
    200, 404, 404,
  ])
  const own = await is(pmo).upload(new Blob([png]), 'mine.png')
  await act(pmo, id, 'approve', { signature: [own] })
  expect((await is(manager).entity('project_gate').get(id)).state).toBe('effective')
})
