// The first run: one company, one administrator, once.
import { afterAll, expect, test } from 'vitest'
import { createClient, isFailure } from '../client/index.ts'
import { testApp } from '../testing/app.ts'
import { yardModule, yardServices } from '../testing/yard.ts'

const apps: { close(): Promise<void> }[] = []
afterAll(() => Promise.all(apps.map(each => each.close())))
const fresh = async (open: boolean) => {
  const app = await testApp({ modules: [yardModule], registrations: yardServices, empty: true, open })
  apps.push(app)
  return app
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  )
const input = {
  company: { name: '营造集团', code: 'YZ' },
  administrator: { login: 'admin', name: '管理员甲', password: 'Tunnel-Boring-88' },
}

test('an empty system asks for its set-up and lets the administrator in', async () => {
  const app = await fresh(false)
  expect(await app.nobody.setup.state()).toEqual({ needed: true, token_required: false })
  expect(
    await codeOf(app.nobody.setup.run({ ...input, administrator: { ...input.administrator, password: 'admin' } })),
  ).toBe('auth.password_weak')
  expect(await app.nobody.setup.state()).toMatchObject({ needed: true })
  const answer = await fetch(`${app.url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-yingzao-client': 'web' },
    body: JSON.stringify(input),
  })
  expect(answer.status).toBe(201)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const admin = createClient({ url: app.url, cookie })
  expect((await admin.session.get()).me).toMatchObject({
    login: 'admin',
    company: { name: '营造集团' },
    roles: expect.arrayContaining([
      { role: 'administrator', at: { kind: 'company', id: expect.any(String), name: '营造集团' } },
    ]),
  })
  expect((await admin.entity('user').list()).items).toHaveLength(1)
  expect(await app.nobody.setup.state()).toEqual({ needed: false, token_required: false })
  expect(await codeOf(app.nobody.setup.run(input))).toBe('auth.setup_done')
})

test('two set-ups at once make one company', async () => {
  const app = await fresh(false)
  const both = await Promise.all([
    codeOf(app.nobody.setup.run(input)),
    codeOf(app.nobody.setup.run({ ...input, administrator: { ...input.administrator, login: 'other' } })),
  ])
  expect(both.sort()).toEqual(['auth.setup_done', 'done'])
})

test('a server that others reach wants the token of its console', async () => {
  const app = await fresh(true)
  expect(await app.nobody.setup.state()).toEqual({ needed: true, token_required: true })
  expect(await codeOf(app.nobody.setup.run(input))).toBe('auth.setup_token')
  expect(await codeOf(app.nobody.setup.run({ ...input, token: 'guess' }))).toBe('auth.setup_token')
  expect(await codeOf(app.nobody.setup.run({ ...input, token: app.host.setupToken ?? '' }))).toBe('done')
})

test('a page that rebinds its own name to this machine cannot set it up', async () => {
  const app = await fresh(false)
  const port = new URL(app.url).port
  const answer = await new Promise<number>((resolve, reject) => {
    import('node:http').then(({ request }) => {
      const call = request(
        {
          host: '127.0.0.1',
          port,
          path: '/api/v1/setup',
          method: 'POST',
          headers: { host: `evil.example:${port}`, 'content-type': 'application/json', 'x-yingzao-client': 'web' },
        },
        response => resolve(response.statusCode ?? 0),
      )
      call.on('error', reject)
      call.end(JSON.stringify(input))
    }, reject)
  })
  expect(answer).toBe(401)
})
