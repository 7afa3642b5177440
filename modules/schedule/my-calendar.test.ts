// Calendar feeds: what a person's phone reads, as far as he may see it, and that nothing else opens it.
import type { Id } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { plan } from './plan.entity.ts'

let app: TestApp
let pmo: Person
let count = 0
beforeAll(async () => {
  app = await testApp({ limits: { feeds: { max: 40, timeWindow: 60_000 } } })
  pmo = await app.as('pmo')
})
afterAll(() => app?.close())

async function site() {
  const made = await pmo.entity(project).create({ name: `工地 ${++count}`, type: 'rail', company: app.company })
  const at = { kind: 'project', id: made.id } as const
  const engineer = await app.as('engineer', { at, name: `温若兰 ${count}` })
  const main = await pmo.entity(plan).create({ name: '总计划', project: made.id, start_on: '2026-03-02' })
  return { project: made.id, at, engineer, plan: main.id }
}
const task = (name: string, days: number, more: object = {}) => ({
  kind: 'task.add',
  task: {
    ...{ id: newId(), name, kind: days === 0 ? 'milestone' : 'task', duration: days * 480 },
    ...{ constraint: { type: 'asap' }, ...more },
  },
})
const edit = (id: Id<'plan'>, base: number, ...edits: object[]) =>
  pmo.entity(plan).run(id, 'edit', { base, edits: JSON.parse(JSON.stringify(edits)) })
const read = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(app.url + path, { headers })
  return { status: answer.status, text: (await answer.text()).replaceAll('\r\n ', ''), headers: answer.headers }
}

test('his tasks and the milestones of his project are in it, those of others are not; what is done next shows at once', async () => {
  const { engineer, plan: id } = await site()
  await edit(id, 0, task('土方开挖', 5, { responsible: engineer.user }), task('别人的', 3), task('验收', 0))
  const feed = await engineer.feeds.create('我的手机')
  const first = await read(feed.path)
  expect(first.status).toBe(200)
  expect(first.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(first.text).toContain('SUMMARY:土方开挖')
  expect(first.text).toContain('DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260307')
  expect(first.text).toContain('SUMMARY:◆ 验收')
  expect(first.text).not.toContain('别人的')
  expect(first.text).toContain(`URL:${app.url}/schedule/plan/${id}?task=`)
  // Unchanged it is not sent again.
  const tag = first.headers.get('etag') ?? ''
  expect((await read(feed.path, { 'if-none-match': tag })).status).toBe(304)
  await edit(id, 1, task('支撑', 2, { responsible: engineer.user }))
  expect((await read(feed.path, { 'if-none-match': tag })).text).toContain('SUMMARY:支撑')
  // Another plan of the project is not what is worked by.
  const draft = await pmo
    .entity(plan)
    .create({ name: '备选', project: (await pmo.entity(plan).get(id)).project, start_on: '2026-03-02' })
  await edit(draft.id, 0, task('备选开挖', 5, { responsible: engineer.user }))
  expect((await read(feed.path)).text).not.toContain('备选开挖')
})

test('what he promised for a week is in it', async () => {
  const { engineer, plan: id } = await site()
  await edit(id, 0, task('钢筋', 10))
  const [rebar] = (await pmo.entity('task').list({ filter: { plan: { eq: id } } })).items
  await pmo.entity('week_commitment').create({
    ...{
      plan: id,
      task: rebar?.id ?? '',
      week_on: '2026-03-09',
      who: engineer.user,
      promised_pct: '0.5',
    },
  } as never)
  const { text } = await read((await engineer.feeds.create('手机')).path)
  expect(text).toContain('SUMMARY:周计划：钢筋 → 50%')
  expect(text).toContain('DTSTART;VALUE=DATE:20260309\r\nDTEND;VALUE=DATE:20260314')
})

test('it stops with the right to see, with the person, and when he ends it; another feed goes on', async () => {
  const { engineer, plan: id, project: owner } = await site()
  await edit(id, 0, task('开挖', 5, { responsible: engineer.user }))
  const [one, two] = [await engineer.feeds.create('手机'), await engineer.feeds.create('Outlook')]
  expect((await engineer.feeds.list()).map(each => each.name).sort()).toEqual(['Outlook', '手机'])
  await engineer.feeds.revoke(one.id)
  expect((await read(one.path)).status).toBe(404)
  expect((await read(two.path)).text).toContain('开挖')
  expect((await engineer.feeds.list())[0]?.used_at).not.toBeNull()
  // Somebody else's feed is not his to end.
  const other = await app.as('engineer', { at: { kind: 'project', id: owner } })
  await expect(other.feeds.revoke(two.id)).rejects.toMatchObject({ status: 404 })
  const administrator = await app.as('administrator')
  const held = await administrator.entity('role_holding').list({ filter: { user: { eq: engineer.user } } })
  for (const each of held.items) await administrator.entity('role_holding').remove(each.id, each.version)
  await expect.poll(async () => (await read(two.path)).text).not.toContain('开挖')
  await administrator
    .entity('user')
    .patch(engineer.user, (await administrator.entity('user').get(engineer.user)).version, { active: false })
  await expect.poll(async () => (await read(two.path)).status).toBe(404)
})

test('its secret opens no API and is kept as a digest; nothing but the secret opens it', async () => {
  const { engineer } = await site()
  const { path } = await engineer.feeds.create('手机')
  const secret = new URL(app.url + path).searchParams.get('key') ?? ''
  expect((await read('/api/v1/task', { authorization: `Bearer ${secret}` })).status).toBe(401)
  expect(JSON.stringify(await engineer.feeds.list())).not.toContain(secret)
  const token = await engineer.tokens.create({
    name: 'x',
    expires_on: new Date(Date.now() + 864e5 * 9).toISOString().slice(0, 10),
  })
  for (const key of ['', 'yzf_', `${secret}x`, token.token, 'x'.repeat(5000), '%00'])
    expect((await read(`/api/v1/feeds/calendar.ics?key=${key}`)).status).toBe(404)
  expect((await read('/api/v1/feeds/calendar.ics')).status).toBe(404)
  // A program never makes an address of its own.
  const made = await fetch(`${app.url}/api/v1/feeds`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token.token}`, 'content-type': 'application/json' },
    body: '{"name":"x"}',
  })
  expect(made.status).toBe(403)
  await expect(engineer.feeds.create(' ')).rejects.toMatchObject({ problem: { code: 'auth.feed_name' } })
})

test('guessing is slowed', async () => {
  const tried = await Promise.all(
    Array.from({ length: 45 }, (_, at) => read(`/api/v1/feeds/calendar.ics?key=yzf_${at}`)),
  )
  expect(tried.some(({ status }) => status === 429)).toBe(true)
})

test('a whole plan leaves as a calendar file, its meetings with their hours, for whoever may export it', async () => {
  const { engineer, plan: id } = await site()
  const weekly = { recurring: true, constraint: { type: 'start_no_earlier_than', at: 29_542_140 } }
  const meeting = task('例会 1', 0.125, weekly)
  await edit(id, 0, task('土方开挖', 5), task('验收', 0), meeting)
  const file = await pmo.entity(plan).read<{ name: string; text: string }>(id, 'file', { format: 'ics' })
  expect(file.name).toBe('总计划.ics')
  expect(file.text).toContain('DTSTART;VALUE=DATE:20260302\r\nDTEND;VALUE=DATE:20260307')
  expect(file.text).toContain('SUMMARY:◆ 验收')
  // 29 542 140 minutes are 3 March 2026, 09:00 in Shanghai.
  expect(file.text).toMatch(/DTSTART:\d{8}T010000Z\r\nDTEND:\d{8}T020000Z\r\nSUMMARY:例会 1/)
  await expect(engineer.entity(plan).read(id, 'file', { format: 'ics' })).rejects.toMatchObject({ status: 403 })
})

test('a feed without a name is refused for that, and its maker stays signed in', async () => {
  const engineer = await app.as('engineer')
  for (const name of ['   ', ''])
    await expect(engineer.feeds.create(name)).rejects.toMatchObject({ status: 422, code: 'auth.feed_name' })
  expect(await engineer.feeds.list()).toEqual([])
})
