// 消息: whoever a record comes to concern is told, in the inbox and by a letter through a real mail server.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import { all, createAll, later, patch } from '@yingzao/kernel/server'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { declared, type Person, type TestApp, testApp } from '../testing/app.ts'
import { ESCALATE } from './escalate.jobs.ts'
import { openMailer } from './mail.ts'
import { message } from './message.entity.ts'
import { quietUntil, sendingOf } from './quiet.ts'

const snag = entity('snag', {
  label: { zh: '整改单', en: 'Snag' },
  title: 'name',
  fields: {
    name: f.text({ zh: '问题', en: 'Snag' }, { required: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true }),
    keeper: f.user({ zh: '责任人', en: 'Keeper' }),
    watchers: f.multiRef('user', { zh: '关注人', en: 'Watchers' }),
    fine_amount: f.money({ zh: '罚款', en: 'Fine' }, { group: 'commercial' }),
    due_on: f.date({ zh: '期限', en: 'Due' }),
    open: f.flag({ zh: '未闭合', en: 'Open' }, { default: true }),
  },
  place: { company: 'company', owner: ['keeper'] },
  tells: {
    yours: {
      label: { zh: '整改由我负责', en: 'A snag is mine' },
      to: 'keeper',
      when: 'open = true',
      escalate: { hours: 8 },
      text: {
        zh: '请在 {due_on} 前整改“{name}”，罚款 {fine_amount} 元',
        en: 'Mend “{name}” by {due_on}, fine {fine_amount}',
      },
    },
    watched: {
      label: { zh: '请我关注的整改', en: 'A snag I watch' },
      to: 'watchers',
      urgent: true,
      text: { zh: '{title}：责任人 {keeper}', en: '{title}: {keeper}' },
    },
  },
  access: [
    allow('snag_inspector', 'read create update delete', { fields: { commercial: 'edit' } }),
    allow('snag_foreman', 'read'),
    allow('member', 'read', { scope: 'own' }),
  ],
})
const site = defineModule({
  name: 'site',
  label: { zh: '现场', en: 'Site' },
  entities: [snag],
  roles: {
    snag_inspector: { label: { zh: '检查员', en: 'Inspector' }, at: ['company'] },
    snag_foreman: { label: { zh: '工长', en: 'Foreman' }, at: ['company'] },
  },
})

interface Got {
  readonly to: string
  readonly raw: string
}
const letters: Got[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) =>
    done(
      address.startsWith('gone@')
        ? Object.assign(new Error('no such mailbox'), { responseCode: 550 })
        : address.startsWith('slow@')
          ? Object.assign(new Error('try again'), { responseCode: 451 })
          : null,
    ),
  onData(stream, { envelope }, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      letters.push({ to: envelope.rcptTo[0]?.address ?? '', raw: Buffer.concat(parts).toString('utf8') })
      done()
    })
  },
})

let app: TestApp
let inspector: Person
beforeAll(async () => {
  await new Promise<void>(ready => smtp.listen(0, '127.0.0.1', ready))
  const address = smtp.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const mailer = openMailer(`smtp://127.0.0.1:${port}`, '营造 <yingzao@example.cn>')
  const post = { mailer, url: 'https://yz.example.cn', product: '营造', together: 40 }
  app = await testApp({ modules: [site], post })
  inspector = await app.as('snag_inspector', { name: '周检查' })
})
afterAll(async () => {
  await app?.close()
  await new Promise<void>(done => smtp.close(done))
})

let made = 0
async function foreman(email?: string, role: string | null = 'snag_foreman'): Promise<Person> {
  const person = await app.as(role ?? undefined, { name: `工长${++made}` })
  const profile = await person.entity('user').get(person.user)
  if (email) await person.entity('user').patch(person.user, profile.version, { email })
  return person
}
const raise = (more: object) =>
  inspector.entity('snag').create({ name: '楼梯扶手松动', company: app.company, due_on: '2026-11-30', ...more })
/** Letters to an address, once so many are there; nothing else may come in the meantime. */
async function lettersTo(address: string, count: number): Promise<readonly string[]> {
  for (let waited = 0; waited < 400; waited++) {
    const found = letters.filter(letter => letter.to === address)
    if (found.length >= count) return found.map(letter => decoded(letter.raw))
    await sleep(50)
  }
  throw new Error(`no letter to ${address}`)
}
/** Headers unfolded, encoded words and quoted-printable or base64 parts in clear. */
function decoded(raw: string): string {
  const words = raw
    .replace(/\?=\r?\n =\?/g, '?= =?')
    .replace(/=\?UTF-8\?B\?([^?]+)\?=(?: (?==\?))?/gi, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replace(/=\?UTF-8\?Q\?([^?]+)\?=(?: (?==\?))?/gi, (_, text: string) => quoted(text.replaceAll('_', ' ')))
  return words
    .replace(/base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/g, (_, text: string) => Buffer.from(text, 'base64').toString())
    .replace(/quoted-printable\r?\n\r?\n([\s\S]*?)(?=\r?\n--|$)/g, (_, text: string) => quoted(text))
}
const quoted = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
const stateOf = async (person: Person) =>
  (await all(systemContext(app.host, 'test'), message, { filter: { person: { eq: person.user } } })).map(
    each => each.mail,
  )
async function settled(person: Person): Promise<readonly unknown[]> {
  for (let waited = 0; waited < 400; waited++) {
    const states = await stateOf(person)
    if (states.length > 0 && !states.includes('waiting')) return states
    await sleep(50)
  }
  throw new Error('the message still waits')
}

test('whoever becomes responsible is told, in words that hide what he may not see, and a letter says the same', async () => {
  const keeper = await foreman('keeper@example.cn')
  const made = await raise({ keeper: keeper.user, fine_amount: '500.00' })
  const { items, unread } = await keeper.inbox.read({})
  expect(unread.value).toBe(1)
  expect(items[0]).toMatchObject({
    kind: '整改由我负责',
    text: '请在 2026-11-30 前整改“楼梯扶手松动”，罚款 — 元',
    read: false,
    by: { id: inspector.user, name: '周检查' },
    to: { module: 'site', entity: 'snag', id: made.id },
  })
  const [letter = ''] = await lettersTo('keeper@example.cn', 1)
  expect(letter).toContain('[营造] 请在 2026-11-30 前整改“楼梯扶手松动”，罚款 — 元')
  expect(letter).toContain(`https://yz.example.cn/site/snag/${made.id}`)
  expect(letter).not.toContain('500')
  expect(await settled(keeper)).toEqual(['sent'])
})

test('nobody is told of what he did himself, nor again while nothing changed for him', async () => {
  const keeper = await foreman()
  const mine = await raise({ keeper: inspector.user })
  const theirs = await raise({ keeper: keeper.user })
  await inspector.entity('snag').patch(theirs.id, theirs.version, { due_on: '2026-12-01' })
  expect((await inspector.inbox.read({})).items.filter(each => each.to?.id === mine.id)).toEqual([])
  expect((await keeper.inbox.read({})).items).toHaveLength(1)
})

test('a condition that becomes true tells whoever stands there already', async () => {
  const keeper = await foreman()
  const quiet = await raise({ keeper: keeper.user, open: false })
  expect((await keeper.inbox.read({})).items).toEqual([])
  await inspector.entity('snag').patch(quiet.id, quiet.version, { open: true })
  expect((await keeper.inbox.read({})).items).toHaveLength(1)
})

test('an inbox shows nothing of a record that its owner may not see any more', async () => {
  const keeper = await foreman(undefined, null)
  const made = await raise({ keeper: keeper.user })
  expect((await keeper.inbox.read({})).items[0]?.text).toContain('楼梯扶手松动')
  await inspector.entity('snag').patch(made.id, made.version, { keeper: null })
  const [item] = (await keeper.inbox.read({})).items
  expect(item).toMatchObject({ kind: '整改由我负责', text: null, to: null })
})

test('messages are marked as read one by one, by record and all at once, and only one’s own', async () => {
  const [keeper, other] = [await foreman(), await foreman()]
  const first = await raise({ keeper: keeper.user })
  await raise({ keeper: keeper.user })
  await raise({ keeper: keeper.user })
  const [newest] = (await keeper.inbox.read({})).items
  expect(await other.inbox.mark({ ids: [newest?.id ?? ''] })).toMatchObject({ value: 0 })
  expect((await keeper.inbox.read({ unread: true })).items).toHaveLength(3)
  expect(await keeper.inbox.mark({ ids: [newest?.id ?? ''] })).toMatchObject({ value: 2 })
  expect(await keeper.inbox.mark({ entity: 'snag', record: first.id })).toMatchObject({ value: 1 })
  expect(await keeper.inbox.mark({ all: true })).toMatchObject({ value: 0 })
  // Whoever caused it does not see when it was read.
  const seen = await inspector.entity('message').list({ limit: 100 })
  expect(seen.items.every(each => each.person === inspector.user)).toBe(true)
})

test('what happens close together goes out in one letter', async () => {
  const keeper = await foreman('busy@example.cn')
  await Promise.all(['一', '二', '三'].map(name => raise({ name: `第${name}处`, keeper: keeper.user })))
  await settled(keeper)
  const sent = (await lettersTo('busy@example.cn', 1)).join('\n')
  for (const name of ['第一处', '第二处', '第三处']) expect(sent).toContain(name)
})

test('who wants a digest gets one letter in the morning; what is urgent comes at once; what is muted never', async () => {
  // Somebody whose mailbox does not answer this morning comes first and keeps nobody's letter back.
  const slow = await foreman('slow@example.cn')
  await slow.inbox.wish({ mail: 'daily', quiet_from: null, quiet_to: null, muted: [] })
  await raise({ name: '慢', keeper: slow.user })
  const keeper = await foreman('digest@example.cn')
  await keeper.inbox.wish({ mail: 'daily', quiet_from: null, quiet_to: null, muted: [] })
  await raise({ name: '日常', keeper: keeper.user })
  await raise({ name: '要紧', watchers: [keeper.user] })
  const [first = ''] = await lettersTo('digest@example.cn', 1)
  expect(first).toContain('要紧')
  expect(first).not.toContain('日常')
  await later(systemContext(app.host, 'test'), 'platform.message_digest', {})
  const sent = await lettersTo('digest@example.cn', 2)
  expect(sent[1]).toContain('日常')

  await keeper.inbox.wish({ mail: 'at_once', quiet_from: null, quiet_to: null, muted: ['snag.yours'] })
  await raise({ name: '静音', keeper: keeper.user })
  expect(await settled(keeper)).toContain('none')
  const settings = await keeper.inbox.settings()
  expect(settings.kinds.find(kind => kind.name === 'snag.yours')).toMatchObject({ mail: false, about: '整改单' })
  expect((await keeper.inbox.read({})).items[0]?.text).toContain('静音')
})

test('unread after the hours its tell declares, a message goes to the superior with the name of whoever did not read it', async () => {
  const system = systemContext(app.host, 'test')
  const [keeper, head, reader] = [await foreman(), await foreman(), await foreman()]
  for (const person of [keeper, reader]) await patch(system, 'user', person.user, undefined, { manager: head.user })
  for (const person of [keeper, reader]) await raise({ name: '临边无防护', keeper: person.user })
  await reader.inbox.mark({ all: true })
  const theirs = await all(system, message, { filter: { person: { in: [keeper.user, reader.user] } } })
  for (const { id, escalate_at } of theirs) {
    expect(escalate_at).not.toBeNull()
    await patch(system, message, id, undefined, { escalate_at: '2026-01-05T01:00:00.000Z' })
  }
  const escalate = () =>
    app.host.registry.jobs.get(ESCALATE)?.run(
      system,
      {},
      Object.assign(async () => {}, { signal: new AbortController().signal }),
    )
  expect([await escalate(), await escalate()]).toEqual([{ escalated: 1 }, { escalated: 0 }])
  const { name } = await keeper.entity('user').get(keeper.user)
  expect((await head.inbox.read({})).items).toMatchObject([
    { urgent: true, text: expect.stringMatching(new RegExp(`^${String(name)} 逾时未读：.*临边无防护`)) },
  ])
})

test('whoever comes back to more messages than a list answers at once gets his letter all the same', async () => {
  const keeper = await foreman('away@example.cn')
  const about = { person: keeper.user, entity: 'snag', tell: 'yours', mail: 'waiting' } as const
  const system = systemContext(app.host, 'test')
  await createAll(
    system,
    message,
    Array.from({ length: 510 }, () => ({ ...about, record: randomUUID() })),
  )
  await raise({ name: '还在', keeper: keeper.user })
  expect((await lettersTo('away@example.cn', 1)).join('')).toContain('还在')
})

test('a mailbox that does not exist is given up, a person without one is not waited for', async () => {
  const [gone, none] = [await foreman('gone@example.cn'), await foreman()]
  await raise({ keeper: gone.user })
  await raise({ keeper: none.user })
  expect(await settled(gone)).toEqual(['failed'])
  expect(await settled(none)).toEqual(['none'])
})

test('wishes that make no sense are refused by field and nothing is lost', async () => {
  const keeper = await foreman()
  const wrong = (wishes: object) =>
    keeper.transport.call('PUT', '/inbox/settings', { body: wishes }).then(
      () => 'done',
      (error: unknown) => (isFailure(error) ? error.status : String(error)),
    )
  const good = { mail: 'weekly', quiet_from: '22:00', quiet_to: '07:00', muted: [] } as const
  await keeper.inbox.wish(good)
  expect(await wrong({ ...good, mail: 'hourly' })).toBe(422)
  expect(await wrong({ ...good, quiet_from: '25:00' })).toBe(422)
  expect(await wrong({ ...good, quiet_to: null })).toBe(422)
  expect(await wrong({ ...good, muted: 'all' })).toBe(422)
  expect(await wrong({ ...good, more: 1 })).toBe(422)
  expect(await keeper.inbox.settings()).toMatchObject({ mail: 'weekly', quiet_from: '22:00', quiet_to: '07:00' })
})

test('nobody sets for somebody else how he is told', async () => {
  const [keeper, other] = [await foreman(), await foreman()]
  const settings = other.entity('message_setting')
  await expect(settings.create({ person: keeper.user, mail: 'never' })).rejects.toMatchObject({
    problem: { status: 422, errors: [{ path: 'person', code: 'message_setting.mine' }] },
  })
  const own = await settings.create({ person: other.user, mail: 'daily' })
  await expect(settings.patch(own.id, own.version, { person: keeper.user })).rejects.toMatchObject({ status: 422 })
  expect(await keeper.inbox.settings()).toMatchObject({ mail: 'at_once' })
})

test('quiet hours end in the morning, also over midnight and in the organisation’s zone', () => {
  const zone = 'Asia/Shanghai'
  const wishes = { quiet_from: '22:00', quiet_to: '07:30' }
  expect(quietUntil(wishes, '2026-11-22T15:00:00.000Z', zone)).toBe('2026-11-22T23:30:00.000Z')
  expect(quietUntil(wishes, '2026-11-22T20:00:00.000Z', zone)).toBe('2026-11-22T23:30:00.000Z')
  expect(quietUntil(wishes, '2026-11-22T23:30:00.000Z', zone)).toBeNull()
  expect(quietUntil({ quiet_from: '12:00', quiet_to: '14:00' }, '2026-11-22T05:00:00.000Z', zone)).toBe(
    '2026-11-22T06:00:00.000Z',
  )
  expect(sendingOf('at_once', wishes, false, '2026-11-22T15:00:00.000Z', zone)).toEqual({
    kind: 'later',
    at: '2026-11-22T23:30:00.000Z',
  })
  expect(sendingOf('at_once', wishes, true, '2026-11-22T15:00:00.000Z', zone)).toEqual({ kind: 'now' })
  expect(sendingOf('never', wishes, true, '2026-11-22T15:00:00.000Z', zone)).toEqual({ kind: 'never' })
})

test('a tell that names no people or an unknown field fails the boot', () => {
  const wrong = entity('odd_snag', {
    label: { zh: '问题', en: 'Odd' },
    fields: { name: f.text({ zh: '名', en: 'Name' }) },
    tells: {
      nobody: { label: { zh: '无', en: 'None' }, to: 'name', when: 'nme = "x"', text: { zh: '{nam}', en: '{name}' } },
    },
    access: [],
  })
  const module = defineModule({ name: 'odd', label: { zh: '怪', en: 'Odd' }, entities: [wrong] })
  const boot = () => buildRegistry(declared([module], []))
  expect(boot).toThrow(/tell "nobody": "name" names no people/)
  expect(boot).toThrow(/its text names the unknown field "nam"/)
})
