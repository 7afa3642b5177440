// Files: stored once, shown to whoever may see their record, never a path, a script or a flood.

import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { own } from '../tables/typed.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { yard, yardModule, yardServices } from '../testing/yard.ts'
import { diskStore } from './disk.ts'
import { disposition, safeName } from './name.ts'
import { sweep } from './sweep.jobs.ts'

let app: TestApp
let keeper: Person
let clerk: Person
let hand: Person
const LIMIT = 300_000
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices, limits: { file: LIMIT } })
  keeper = await app.as('yard_keeper')
  clerk = await app.as('yard_clerk')
  hand = await app.as('yard_hand')
})
afterAll(() => app?.close())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? `${error.status} ${error.code}` : String(error)),
  )
let names = 0
const newYard = () => keeper.entity(yard).create({ name: `文件 ${++names}`, company: app.company })
const png = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: '#c33' } })
    .png()
    .toBuffer()
const blob = (content: Uint8Array | string, type = '') => new Blob([content], { type })
const download = (person: Person, path: string, headers: Record<string, string> = {}) =>
  fetch(`${app.url}/api/v1/files/${path}`, { headers: { cookie: person.cookie, ...headers } })
async function upload(
  person: Person,
  content: Uint8Array | string,
  name: string,
  type = '',
): Promise<{ id: string; type: string; name: string; size: number }> {
  const form = new FormData()
  form.append('file', blob(content, type), name)
  return person.transport.call('POST', '/files', { raw: form })
}

test('a picture attached to a yard is seen by its readers, large and small, and by nobody else', async () => {
  const made = await newYard()
  const content = await png()
  const attached = await keeper.entity(yard).attachments.add(made.id, blob(content, 'image/png'), '现场照片.png')
  expect(attached).toMatchObject({ name: '现场照片.png', type: 'image/png', size: content.length, thumbnail: true })
  const [listed] = await clerk.entity(yard).attachments.list(made.id)
  expect(listed).toMatchObject({ id: attached.id, by: { name: keeper.name } })
  const answer = await download(clerk, attached.file)
  expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
  expect(answer.headers.get('content-disposition')).toBe(
    `inline; filename="____.png"; filename*=UTF-8''${encodeURIComponent('现场照片.png')}`,
  )
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.headers.get('content-security-policy')).toContain('sandbox')
  const small = await download(clerk, `${attached.file}/thumbnail`)
  expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(480)
  const again = await download(clerk, attached.file, { 'if-none-match': answer.headers.get('etag') ?? '' })
  expect(again.status).toBe(304)
  expect((await download(hand, attached.file)).status).toBe(404)
  expect((await download(hand, attached.file, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(404)
  expect(await codeOf(clerk.entity(yard).attachments.add(made.id, blob('x'), 'x.txt'))).toBe('403 access.denied')
  await keeper.entity(yard).attachments.remove(made.id, attached.id)
  expect((await download(clerk, attached.file)).status).toBe(404)
})

test('a file field takes only what its writer uploaded, and says what was really stored', async () => {
  const mine = await upload(keeper, await png(), 'a.png', 'image/png')
  const foreign = await upload(hand, await png(), 'b.png', 'image/png')
  expect((await download(keeper, mine.id)).status).toBe(200)
  expect((await download(clerk, mine.id)).status).toBe(404)
  const lying = [{ ...mine, name: '../../etc/passwd', size: 1, type: 'text/html' }]
  const made = await keeper
    .entity<string>('yard')
    .create({ name: `照片 ${++names}`, company: app.company, photo: lying })
  expect(made.photo).toEqual([{ id: mine.id, name: 'a.png', size: mine.size, type: 'image/png' }])
  expect(await codeOf(keeper.entity<string>('yard').patch(made.id, 1, { photo: [...lying, foreign] }))).toBe(
    '422 file.unknown',
  )
  expect((await download(clerk, `${mine.id}?of=yard/${made.id}`)).status).toBe(200)
  expect((await download(clerk, mine.id)).status).toBe(404)
  expect((await download(hand, `${mine.id}?of=yard/${made.id}`)).status).toBe(404)
  // A record that does not name the file opens nothing.
  const other = await newYard()
  expect((await download(clerk, `${mine.id}?of=yard/${other.id}`)).status).toBe(404)
})

test('what calls itself a picture and is none is refused; pages and scripts are saved, not shown', async () => {
  expect(await codeOf(upload(keeper, '<script>alert(1)</script>', 'x.png', 'image/png'))).toBe('422 file.not_image')
  const page = await upload(keeper, '<html><script>alert(1)</script></html>', 'x.html', 'text/html')
  const answer = await download(keeper, page.id)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
  const drawing = await upload(
    keeper,
    '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
    'x.svg',
    'image/svg+xml',
  )
  expect((await download(keeper, drawing.id)).headers.get('content-disposition')).toMatch(/^attachment;/)
  expect((await download(keeper, `${drawing.id}/thumbnail`)).status).toBe(422)
})

test('a picture of billions of pixels is not decoded', async () => {
  // A PNG header that promises 60,000 × 60,000 pixels.
  const bomb = Buffer.from('iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAA=', 'base64')
  const stored = await upload(keeper, Buffer.concat([bomb, Buffer.alloc(100)]), 'bomb.png', 'image/png')
  expect((await download(keeper, `${stored.id}/thumbnail`)).status).toBe(422)
})

test('an upload over the limit is refused before it is read, or while it is read', async () => {
  expect(await codeOf(upload(keeper, Buffer.alloc(LIMIT + 200_000, 1), 'big.bin'))).toMatch(
    /413 file.too_large|client.offline/,
  )
  expect(await codeOf(upload(keeper, Buffer.alloc(LIMIT + 10, 1), 'big.bin'))).toBe('413 file.too_large')
  expect(await codeOf(upload(keeper, '', 'empty.txt'))).toBe('422 file.empty')
  // Without a length, a flood is cut off after the limit: far fewer bytes are taken than are offered.
  const { port } = new URL(app.url)
  const outcome = await new Promise<{ status: number; sent: number }>(resolve => {
    let sent = 0
    let status = 0
    const call = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/v1/files',
      headers: {
        cookie: keeper.cookie,
        'x-yingzao-client': 'cli',
        'content-type': 'multipart/form-data; boundary=b',
        'transfer-encoding': 'chunked',
      },
    })
    const finish = () => resolve({ status, sent })
    call.on('response', response => {
      status = response.statusCode ?? 0
      response.resume()
    })
    call.on('error', finish)
    call.on('close', finish)
    call.write('--b\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\n')
    const chunk = Buffer.alloc(65_536, 1)
    const pump = () => {
      while (sent < 200_000_000 && !call.destroyed) {
        sent += chunk.length
        if (!call.write(chunk)) {
          call.once('drain', pump)
          return
        }
      }
      call.end()
    }
    pump()
  })
  expect(outcome.status === 413 || outcome.status === 0).toBe(true)
  expect(outcome.sent).toBeLessThan(50_000_000)
  await expect.poll(() => readdir(join(app.files, 'incoming')), { timeout: 20_000 }).toEqual([])
})

test('names never become paths or header lines', async () => {
  expect(safeName('../../etc/passwd')).toBe('passwd')
  expect(safeName('C:\\Windows\\evil.exe')).toBe('evil.exe')
  expect(safeName('a\r\nset-cookie: x=1.txt')).toBe('aset-cookie_ x=1.txt')
  expect(safeName('\u202egnp.exe')).toBe('gnp.exe')
  expect(safeName('...')).toBe('file')
  expect(safeName(`${'长'.repeat(300)}.xlsx`)).toHaveLength(200)
  expect(disposition('attachment', `a"b'c\r\nx: y;é.txt`)).toBe(
    `attachment; filename="a_b'cx_ y;_.txt"; filename*=UTF-8''a_b%27cx_%20y%3B%C3%A9.txt`,
  )
  const stored = await upload(keeper, 'text', 'x";\r\nset-cookie: a=b;.txt')
  const answer = await download(keeper, stored.id)
  expect(answer.headers.get('set-cookie')).toBeNull()
  for (const path of ['..%2f..%2fetc%2fpasswd', '....//', "1' or 1=1"])
    expect((await download(keeper, path)).status).toBe(404)
})

test('equal contents are kept once; what nobody used is gone after a day, what a record names stays', async () => {
  const home = await mkdtemp(join(tmpdir(), 'yingzao-store-'))
  const store = await diskStore(home)
  const take = async (text: string) => {
    const received = await store.receive(Readable.from([Buffer.from(text)]), 100)
    await received.keep()
    return received.sha256
  }
  const [a, b] = [await take('same'), await take('same')]
  expect(a).toBe(b)
  expect((await buffer(await store.read(a))).toString()).toBe('same')
  await expect(store.read('../../../etc/passwd')).rejects.toThrow('not a SHA-256')
  await rm(home, { recursive: true })

  const unused = await upload(keeper, 'nobody wants me', 'a.txt')
  const kept = await upload(keeper, 'but me', 'b.txt')
  const made = await newYard()
  await keeper.entity(yard).attachments.add(made.id, blob('but me'), 'b.txt')
  const tomorrow = { ...systemContext(app.host, 'test'), now: new Date(Date.now() + 2 * 86_400_000).toISOString() }
  expect(
    await sweep({ ...systemContext(app.host, 'test'), ...nowOf(tomorrow.now) }, app.host.files),
  ).toBeGreaterThanOrEqual(1)
  expect((await download(keeper, unused.id)).status).toBe(404)
  expect((await download(keeper, kept.id)).status).toBe(404)
  const [still] = await keeper.entity(yard).attachments.list(made.id)
  expect(await (await download(keeper, still?.file ?? '')).text()).toBe('but me')
  const rows = await own(app.host.db, app.host.tenant)
    .selectFrom('stored_file')
    .select('name')
    .where('id', '=', unused.id)
    .execute()
  expect(rows).toEqual([])
})
const nowOf = (now: string) => {
  const context = systemContext({ ...app.host, now: () => new Date(now) }, 'test')
  return { now: context.now }
}

test('comments are said by readers, changed by their authors, and hidden with their record', async () => {
  const made = await newYard()
  const said = await clerk.entity(yard).comments.add(made.id, ' 面积请复核 ')
  expect(said).toMatchObject({
    body: '面积请复核',
    by: { name: clerk.name },
    _can: ['update', 'delete'],
    edited: false,
  })
  expect(await keeper.entity(yard).comments.list(made.id)).toMatchObject([
    { id: said.id, by: { id: clerk.user, name: clerk.name }, _can: [] },
  ])
  const edited = await clerk.entity(yard).comments.edit(made.id, said.id, said.version, '面积已复核')
  expect(edited).toMatchObject({ body: '面积已复核', edited: true })
  expect(await codeOf(keeper.entity(yard).comments.edit(made.id, said.id, 2, 'x'))).toBe('422 discussion.not_yours')
  expect(await codeOf(clerk.entity(yard).comments.edit(made.id, said.id, 1, 'x'))).toBe('409 record.stale')
  expect(await codeOf(hand.entity(yard).comments.list(made.id))).toBe('404 record.not_found')
  const other = await newYard()
  expect(await codeOf(clerk.entity(yard).comments.remove(other.id, said.id, 2))).toBe('404 record.not_found')
  expect(await codeOf(clerk.entity('comment').list())).toMatch(/^403/)
  await clerk.entity(yard).comments.remove(made.id, said.id, 2)
  expect(await keeper.entity(yard).comments.list(made.id)).toEqual([])
})
