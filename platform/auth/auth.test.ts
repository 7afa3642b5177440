// Signing in: what lets people in, what keeps others out, and what the administrator sees of it.

import { patch } from '@yingzao/kernel/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient, isFailure } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { yardModule, yardServices } from '../testing/yard.ts'
import { issuePassword, setPassword } from './credential.ts'

const MINUTE = 60_000
let app: TestApp
let clock = Date.parse('2026-11-21T01:00:00Z')
const later = (minutes: number) => {
  clock += minutes * MINUTE
}
beforeAll(async () => {
  app = await testApp({
    modules: [yardModule],
    registrations: yardServices,
    now: () => new Date(clock),
    limits: { signIn: { max: 1000, timeWindow: 60_000 } },
  })
})
afterAll(() => app?.close())

const problem = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    if (isFailure(error)) return error.problem
    throw error
  }
  throw new Error('it was not refused')
}

const GOOD = 'Tunnel-Boring-88'
let people = 0
/** A person with a password, signed out. */
async function member(password = GOOD, role?: string): Promise<Person & { login: string }> {
  const person = await app.as(role, { name: `员工${++people}` })
  await setPassword(app.host, person.user, password, false)
  const login = (await person.session.get()).me.login
  return { ...person, login }
}

/** Signs in as a browser does and keeps the cookie it is given. */
async function browser(
  login: string,
  password: string,
  cookie?: string,
): Promise<{ client: Client; cookie: string; headers: Headers }> {
  const answer = await fetch(`${app.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-yingzao-client': 'web', ...(cookie ? { cookie } : {}) },
    body: JSON.stringify({ login, password }),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  const given = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  return { client: createClient({ url: app.url, cookie: given }), cookie: given, headers: answer.headers }
}

test('a member signs in, is known, and signs out', async () => {
  const { login, name } = await member()
  const { client, headers } = await browser(login, GOOD)
  expect(headers.getSetCookie()[0]).toMatch(/; HttpOnly/)
  expect(headers.getSetCookie()[0]).toMatch(/; SameSite=Lax/)
  expect((await client.session.get()).me).toMatchObject({ name, login })
  await client.session.signOut()
  expect((await problem(client.session.get())).code).toBe('auth.session_ended')
})

test('wrong password, unknown name and disabled account are refused alike', async () => {
  const { login, user } = await member()
  const wrong = await problem(app.nobody.session.signIn(login, 'Wrong-Password-1'))
  const unknown = await problem(app.nobody.session.signIn('nobody-of-that-name', 'Wrong-Password-1'))
  const gone = await member()
  await patch(systemContext(app.host, 'test'), 'user', gone.user, undefined, { active: false })
  const disabled = await problem(app.nobody.session.signIn(gone.login, GOOD))
  const { request_id: a, ...first } = wrong
  const { request_id: b, ...second } = unknown
  const { request_id: c, ...third } = disabled
  expect(first).toEqual(second)
  expect(second).toEqual(third)
  expect(first).toMatchObject({ status: 401, code: 'auth.refused' })
  expect(new Set([a, b, c]).size).toBe(3)
  expect((await problem(gone.session.get())).status).toBe(401)
  expect(user).toBeTruthy()
})

test('five failures lock this login for this address, for 15 minutes, the right password included', async () => {
  const { login } = await member()
  // All at once: a hundred guesses in parallel get no more looks than one after the other.
  const guesses = await Promise.all(
    Array.from({ length: 12 }, (_, n) => problem(app.nobody.session.signIn(login, `Guess-Number-${n}x`))),
  )
  expect(guesses.filter(each => each.code === 'auth.refused').length).toBeLessThanOrEqual(5)
  expect(guesses.filter(each => each.code === 'auth.locked').length).toBeGreaterThanOrEqual(7)
  const locked = await problem(app.nobody.session.signIn(login, GOOD))
  expect(locked).toMatchObject({ status: 401, code: 'auth.locked', values: { minutes: 15 } })
  later(16)
  expect((await browser(login, GOOD)).cookie).toContain('yingzao=')
})

test('an administrator hands out a password that unlocks at once and must be changed first', async () => {
  const { login, user } = await member()
  for (let n = 0; n < 6; n++) await problem(app.nobody.session.signIn(login, `Guess-Number-${n}x`))
  const password = await issuePassword(app.host, user)
  const { client } = await browser(login, password)
  expect((await client.session.get()).must_change_password).toBe(true)
  expect(await problem(client.entity('yard').list())).toMatchObject({ status: 403, code: 'auth.password_must_change' })
  await client.session.changePassword(password, 'Grouting-Plant-7')
  expect((await client.session.get()).must_change_password).toBe(false)
})

test('weak passwords are refused with every reason', async () => {
  const { login, client } = await member().then(async person => ({
    ...person,
    client: (await browser(person.login, GOOD)).client,
  }))
  const codes = async (password: string) =>
    (await problem(client.session.changePassword(GOOD, password))).errors?.map(each => each.code.replace('auth.', ''))
  expect(await codes('short1A')).toEqual(['password_short'])
  expect(await codes('alllowercaseletters')).toEqual(['password_simple'])
  expect(await codes('Password2026!')).toEqual(['password_common'])
  expect(await codes('P@ssw0rd123')).toEqual(['password_common'])
  expect(await codes('1234567890Ab')).toEqual(['password_common'])
  expect(await codes('Woaini520!!')).toEqual(['password_common'])
  expect(await codes(`X9!${login}zz`)).toEqual(['password_common'])
  expect(await codes(`Aa1!${'x9'.repeat(200)}`)).toContain('password_long')
  expect(await codes(GOOD)).toEqual(['password_used'])
  expect((await problem(client.session.changePassword('Not-My-Password-1', 'Grouting-Plant-7'))).code).toBe(
    'auth.password_wrong',
  )
})

test('none of the last five passwords comes back, and other browsers are signed out by a change', async () => {
  const { login } = await member()
  const here = await browser(login, GOOD)
  const there = await browser(login, GOOD)
  const former = [GOOD, 'Second-Tunnel-22', 'Third-Tunnel-33', 'Fourth-Tunnel-44', 'Fifth-Tunnel-55', 'Sixth-Tunnel-66']
  for (let n = 1; n < former.length; n++) await here.client.session.changePassword(former[n - 1] ?? '', former[n] ?? '')
  expect((await problem(there.client.session.get())).status).toBe(401)
  for (const each of former.slice(1))
    expect((await problem(here.client.session.changePassword('Sixth-Tunnel-66', each))).code).toBe('auth.password_used')
  await here.client.session.changePassword('Sixth-Tunnel-66', GOOD)
})

test('a password that is 90 days old must be changed', async () => {
  const { login } = await member()
  later(91 * 24 * 60)
  const { client } = await browser(login, GOOD)
  expect((await client.session.get()).must_change_password).toBe(true)
})

test('a session ends after 30 idle minutes, an administrator’s after 15, and at last after 12 hours', async () => {
  const plain = await app.as()
  const boss = await app.as('administrator')
  expect((await plain.session.get()).idle_minutes).toBe(30)
  expect((await boss.session.get()).idle_minutes).toBe(15)
  later(14)
  await boss.session.get()
  later(14)
  await boss.session.get()
  await plain.session.get()
  later(16)
  expect((await problem(boss.session.get())).code).toBe('auth.session_ended')
  await plain.session.get()
  later(31)
  expect((await problem(plain.session.get())).code).toBe('auth.session_ended')
  const busy = await app.as()
  for (let n = 0; n < 28; n++) {
    later(25)
    await busy.session.get()
  }
  later(21)
  expect((await problem(busy.session.get())).code).toBe('auth.session_ended')
})

test('my sessions are listed with their devices and any of them can be ended', async () => {
  const { login } = await member()
  const first = await browser(login, GOOD)
  const second = await browser(login, GOOD)
  const sessions = await first.client.session.list()
  const other = sessions.find(each => !each.current && each.device !== 'test')
  expect(sessions.filter(each => each.current)).toHaveLength(1)
  await first.client.session.revoke(other?.id ?? '')
  expect((await problem(second.client.session.get())).status).toBe(401)
  await first.client.session.revokeOthers()
  expect(await first.client.session.list()).toHaveLength(1)
  const stranger = await app.as()
  const mine = (await first.client.session.list())[0]?.id ?? ''
  expect((await problem(stranger.session.revoke(mine))).status).toBe(404)
})

test('a session planted before signing in is not the one that is signed in', async () => {
  const { login } = await member()
  const planted = `yingzao=${'A'.repeat(43)}`
  const { cookie } = await browser(login, GOOD, planted)
  expect(cookie).not.toBe(planted)
  expect((await problem(createClient({ url: app.url, cookie: planted }).session.get())).status).toBe(401)
  // Signing in again replaces the session of this browser.
  const again = await browser(login, GOOD, cookie)
  expect((await problem(createClient({ url: app.url, cookie }).session.get())).status).toBe(401)
  expect((await again.client.session.get()).me.login).toBe(login)
})

test('a foreign page cannot make a signed-in browser write', async () => {
  const keeper = await app.as('yard_keeper')
  const send = (headers: Record<string, string>) =>
    fetch(`${app.url}/api/v1/yard`, {
      method: 'POST',
      headers: { cookie: keeper.cookie, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: `x${Math.random()}`, company: app.company }),
    }).then(answer => answer.status)
  const own = { 'x-yingzao-client': 'web' }
  expect(await send({})).toBe(403)
  expect(await send({ 'x-yingzao-client': 'evil' })).toBe(403)
  expect(await send({ ...own, origin: 'https://evil.example' })).toBe(403)
  expect(await send({ ...own, origin: 'null' })).toBe(403)
  expect(await send({ ...own, 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await send({ ...own, origin: app.url, 'sec-fetch-site': 'same-origin' })).toBe(201)
  expect(await send(own)).toBe(201)
  const login = await fetch(`${app.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'a', password: 'b' }),
  })
  expect(login.status).toBe(403)
})

test('an API token does what its person may, narrowed and for its time, and nothing about accounts', async () => {
  const keeper = await app.as('yard_keeper')
  const expires = new Date(clock + 3 * 86_400_000).toISOString().slice(0, 10)
  const whole = await keeper.tokens.create({ name: '接口', expires_on: expires })
  const reading = await keeper.tokens.create({ name: '只读', expires_on: expires, scopes: ['yard:read'] })
  const asToken = (token: string) => createClient({ url: app.url, token, kind: 'cli' })
  const made = await asToken(whole.token)
    .entity('yard')
    .create({ name: `令牌 ${Math.random()}`, company: app.company })
  expect(made._can).toContain('delete')
  const read = await asToken(reading.token).entity('yard').get(made.id)
  expect(read._can).not.toContain('update')
  expect((await problem(asToken(reading.token).entity('yard').patch(made.id, 1, { area: '1' }))).status).toBe(403)
  expect((await problem(asToken(reading.token).entity('slip').list())).status).toBe(403)
  expect(await problem(asToken(whole.token).tokens.create({ name: 'x', expires_on: expires }))).toMatchObject({
    status: 403,
  })
  expect(await problem(asToken(whole.token).session.changePassword('a', 'b'))).toMatchObject({ status: 403 })
  const listed = await keeper.tokens.list()
  expect(listed.map(each => each.name).sort()).toEqual(['只读', '接口'])
  expect(JSON.stringify(listed)).not.toContain(whole.token.slice(4))
  await keeper.tokens.revoke(reading.id)
  expect((await problem(asToken(reading.token).session.get())).code).toBe('auth.token_invalid')
  later(4 * 24 * 60)
  expect((await problem(asToken(whole.token).session.get())).code).toBe('auth.token_invalid')
  const fresh = await app.as('yard_keeper')
  expect((await problem(fresh.tokens.create({ name: 'x', expires_on: '2030-01-01' }))).code).toBe('auth.token_expiry')
  expect((await problem(fresh.tokens.create({ name: 'x', expires_on: expires, scopes: ['everything!'] }))).status).toBe(
    422,
  )
})

test('the administrator sees who signed in, failed and was locked; nobody else does', async () => {
  const { login } = await member()
  await browser(login, GOOD)
  await problem(app.nobody.session.signIn(login, 'Wrong-Password-1'))
  const boss = await app.as('administrator')
  const events = await boss.entity('sign_in_event').list({ filter: { login: { eq: login } }, sort: ['-at'] })
  expect(events.items.map(each => each.event).sort()).toEqual(['failed', 'signed_in'])
  expect(events.items[0]).toMatchObject({ address: '127.0.0.1' })
  expect((await problem((await app.as()).entity('sign_in_event').list())).status).toBe(403)
  expect(
    await problem(boss.entity('sign_in_event').create({ login: 'x', event: 'failed', at: '2026-11-21T01:00:00Z' })),
  ).toMatchObject({
    status: 403,
  })
})

test('a person without any role sets language and theme, and answers follow', async () => {
  const person = await app.as()
  expect(await person.session.update({ lang: 'en', theme: 'dark' })).toMatchObject({ lang: 'en', theme: 'dark' })
  expect((await problem(person.entity('yard').get('nothing'))).detail).toMatch(/^[ -~]+$/)
})

test('too many sessions of one person: the one unused longest gives way', async () => {
  const person = await app.as()
  for (let n = 0; n < 9; n++) {
    later(1)
    await app.again(person)
  }
  expect((await problem(person.session.get())).status).toBe(401)
})
