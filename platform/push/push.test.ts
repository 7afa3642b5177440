// 推送: what comes to concern somebody shows on his devices, in words that only they can read and he may see. The push service
// is a real server here (platform/testing/push-service.ts), and opens what it was given by RFC 8291 alone.
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { all, later } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemContext } from '../http/context.ts'
import { message } from '../inbox/message.entity.ts'
import { DELIVER } from '../inbox/tell.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { type PushService, pushService } from '../testing/push-service.ts'
import { encryptFor, mostBytes } from './encryption.ts'
import { isPublicAddress, lookupPublic, readEndpoint } from './endpoint.ts'
import { noticeOf, packetOf } from './notice.ts'
import { senderKey } from './vapid.ts'

const claim = entity('penalty', {
  label: { zh: '罚款单', en: 'Penalty' },
  title: 'name',
  fields: {
    name: f.text({ zh: '事由', en: 'What for' }, { required: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true }),
    keeper: f.user({ zh: '责任人', en: 'Keeper' }),
    watcher: f.user({ zh: '盯办人', en: 'Watcher' }),
    fine_amount: f.money({ zh: '罚款', en: 'Fine' }, { group: 'commercial' }),
  },
  place: { company: 'company', owner: ['keeper'] },
  tells: {
    yours: {
      label: { zh: '罚款由我承担', en: 'A penalty is mine' },
      to: 'keeper',
      text: { zh: '“{name}”，罚款 {fine_amount} 元', en: '“{name}”, fine {fine_amount}' },
    },
    watched: {
      label: { zh: '盯办', en: 'Watched' },
      to: 'watcher',
      urgent: true,
      text: { zh: '请盯办“{name}”', en: 'Watch “{name}”' },
    },
  },
  access: [
    allow('inspector', 'read create update', { fields: { commercial: 'edit' } }),
    allow('treasurer', 'read', { fields: { commercial: 'read' } }),
    allow('foreman', 'read'),
  ],
})
const site = defineModule({
  name: 'site',
  label: { zh: '现场', en: 'Site' },
  entities: [claim],
  roles: {
    inspector: { label: { zh: '检查员', en: 'Inspector' }, at: ['company'] },
    treasurer: { label: { zh: '财务', en: 'Treasurer' }, at: ['company'] },
    foreman: { label: { zh: '工长', en: 'Foreman' }, at: ['company'] },
  },
})

const key = senderKey(Buffer.alloc(32, 'web push'))
let app: TestApp
let inspector: Person
let service: PushService
beforeAll(async () => {
  service = await pushService()
  const push = { key, contact: 'https://yz.example.cn', product: '营造', together: 30, anywhere: true }
  app = await testApp({ modules: [site], push })
  inspector = await app.as('inspector', { name: '周检查' })
})
afterAll(async () => {
  await app?.close()
  await service?.close()
})

/** A browser that this person switched push on in. */
async function browser(person: Person) {
  const { path, keys, endpoint, open } = await service.subscribe()
  const { id } = await person.push.keep({ endpoint, keys })
  const arrived = () => service.given.filter(each => each.path === path)
  return { id, path, endpoint, arrived, last: async () => open(arrived().at(-1)?.body ?? Buffer.alloc(0)) }
}

const stateOf = async (person: Person) =>
  (await all(systemContext(app.host, 'test'), message, { filter: { person: { eq: person.user } } })).map(
    each => each.push,
  )
const raise = (more: object) =>
  inspector.entity('penalty').create({ name: '未戴安全帽', company: app.company, fine_amount: '500.00', ...more })
const waits = { timeout: 20_000, interval: 30 }

test('the example of RFC 8291 comes out to the byte, and a key that is none is refused', () => {
  const bytes = (text: string) => Buffer.from(text, 'base64url')
  const keys = {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  }
  const fresh = {
    privateKey: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
  }
  expect(encryptFor(keys, 'When I grow up, I want to be a watermelon', fresh).toString('base64url')).toBe(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
  )
  // Not on the curve: whoever asked with it would learn of our key.
  const off = Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url')
  expect(() => encryptFor({ ...keys, p256dh: off }, 'x')).toThrow()
})

test('a server is not sent into its own network by an address of a push service', async () => {
  for (const wrong of [
    ...['http://fcm.googleapis.com/x', 'https://fcm.googleapis.com:8443/x', 'https://me:pw@push.example.com/x'],
    ...['https://localhost/x', 'https://127.0.0.1/x', 'https://2130706433/x', 'https://[::1]/x', 'https://8.8.8.8/x'],
    ...['https://intranet/x', 'https://db.local/x', 'https://metadata.google.internal./x', 'ftp://push.example.com'],
    ...['https://169.254.169.254/latest', `https://push.example.com/${'x'.repeat(1000)}`, 'no address'],
  ])
    expect(readEndpoint(wrong), wrong).toBeNull()
  for (const right of [
    'https://fcm.googleapis.com/fcm/send/abc',
    'https://web.push.apple.com/QGu',
    'https://wns2-pn1p.notify.windows.com/w/?token=B',
  ])
    expect(readEndpoint(right)?.href, right).toBe(right)
  for (const inside of [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '127.0.0.2',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
  ])
    expect(isPublicAddress(inside), inside).toBe(false)
  for (const outside of ['142.250.1.1', '17.57.1.1', '2a00:1450:4001::5f', '2001:4860:4860::8888'])
    expect(isPublicAddress(outside), outside).toBe(true)
  // A name that leads inside is found out when it is looked up.
  const found = await new Promise(done => lookupPublic('localhost', {}, error => done(error?.code)))
  expect(found).toBe('EINSIDE')
})

test('a person is told on his device, signed by us, in words he may see: a foreman gets no amount, the treasurer does', async () => {
  const [foreman, treasurer] = [await app.as('foreman'), await app.as('treasurer')]
  const [phone, desk] = [await browser(foreman), await browser(treasurer)]
  const [one, two] = [await raise({ keeper: foreman.user }), await raise({ keeper: treasurer.user })]
  await expect.poll(() => phone.arrived().length + desk.arrived().length, waits).toBe(2)
  expect(await phone.last()).toEqual({
    ...{
      title: '罚款由我承担',
      body: '“未戴安全帽”，罚款 — 元',
      path: `/site/penalty/${one.id}`,
      unread: 1,
      lang: 'zh',
    },
    tag: (await foreman.inbox.read({})).items[0]?.id,
  })
  expect(await desk.last()).toMatchObject({ body: '“未戴安全帽”，罚款 500.00 元', path: `/site/penalty/${two.id}` })
  await expect.poll(() => stateOf(foreman), waits).toEqual(['sent'])

  const [{ headers, body } = { headers: { authorization: '' }, body: Buffer.alloc(0) }] = phone.arrived()
  expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'normal', ttl: String(3 * 86_400) })
  expect(body.toString('latin1')).not.toContain('site')
  const [, token = '', k] = /^vapid t=(\S+), k=(\S+)$/.exec(String(headers.authorization)) ?? []
  expect(k).toBe((await foreman.push.read()).key)
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(k ?? '', 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const sender = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = { key: sender, dsaEncoding: 'ieee-p1363' as const }
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'))).toBe(true)
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString())
  expect(said).toMatchObject({ aud: service.origin, sub: 'https://yz.example.cn' })
  expect(said.exp * 1000 - Date.now()).toBeLessThan(24 * 3_600_000)

  const [device] = (await foreman.push.read()).devices
  expect(device).toMatchObject({ id: phone.id, refused: null })
  expect(device?.used_at).not.toBeNull()
  expect(JSON.stringify(device)).not.toContain(phone.path)
})

test('quiet hours and digests hold back, what is urgent does not wait, a muted kind and a channel never wanted stay silent', async () => {
  const foreman = await app.as('foreman')
  const phone = await browser(foreman)
  const clock = (hours: number) =>
    new Date(Date.now() + hours * 3_600_000).toLocaleTimeString('en-GB', {
      timeZone: 'Asia/Shanghai',
      timeStyle: 'short',
    })
  await foreman.inbox.wish({ quiet_from: clock(-1), quiet_to: clock(1) })
  await raise({ keeper: foreman.user })
  await raise({ name: '动火', watcher: foreman.user })
  await expect.poll(async () => (await stateOf(foreman)).sort(), waits).toEqual(['sent', 'waiting'])
  expect(await phone.last()).toMatchObject({ title: '[紧急] 盯办', body: '请盯办“动火”', unread: 2 })
  expect(phone.arrived()[0]?.headers.urgency).toBe('high')

  await foreman.inbox.wish({ quiet_from: null, quiet_to: null, push: 'daily' })
  await raise({ name: '临边防护', keeper: foreman.user })
  await later(systemContext(app.host, 'test'), 'platform.message_digest', {})
  await expect.poll(() => phone.arrived().length, waits).toBe(2)
  const digest = await phone.last()
  expect(digest).toMatchObject({ title: '营造 2 条消息', path: '/inbox' })
  expect(String(digest.body).split('\n')).toHaveLength(2)

  await foreman.inbox.wish({ push: 'at_once', push_muted: ['penalty.yours'] })
  await raise({ keeper: foreman.user })
  await expect.poll(() => stateOf(foreman), waits).toContain('none')
  await foreman.inbox.wish({ push: 'never', push_muted: [] })
  await raise({ watcher: foreman.user })
  await expect.poll(async () => (await stateOf(foreman)).filter(each => each === 'none').length, waits).toBe(2)
  expect(phone.arrived()).toHaveLength(2)
  expect((await foreman.inbox.settings()).kinds.find(kind => kind.name === 'penalty.yours')).toMatchObject({
    push: true,
    mail: true,
  })
})

test('a browser that gave up is forgotten, a service that is busy is asked again when it said, one that refuses is shown', async () => {
  const foreman = await app.as('foreman')
  const [gone, phone] = [await browser(foreman), await browser(foreman)]
  service.answers.set(gone.path, { status: 410 })
  service.answers.set(phone.path, { status: 429, headers: { 'retry-after': '900' } })
  await raise({ keeper: foreman.user })
  await expect.poll(async () => (await foreman.push.read()).devices.map(each => each.id), waits).toEqual([phone.id])
  const planned = async () =>
    (
      await sql<{
        minutes: number
      }>`select extract(epoch from run_at - now())::float8 / 60 as minutes from ${sql.id(app.host.tenant, 'job')}
        where name = ${DELIVER} and state = 'waiting' and input->>'person' = ${foreman.user}`.execute(app.host.db)
    ).rows.map(row => Math.round(row.minutes))
  await expect.poll(planned, waits).toEqual([15])
  expect(await stateOf(foreman)).toEqual(['waiting'])

  service.answers.set(phone.path, { status: 503 })
  const again = () => later(systemContext(app.host, 'test'), DELIVER, { person: foreman.user, channel: 'push' })
  await again()
  await expect.poll(() => service.turnedAway.filter(path => path === phone.path).length, waits).toBe(2)
  expect(await stateOf(foreman)).toEqual(['waiting'])
  service.answers.delete(phone.path)
  await again()
  await expect.poll(() => stateOf(foreman), waits).toEqual(['sent'])
  expect(await phone.last()).toMatchObject({ title: '罚款由我承担' })

  service.answers.set(phone.path, { status: 403 })
  expect(await foreman.push.test(phone.id)).toEqual({ outcome: 'refused', status: 403 })
  expect((await foreman.push.read()).devices[0]).toMatchObject({ refused: 403 })
  service.answers.delete(phone.path)
  expect(await foreman.push.test(phone.id)).toEqual({ outcome: 'sent' })
  expect(await phone.last()).toMatchObject({ title: '推送已开通', path: '/account#messages' })
  expect((await foreman.push.read()).devices[0]).toMatchObject({ refused: null })
})

test('a device is its owner’s alone, is taken over by who signs in there, and told nothing once its session is ended', async () => {
  const [foreman, other] = [await app.as('foreman'), await app.as('foreman')]
  const phone = await browser(foreman)
  await expect(other.push.remove(phone.id)).rejects.toMatchObject({ status: 404 })
  await expect(other.push.test(phone.id)).rejects.toMatchObject({ status: 404 })
  expect((await other.push.read()).devices).toEqual([])
  await expect(app.nobody.push.read()).rejects.toMatchObject({ status: 401 })

  const keys = { p256dh: key.public, auth: randomBytes(16).toString('base64url') }
  await other.push.keep({ endpoint: phone.endpoint, keys })
  expect((await foreman.push.read()).devices).toEqual([])
  expect((await other.push.read()).devices).toHaveLength(1)
  await other.session.signOut()
  await raise({ keeper: other.user })
  expect(await stateOf(other)).toEqual(['none'])

  const elsewhere = await app.again(foreman)
  await browser(elsewhere)
  const mine = await browser(foreman)
  await foreman.session.revokeOthers()
  expect((await foreman.push.read()).devices.map(each => each.id)).toEqual([mine.id])

  const refused = (subscription: { endpoint: string; keys: { p256dh: string; auth: string } }) =>
    expect(foreman.push.keep(subscription)).rejects.toMatchObject({ status: 422 })
  await refused({ endpoint: 'file:///etc/passwd', keys })
  await refused({ endpoint: `${service.origin}/x`, keys: { p256dh: 'AAAA', auth: keys.auth } })
  await refused({ endpoint: `${service.origin}/x`, keys: { p256dh: keys.p256dh, auth: 'short' } })
})

test('the longest words still fit what a push service takes', () => {
  const hard = {
    id: 'x',
    kind: '\u0001"\\𝌆'.repeat(200),
    text: '\u0001"\\𝌆'.repeat(500),
    module: 'a',
    entity: 'b',
    record: 'c',
  }
  const items = Array.from({ length: 30 }, () => ({ ...hard, urgent: true, reminded: true }))
  for (const some of [items, items.slice(0, 1)])
    expect(
      Buffer.byteLength(packetOf(noticeOf(some, { lang: 'en', product: '营造', unread: 30 }), true).text),
    ).toBeLessThanOrEqual(mostBytes)
})
