// The server around the routes: files of the web app, headers, slow and hostile clients, health, metrics, closing.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../client/index.ts'
import { lanCertificate } from '../runtime/lan.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { counted, yard, yardModule, yardServices } from '../testing/yard.ts'

let app: TestApp
let keeper: Person
let web: string
beforeAll(async () => {
  web = await mkdtemp(join(tmpdir(), 'yingzao-web-'))
  await mkdir(join(web, 'assets'))
  await writeFile(
    join(web, 'index.html'),
    '<!doctype html><title>营造</title><script type="module" src="/assets/app-1a2b.js"></script>',
  )
  await writeFile(join(web, 'assets', 'app-1a2b.js'), `export const x = ${JSON.stringify('x'.repeat(5000))}`)
  await writeFile(join(web, '.secret'), 'no')
  app = await testApp({
    modules: [yardModule],
    registrations: yardServices,
    web,
    timeouts: { headers: 400, request: 1200 },
  })
  keeper = await app.as('yard_keeper')
})
afterAll(async () => {
  await app?.close()
  await rm(web, { recursive: true, force: true })
})

const page = (path: string, headers: Record<string, string> = {}) =>
  fetch(app.url + path, { headers: { accept: 'text/html', ...headers } })

test('every address of the app is its page; assets are kept for ever; nothing else is found', async () => {
  const index = await page('/')
  expect(index.headers.get('cache-control')).toBe('no-cache')
  expect(await (await page('/yard/0190/edit')).text()).toBe(await index.text())
  const asset = await page('/assets/app-1a2b.js')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toMatch(/javascript/)
  for (const path of [
    '/assets/gone.js',
    '/.secret',
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f.secret',
    '/api/v2/x',
  ])
    expect((await page(path)).status, path).toBe(404)
  expect((await page('/api/v1/nothing/at/all')).headers.get('content-type')).toMatch(/problem\+json/)
})

test('the page may load nothing from elsewhere and runs no inline script', async () => {
  const { headers } = await page('/')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'self'")
  expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy.replace(`ws://${new URL(app.url).host}`, '')).not.toMatch(/https?:|wss?:|\*/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('same-origin')
})

test('a forged Host gets no further than a 404 or a harmless policy', async () => {
  const { port } = new URL(app.url)
  const policy = await new Promise<string>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path: '/', headers: { host: 'evil.example; script-src *' } }, response => {
      response.resume()
      resolve(String(response.headers['content-security-policy']))
    })
      .on('error', reject)
      .end()
  })
  expect(policy).not.toContain('script-src *')
})

test('answers are compressed when asked for, carry their request id, and are kept by nobody', async () => {
  for (let n = 0; n < 20; n++)
    await keeper.entity(yard).create({ name: `压缩 ${n} ${'料场'.repeat(20)}`, company: app.company })
  const answer = await new Promise<{ encoding: unknown; id: unknown; cache: unknown }>((resolve, reject) => {
    request(`${app.url}/api/v1/yard`, { headers: { cookie: keeper.cookie, 'accept-encoding': 'gzip' } }, response => {
      response.resume()
      const { 'content-encoding': encoding, 'x-request-id': id, 'cache-control': cache } = response.headers
      resolve({ encoding, id, cache })
    })
      .on('error', reject)
      .end()
  })
  expect(answer).toMatchObject({ encoding: 'gzip', cache: 'no-store', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
})

test('meta is answered once and then only when it changed', async () => {
  const first = await keeper.meta()
  expect(first?.meta.entities.map(each => each.name)).toContain('yard')
  for (const entity of first?.meta.entities ?? [])
    for (const secret of ['access', 'rules', 'posting']) expect(entity).not.toHaveProperty(secret)
  expect(await keeper.meta(first?.etag)).toBeNull()
  await keeper.session.update({ theme: 'dark' })
  expect((await keeper.meta(first?.etag))?.meta.me.theme).toBe('dark')
})

test('a verb does its work once for one key, a reading verb answers to GET alone', async () => {
  const made = await keeper.entity(yard).create({ name: '改名前', company: app.company })
  expect(await keeper.entity(yard).run(made.id, 'rename', { name: '改名后' }, { version: 1 })).toEqual({
    name: '改名后',
  })
  expect(await keeper.entity(yard).read(made.id, 'summary', { deep: true })).toEqual({ name: '改名后', deep: true })
  const refused = await keeper
    .entity(yard)
    .run(made.id, 'rename', { name: 'x' }, { version: 1 })
    .catch((failure: unknown) => failure)
  expect(isFailure(refused) && refused.code).toBe('record.stale')
  const got = await keeper.transport.fetch('GET', `/yard/${made.id}/rename`).catch((failure: unknown) => failure)
  expect(isFailure(got) && got.status).toBe(405)
  const before = counted.times
  const once = { idempotencyKey: `count-${Math.random()}` }
  const twice = [
    await keeper.perform('yard.count', { by: 2 }, once),
    await keeper.perform('yard.count', { by: 2 }, once),
  ]
  expect(twice[0]).toEqual(twice[1])
  expect(counted.times).toBe(before + 2)
})

test('views are my own', async () => {
  const view = await keeper.views.save({ entity: 'yard', name: '钢材', state: { filter: { kind: 'steel' } } })
  expect(await keeper.views.list('yard')).toEqual([view])
  const other = await app.as('yard_keeper')
  expect(await other.views.list('yard')).toEqual([])
  for (const theft of [() => other.views.save({ ...view, name: 'mine' }), () => other.views.remove(view.id)])
    expect(await theft().catch((failure: unknown) => isFailure(failure) && failure.status)).toBe(404)
  await keeper.views.save({ ...view, name: '全部' })
  expect(await keeper.views.list('yard')).toMatchObject([{ name: '全部' }])
  await keeper.views.remove(view.id)
  expect(await keeper.views.list('yard')).toEqual([])
})

/** Sends bytes and waits for the server to close; says what came back. */
const slow = (first: string, drip: string, every: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1')
    let answer = ''
    socket.write(first)
    const timer = setInterval(() => socket.write(drip), every)
    socket.on('data', data => {
      answer += data.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      clearInterval(timer)
      resolve(answer)
    })
    setTimeout(() => reject(new Error('never closed')), 50_000).unref()
  })

test('whoever sends headers or a body drop by drop is cut off', async () => {
  const [headers, body] = await Promise.all([
    slow('GET / HTTP/1.1\r\nhost: x\r\n', 'x-a: b\r\n', 100),
    slow(
      `POST /api/v1/yard HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${keeper.cookie}\r\nx-yingzao-client: web\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n{`,
      ' ',
      100,
    ),
  ])
  expect(headers).toMatch(/^HTTP\/1.1 408/)
  expect(body).toMatch(/^(HTTP\/1.1 408|$)/)
})

test('broken HTTP and huge headers are refused without harm', async () => {
  expect(await slow('NONSENSE\r\n\r\n', '', 1000)).toMatch(/^HTTP\/1.1 400/)
  expect(await slow(`GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'a'.repeat(40_000)}\r\n\r\n`, '', 1000)).toMatch(
    /^HTTP\/1.1 431/,
  )
  expect((await fetch(`${app.url}/healthz`)).status).toBe(200)
})

test('health, readiness and metrics tell a monitor what it needs', async () => {
  expect(await (await fetch(`${app.url}/healthz`)).json()).toEqual({ status: 'ok' })
  expect(await (await fetch(`${app.url}/readyz`)).json()).toEqual({ status: 'ready' })
  const text = await (await fetch(`${app.url}/metrics`)).text()
  expect(text).toMatch(
    /yingzao_http_request_seconds_count\{method="POST",route="\/api\/v1\/:entity",status="201"\} \d+/,
  )
  expect(text).toContain('yingzao_database_connections')
  const behindProxy = await fetch(`${app.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })
  expect(behindProxy.status).toBe(401)
})

test('too many requests of one person are slowed down, not those of others', async () => {
  const narrow = await testApp({
    modules: [yardModule],
    registrations: yardServices,
    limits: { requests: { max: 5, timeWindow: 60_000 } },
  })
  try {
    const [busy, calm] = [await narrow.as('yard_clerk'), await narrow.as('yard_clerk')]
    const codes: number[] = []
    for (let n = 0; n < 7; n++)
      codes.push(
        await busy.session.get().then(
          () => 200,
          (failure: unknown) => (isFailure(failure) ? failure.status : 0),
        ),
      )
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429])
    await calm.session.get()
  } finally {
    await narrow.close()
  }
})

test('over TLS the cookie is Secure and bound to the host', async () => {
  const home = await mkdtemp(join(tmpdir(), 'yingzao-tls-'))
  const tls = await lanCertificate(home, ['127.0.0.1'])
  const secure = await testApp({ modules: [yardModule], registrations: yardServices, tls, empty: true })
  try {
    const body = JSON.stringify({
      company: { name: '甲' },
      administrator: { login: 'admin', name: '甲某', password: 'Tunnel-Boring-88' },
    })
    const headers = await new Promise<NodeJS.Dict<string | string[]>>((resolve, reject) => {
      secureRequest(
        `${secure.url}/api/v1/setup`,
        {
          method: 'POST',
          rejectUnauthorized: false,
          headers: { 'content-type': 'application/json', 'x-yingzao-client': 'web' },
        },
        response => {
          response.resume()
          resolve(response.headers)
        },
      )
        .on('error', reject)
        .end(body)
    })
    expect(headers['set-cookie']?.[0]).toMatch(/^__Host-yingzao=[\w-]{43}; .*Secure/)
    expect(headers['strict-transport-security']).toBe('max-age=31536000')
  } finally {
    await secure.close()
    await rm(home, { recursive: true, force: true })
  }
})

test('closing answers what is under way and then lets nobody in', async () => {
  const closing = await testApp({ modules: [yardModule], registrations: yardServices })
  const person = await closing.as('yard_keeper')
  const work = Array.from({ length: 8 }, (_, n) =>
    person.entity(yard).create({ name: `收尾 ${n}`, company: closing.company }),
  )
  await new Promise(resolve => setTimeout(resolve, 5))
  const closed = closing.close()
  const outcomes = await Promise.all(
    work.map(each =>
      each.then(
        () => 'done',
        (failure: unknown) => (isFailure(failure) ? failure.status : 'bug'),
      ),
    ),
  )
  for (const outcome of outcomes) expect(['done', 0, 503]).toContain(outcome)
  await closed
  await expect(fetch(`${closing.url}/healthz`)).rejects.toThrow()
})
