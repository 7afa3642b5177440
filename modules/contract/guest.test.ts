// 外部协作: an outside party with a letter in his mailbox and no account, through the doors he uses and a real mail server.

import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import { verifyAudit } from '@yingzao/kernel/change/verify'
import type { Id } from '@yingzao/kernel/entity'
import type { GuestDesk, GuestPage, InvitationRow } from '@yingzao/platform/client/guest'
import { openMailer } from '@yingzao/platform/inbox/mail'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { contractSite } from './testing/site.ts'
import { variation } from './variation.entity.ts'
import { variationAnswer } from './variation-answer.entity.ts'

const letters: { readonly to: string; readonly text: string }[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, { envelope }, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString('latin1')
      const text = /quoted-printable\r?\n\r?\n([\s\S]*?)\r?\n--/.exec(raw)?.[1]?.replace(/=\r?\n/g, '')
      const coded = /base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(raw)?.[1]
      letters.push({
        to: envelope.rcptTo[0]?.address ?? '',
        text: coded ? Buffer.from(coded, 'base64').toString() : (text ?? raw).replace(/=3D/g, '='),
      })
      done()
    })
  },
})

let app: TestApp
let site: Awaited<ReturnType<typeof contractSite>>
let agreed: Id<'contract'>
let claimed: string
/** Minutes by which the installation's clock is ahead. */
let ahead = 0
beforeAll(async () => {
  await new Promise<void>(ready => smtp.listen(0, '127.0.0.1', ready))
  const address = smtp.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const mailer = openMailer(`smtp://127.0.0.1:${port}`, '营造 <yingzao@example.cn>')
  app = await testApp({
    post: { mailer, url: 'https://yz.example.cn', product: '营造', together: 40 },
    limits: { guests: { max: 10_000, timeWindow: 60_000 } },
    now: () => new Date(Date.now() + ahead * 60_000),
  })
  site = await contractSite(app)
  agreed = await site.agree('109000.00')
  const income = await site.agree('50000.00', { direction: 'income', kind: 'works' })
  claimed = (await site.change(income, [{ name: '便道', unit: 'm2', qty: '100', price: '10.90', item: site.item }])).id
  await site.allow(claimed)
})
afterAll(async () => {
  await app?.close()
  await new Promise<void>(done => smtp.close(done))
})

let count = 0
const shown = ['name', 'contract', 'project', 'description', 'lines', 'lines.name', 'lines.qty']
const money = ['gross_amount', 'lines.price', 'lines.gross_amount']
async function draft(): Promise<string> {
  const lines = [{ name: '抽水台班', unit: '台班', qty: '4', price: '545', item: site.item }]
  const made = await site.change(agreed, lines, { name: `基坑抽水 ${++count}`, description: '连续暴雨，基坑积水' })
  return made.id
}
async function invited(
  record: string,
  more: object = {},
  by: Person = site.keeper,
): Promise<InvitationRow & { readonly link: string }> {
  const mail = `li${++count}@example.cn`
  const body = {
    ...{ name: '李工', party: '华建监理', role: 'supervisor', mail, lang: 'zh', days: 14, message: '请核对' },
    ...{ acts: ['confirm', 'comment', 'attach', 'print'], fields: shown, attachments: [], ...more },
  }
  const row = await by.transport.call<InvitationRow>('POST', `/variation/${record}/guests`, { body })
  return { ...row, link: linkTo(row.mail) }
}
const linkTo = (mail: string): string =>
  letters.findLast(each => each.to === mail)?.text.match(/\/guest#(yzg_[\w-]+)/)?.[1] ?? ''
const codeTo = (mail: string): string =>
  letters.findLast(each => each.to === mail)?.text.match(/\b(\d{6})\b/)?.[1] ?? ''
const desk = (record: string, by: Person = site.keeper) =>
  by.transport.call<GuestDesk>('GET', `/variation/${record}/guests`)

/** A browser without an account. */
function visitor() {
  let cookie = ''
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${app.url}/api/v1${path}`, {
      method,
      headers: {
        ...{ 'x-yingzao-client': 'web', 'accept-language': 'zh', cookie },
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return answer
  }
  const told = async (method: string, path: string, body?: unknown) => {
    const answer = await ask(method, path, body)
    const said: unknown = answer.status === 204 ? {} : await answer.json()
    const code = typeof said === 'object' && said !== null && 'code' in said ? String(said.code) : null
    return { status: answer.status, code, said }
  }
  const page = async (id: string): Promise<GuestPage> => (await (await ask('GET', `/guest/${id}`)).json()) as GuestPage
  return { ask, told, page, cookie: () => cookie, use: (other: string) => (cookie = other) }
}
/** In by link and code. */
async function inside(invitation: InvitationRow & { readonly link: string }) {
  const guest = visitor()
  ahead += 1
  expect(await guest.told('POST', '/guest/open', { link: invitation.link })).toMatchObject({ status: 200 })
  expect((await guest.told('POST', '/guest/code', { link: invitation.link })).status).toBe(204)
  const code = codeTo(invitation.mail)
  expect(await guest.told('POST', '/guest/enter', { link: invitation.link, code })).toMatchObject({ status: 200 })
  return { ...guest, code, at: `/guest/${invitation.id}` }
}
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FAAhKDveksOjmAAAAAElFTkSuQmCC'

test('by a letter, a code and no account a guest sees what was given him, confirms it, and everything tells who he is', async () => {
  const record = await draft()
  const invitation = await invited(record)
  expect(letters.at(-1)?.text).toContain('请核对')
  expect(invitation).toMatchObject({ who: '李工 · 华建监理', standing: 'open', letter: 'sent', opened_at: null })
  const guest = await inside(invitation)
  const page = await guest.page(invitation.id)
  const text = JSON.stringify(page)
  for (const seen of ['基坑抽水', '抽水台班', '连续暴雨', '项目', '请核对', site.keeper.name])
    expect(text).toContain(seen)
  for (const hidden of ['545.00', '2,180', '2180.00', site.item]) expect(text).not.toContain(hidden)
  expect(page.confirm).toEqual(variation.def.guests?.confirm?.label)
  expect(page.question).toBeNull()

  expect(await guest.told('POST', `${guest.at}/comments`, { body: '工程量属实' })).toMatchObject({ status: 200 })
  const form = new FormData()
  form.append('file', new Blob(['照片']), '现场.txt')
  expect((await guest.ask('POST', `${guest.at}/files`, form)).status).toBe(200)
  const now = await guest.page(invitation.id)
  const said = { kind: 'confirm', seen: now.document.seen, signature: png }
  expect(await guest.told('POST', `${guest.at}/say`, { ...said, seen: page.document.seen })).toMatchObject({
    code: 'guest.changed',
  })
  expect(await guest.told('POST', `${guest.at}/say`, { ...said, kind: 'answer' })).toMatchObject({ code: 'guest.act' })
  expect(await guest.told('POST', `${guest.at}/say`, { ...said, kind: 'refuse' })).toMatchObject({
    code: 'guest.reason',
  })
  expect(await guest.told('POST', `${guest.at}/say`, said)).toMatchObject({ status: 200 })
  const paper = await guest.ask('POST', `${guest.at}/print`, {})
  expect(
    Buffer.from(await paper.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')

  const who = { id: invitation.id, name: '李工 · 华建监理' }
  const past = await site.keeper.entity(variation).history(record)
  expect(past.slice(0, 2).map(each => [each.action, each.by, each.from.slice(0, 6)])).toEqual([
    ['print', who, 'guest '],
    ['guest_confirm', who, 'guest '],
  ])
  expect(await site.keeper.entity(variation).comments.list(record)).toMatchObject([
    { by: who, body: '工程量属实', _can: [] },
  ])
  expect(await site.keeper.entity(variation).attachments.list(record)).toMatchObject([{ by: who, name: '现场.txt' }])
  const told = (await site.keeper.inbox.read({})).items.filter(each => each.to?.id === record).map(each => each.kind)
  expect(told).toContain('我邀请的外部人员已确认')
  const [row] = (await desk(record)).invitations
  expect(row?.answers).toMatchObject([{ kind: 'confirm', outdated: false, signed: true }])
  expect(row?.events.map(each => [each.kind, each.code_no])).toEqual([
    ...[
      ['printed', 1],
      ['confirmed', 1],
      ['attached', 1],
      ['commented', 1],
      ['entered', 1],
    ],
    ...[
      ['code_sent', 1],
      ['opened', null],
      ['invited', null],
    ],
  ])
  expect(row?.events[0]?.address).toMatch(/127\.0\.0\.1/)
  const picture = await site.keeper.transport.fetch('GET', `/guests/${invitation.id}/signature/${row?.answers[0]?.id}`)
  expect(picture.headers.get('content-type')).toBe('image/png')

  // It stands on the printed form: who, of which party, and the digest of what he saw.
  const printed = async () => {
    const paper = await site.keeper.entity(variation).printRecord(record)
    return readPdf(new Uint8Array(await paper.arrayBuffer()))
      .map(page => page.text)
      .join('\n')
  }
  const onForm = await printed()
  for (const words of ['外部确认', '李工 · 华建监理', '所见内容摘要']) expect(onForm).toContain(words)
  expect(onForm).not.toContain('此后已修改')
  // What he saw changes: his confirmation is of an older version, and he is told.
  const { version } = await site.keeper.entity(variation).get(record)
  await site.keeper.entity<string>('variation').patch(record, version, { description: '改写' })
  expect((await guest.page(invitation.id)).answers).toMatchObject([{ outdated: true }])
  // What he was not shown does not count.
  const administrator = await app.as('administrator')
  await vi.waitFor(async () => {
    const text = await (
      await administrator.transport.fetch('GET', '/audit/export', { headers: { accept: '*/*' } })
    ).text()
    expect(text).toContain('"action":"guest_confirm"')
    expect(await verifyAudit(text.split('\n').filter(Boolean))).toMatchObject({ ok: true })
  })
}, 60_000)

test('the session of a guest opens his invitation and nothing else: every address, every entity, as cookie and as token', async () => {
  const [record, other] = [await draft(), await draft()]
  const invitation = await invited(record)
  const guest = await inside(invitation)
  const secret = guest.cookie().split('=')[1] ?? ''
  const foreign = await invited(other)
  const admin = await app.as('administrator')
  const described = await admin.transport.call<{ paths: Record<string, Record<string, unknown>> }>(
    'GET',
    '/openapi.json',
  )
  const kinds = new Set(Object.keys(described.paths).map(path => path.split('/')[1] ?? ''))
  const paths = [
    ...Object.keys(described.paths).map(path => path.replace(/\{\w+\}/g, record)),
    ...[...kinds].flatMap(kind => [
      `/${kind}`,
      `/${kind}/${record}`,
      `/${kind}/${record}/history`,
      `/${kind}/${record}/comments`,
    ]),
    ...[
      `/variation/${record}/guests`,
      `/guests/${invitation.id}/resend`,
      `/guest/${foreign.id}`,
      `/guest/${foreign.id}/files/${record}`,
    ],
    ...[
      '/meta',
      '/session',
      '/sessions',
      '/tokens',
      '/search?q=基坑',
      '/inbox',
      '/jobs/x',
      '/views',
      '/files',
      '/audit/export',
    ],
  ]
  const open: string[] = []
  let tried = 0
  const asked = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>) => {
    const payload = method === 'POST' ? { payload: {} } : {}
    const url = `/api/v1${path}`
    const { statusCode } = await app.app.inject({
      method,
      url,
      headers: { 'x-yingzao-client': 'web', ...headers },
      ...payload,
    })
    tried++
    // What answers everybody: whether the system is set up, what a printed code stands for, signing in with a password.
    const everybody = /^\/(setup|verify)/.test(path) || (method === 'POST' && path === '/session')
    if (![401, 403, 404, 405].includes(statusCode) && !everybody) open.push(`${method} ${path} ${statusCode}`)
  }
  for (const path of new Set(paths)) await asked('GET', path, { cookie: `yingzao_guest=${secret}` })
  for (const [path, { post }] of Object.entries(described.paths))
    if (post) await asked('POST', path.replace(/\{\w+\}/g, record), { cookie: `yingzao_guest=${secret}` })
  for (const path of ['/meta', '/session', `/variation/${record}`, `/guest/${invitation.id}`])
    for (const [name, value] of [
      ['cookie', `yingzao=${secret}`],
      ['authorization', `Bearer ${secret}`],
    ] as const)
      await asked('GET', path, { [name]: value })
  expect(tried).toBeGreaterThan(600)
  expect(open).toEqual([])
  const socket = new WebSocket(`${app.url.replace('http', 'ws')}/api/v1/live`, {
    headers: { cookie: `yingzao_guest=${secret}`, origin: app.url },
  })
  expect(await new Promise(done => socket.on('error', done).on('open', () => done(null)))).toMatchObject({
    message: expect.stringContaining('401'),
  })
  guest.use(`yingzao_guest=${secret}`)
  expect((await guest.page(invitation.id)).document.title).toContain('基坑抽水')
}, 120_000)

test('a link that is no more says why, a code counts once and few times, and what is withdrawn ends on open pages', async () => {
  const record = await draft()
  const invitation = await invited(record, { days: 1 })
  const guest = visitor()
  const { link } = invitation
  const open = async (link: string) => (await guest.told('POST', '/guest/open', { link })).code
  expect(await open(`${link.slice(0, -2)}xx`)).toBe('guest.link_unknown')
  expect(await open('yzg_')).toBe('guest.link_unknown')
  expect(await open(link)).toBeNull()
  ahead += 2
  const asked = () => guest.told('POST', '/guest/code', { link })
  const entering = (code: string) => guest.told('POST', '/guest/enter', { link, code })
  expect((await asked()).status).toBe(204)
  expect(await asked()).toMatchObject({ status: 429, code: 'guest.code_often' })
  const first = codeTo(invitation.mail)
  const wrong = first === '000000' ? '111111' : '000000'
  const tries = await Promise.all(Array.from({ length: 12 }, () => entering(wrong)))
  expect(tries.filter(each => each.code === 'guest.code_wrong')).toHaveLength(5)
  expect(await entering(first)).toMatchObject({ code: 'guest.code_over' })
  ahead += 2
  await asked()
  const second = codeTo(invitation.mail)
  ahead += 11
  expect(await entering(second)).toMatchObject({ code: 'guest.code_over' })
  await asked()
  const third = codeTo(invitation.mail)
  const both = await Promise.all([entering(third), entering(third)])
  expect(both.map(each => each.status).sort()).toEqual([200, 422])
  expect(await entering(third)).toMatchObject({ code: 'guest.code_over' })
  expect((await guest.page(invitation.id)).who.name).toBe('李工')

  // Sent again: the old link says so, the open page is shut, the new link opens.
  await site.keeper.transport.call('POST', `/guests/${invitation.id}/resend`, { body: {} })
  expect(await open(link)).toBe('guest.link_replaced')
  expect(await guest.told('GET', `/guest/${invitation.id}`)).toMatchObject({ status: 401, code: 'guest.required' })
  const fresh = { ...invitation, link: linkTo(invitation.mail) }
  const back = await inside(fresh)
  ahead += 25
  expect(await back.told('GET', back.at)).toMatchObject({ code: 'guest.required' })
  const again = await inside(fresh)
  await site.keeper.transport.call('POST', `/guests/${invitation.id}/withdraw`, { body: {} })
  expect(await again.told('GET', again.at)).toMatchObject({ status: 401 })
  expect(await open(fresh.link)).toBe('guest.withdrawn')

  const short = await invited(record, { days: 1 })
  const late = await inside(short)
  ahead += 24 * 60
  expect(await open(short.link)).toBe('guest.expired')
  expect(await late.told('GET', late.at)).toMatchObject({ code: 'guest.expired' })
  ahead -= 24 * 60
}, 60_000)

test('nobody gives what he does not see, for longer than allowed, to other mailboxes, or without the right; and all ends with him', async () => {
  const record = await draft()
  const refusal = (more: object, by?: Person) =>
    invited(record, more, by).then(
      () => 'invited',
      (error: unknown) => JSON.stringify(error, ['problem', 'code', 'errors', 'path']),
    )
  expect(await refusal({ fields: ['handler'] })).toContain('guest.beyond_rights')
  expect(await refusal({ acts: ['answer'] })).toContain('guest.beyond_rights')
  expect(await refusal({ days: 91 })).toContain('guest.days')
  expect(await refusal({ mail: 'nobody' })).toContain('guest.mail')
  const boss = await app.as('boss')
  expect(await refusal({}, boss)).toContain('access.denied')
  const admin = await app.as('administrator')
  const policy = await admin
    .entity<string>('guest_policy')
    .create({ name: '集团', usual_days: 7, most_days: 10, domains: 'cscec.cn, example.cn' })
  expect(await refusal({ days: 14 })).toContain('guest.days')
  expect(await refusal({ days: 5, mail: 'li@gmail.com' })).toContain('guest.domain')
  await admin.entity<string>('guest_policy').remove(policy.id, 1)

  const leaver = await app.as('cost_engineer', { name: '将离职' })
  const invitation = await invited(record, { fields: [...shown, ...money] }, leaver)
  const guest = await inside(invitation)
  expect(JSON.stringify(await guest.page(invitation.id))).toContain('2,180.00')
  // The list of all invitations is an administrator's; others see their own.
  const mine = async (who: Person) =>
    (await who.entity('guest_invitation').list({ limit: 500 })).items.map(each => each.id)
  expect(await mine(admin)).toContain(invitation.id)
  expect(await mine(leaver)).toEqual([invitation.id])
  expect(await mine(boss)).toEqual([])
  const person = await admin.entity('user').get(leaver.user)
  await admin.entity<string>('user').patch(leaver.user, person.version, { active: false })
  expect((await guest.told('GET', guest.at)).code).toBe('guest.sponsor_gone')
  const last = await invited(record)
  await admin.entity('guest_invitation').run(last.id, 'withdraw')
  expect((await desk(record)).invitations[0]).toMatchObject({ id: last.id, standing: 'withdrawn' })
}, 60_000)

test('what an organisation lets wait for a confirmation is not submitted before it, nor when it was changed since', async () => {
  const record = await draft()
  const admin = await app.as('administrator')
  const policy = await admin.entity<string>('guest_policy').create({ name: '须确认', required: ['variation'] })
  const expense = (await site.keeper.entity(variation).get(record)).direction === 'expense'
  expect(expense).toBe(true)
  const submit = () => site.keeper.entity(variation).run(record, 'submit')
  await expect(submit()).rejects.toMatchObject({ problem: { code: 'guest.confirmation' } })
  const invitation = await invited(record)
  const guest = await inside(invitation)
  const confirm = async () => {
    const { document } = await guest.page(invitation.id)
    return (await guest.told('POST', `${guest.at}/say`, { kind: 'confirm', seen: document.seen })).status
  }
  expect(await confirm()).toBe(200)
  const { version } = await site.keeper.entity(variation).get(record)
  await site.keeper.entity<string>('variation').patch(record, version, { description: '改过了' })
  expect((await desk(record)).waits).toEqual({ confirmed: false })
  await expect(submit()).rejects.toMatchObject({ problem: { code: 'guest.confirmation' } })
  expect(await confirm()).toBe(200)
  expect((await desk(record)).waits).toEqual({ confirmed: true })
  await submit()
  await admin.entity<string>('guest_policy').remove(policy.id, 1)
}, 60_000)

test('a client answers line by line; his figures become a draft of the answer, which counts when we submitted it', async () => {
  const fields = [...shown, ...money]
  const invitation = await invited(claimed, { acts: ['answer'], fields, role: 'client', party: '业主' })
  const guest = await inside(invitation)
  const { question, document } = await guest.page(invitation.id)
  const [row] = question?.lines?.rows ?? []
  expect(row).toMatchObject({ name: '便道', values: { qty: '100.0000', price: '10.900000' } })
  const answer = (lines: object) =>
    guest.told('POST', `${guest.at}/say`, {
      ...{ kind: 'answer', seen: document.seen, values: { letter_no: '业函〔2026〕7号', note: '核减 20' }, lines },
    })
  expect((await answer({ [row?.id ?? '']: { qty: 'viel', price: '10.90' } })).status).toBe(422)
  expect((await answer({})).status).toBe(422)
  expect((await answer({ [row?.id ?? '']: { qty: '80', price: '10.90' } })).status).toBe(200)
  const { items } = await site.keeper.entity(variationAnswer).list({ filter: { variation: { eq: claimed } } })
  expect(items).toMatchObject([
    { state: 'draft', letter_no: '业函〔2026〕7号', gross_amount: '872.00', note: '李工 · 业主：核减 20' },
  ])
  // Twice is told, and nothing is answered while an answer is in work.
  const { document: now } = await guest.page(invitation.id)
  const again = { kind: 'answer', seen: now.seen, lines: { [row?.id ?? '']: { qty: '1', price: '1' } } }
  expect((await guest.told('POST', `${guest.at}/say`, again)).code).toBe('contract.answer_in_work')
}, 60_000)
