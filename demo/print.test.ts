// Print as people use it: forms and lists as PDF with exactly what their reader may see, checked against the history, by templates.
import { readPdf } from '@yingzao/formats/pdf/testing/read-pdf'
import { asId, type Decimal, type Id, type Json } from '@yingzao/kernel/entity'
import { run } from '@yingzao/kernel/server'
import { budget } from '@yingzao/modules/budget/budget.entity'
import { contract } from '@yingzao/modules/contract/contract.entity'
import { costItem } from '@yingzao/modules/cost-item/cost-item.entity'
import { counterparty } from '@yingzao/modules/counterparty/counterparty.entity'
import { printTemplate } from '@yingzao/modules/print-template/print-template.entity'
import type { Declared, Overview, Preview } from '@yingzao/modules/print-template/shape'
import { projectGate } from '@yingzao/modules/project/gate.entity'
import { project } from '@yingzao/modules/project/project.entity'
import type { PrintTemplate, PrintVerdict } from '@yingzao/platform/client/print'
import { systemContext } from '@yingzao/platform/http/context'
import { codeInPdf, verifyPrint } from '@yingzao/platform/print/offline'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let app: TestApp
let pmo: Person
let engineer: Person
let finance: Person
let items: Id<'cost_item'>[]
beforeAll(async () => {
  app = await testApp({ publicUrl: 'https://yingzao.example.cn/' })
  pmo = await app.as('pmo', { name: '潘模' })
  engineer = await app.as('cost_engineer', { name: '程本' })
  finance = await app.as('finance', { name: '钱财务' })
  items = []
  for (const [code, name] of [
    ['A01', '人工费'],
    ['A02', '主体结构混凝土，含模板、脚手架、泵送与养护'],
    ['A03', '机械费'],
  ] as const)
    items.push((await engineer.entity(costItem).create({ code, name })).id)
})
afterAll(() => app?.close())

async function printed(person: Person, path: string, body: object = {}) {
  const answer = await person.transport.fetch('POST', path, { body, headers: { accept: '*/*' } })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const pages = readPdf(bytes)
  expect(pages.length).toBe(Number(answer.headers.get('x-pages')))
  return { answer, bytes, pages, text: pages.map(page => page.text).join('\n') }
}
const verdict = async (person: Pick<Person, 'transport'>, code: string) =>
  person.transport.call<PrintVerdict>('GET', '/verify', { query: { c: code } })
const codeOf = (bytes: Uint8Array) => codeInPdf(bytes) ?? ''
const refused = (code: string) => ({ problem: { code } })

const decimal = (value: number): Decimal => `${value}`

/** A picture of one point. */
const ink = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

let made = 0
const site = (values: { contract_amount?: Decimal } = {}) =>
  pmo.entity(project).create({ name: `地铁站 ${++made}`, type: 'building', company: app.company, ...values })
const line = (at: number) => ({
  item: items[at % 3] ?? asId('cost_item', ''),
  unit: '工日',
  qty: `${at + 1}` as const,
  price: decimal(1409.5 + at),
  note: at % 7 === 0 ? `第 ${at + 1} 行说明：按施工组织设计分区分段实施，含二次搬运` : null,
})
/** What the lines of `target` come to, reckoned here in fen. */
const totalOf = (count: number) => {
  let fen = 0
  for (let at = 0; at < count; at++) fen += (at + 1) * (1409 + at) * 100 + (at + 1) * 50
  return (fen / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })
}
const target = async (count: number) => {
  const { id } = await site()
  const lines = Array.from({ length: count }, (_, at) => line(at))
  return engineer.entity(budget).create({ name: `目标成本 ${count} 行`, project: id, lines })
}

test('a budget: letterhead, number, fields, lines with their sum, the amount in capitals, trail, who printed it and how often', async () => {
  const place = await site()
  const manager = await app.as('project_manager', { name: '周毅', at: { kind: 'project', id: place.id } })
  const boss = await app.as('boss', { name: '罗总' })
  const lines = [{ item: items[0] ?? asId('cost_item', ''), unit: '工日', qty: '3', price: '1409.50' }] as const
  const record = await engineer.entity(budget).create({ name: '目标成本一版', project: place.id, lines })

  const draft = await printed(engineer, `/budget/${record.id}/print`)
  expect(draft.text).toContain('草稿')
  expect(draft.text).not.toContain('副本')
  expect(draft.answer.headers.get('content-type')).toBe('application/pdf')
  expect(draft.answer.headers.get('content-disposition')).toContain(encodeURIComponent('目标成本 目标成本一版.pdf'))

  await engineer.entity(budget).run(record.id, 'submit')
  const signature = await manager.upload(new Blob([Buffer.from(ink, 'base64')], { type: 'image/png' }), '签名.png')
  await manager.entity(budget).run(record.id, 'approve', {
    ...{ opinion: '数量已核，同意', signature: [{ ...signature }] },
  })
  await boss.entity(budget).run(record.id, 'approve')
  const { number } = await engineer.entity(budget).get(record.id)
  const { text, bytes } = await printed(engineer, `/budget/${record.id}/print`)
  for (const words of [
    '测试集团',
    `单号 ${number}`,
    '状态 已生效',
    `项目 ${place.name}`,
    '1 A01 人工费 工日 3 1,409.5 4,228.50',
    '人民币肆仟贰佰贰拾捌元伍角（小写）¥4,228.50',
    '项目经理 同意 数量已核，同意',
    '罗总 同意',
    '副本',
    '打印：程本',
    '第 2 次打印',
    '第 1 页 / 共 1 页',
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('草稿')
  // The letters that occur are embedded, not the font of 10 MB.
  expect(bytes.length).toBeLessThan(80_000)
  expect(Buffer.from(bytes).toString('latin1')).toContain('+NotoSansSC-Regular')

  // Boxes of a template are filled from the trail: by whom a step was signed, with his signature, and when.
  const { template } = await pmo.perform<Declared>('print_template.declared', { entity: 'budget', lang: 'zh' })
  const boxes = [
    { label: '编制：', name: '', step: 'start' },
    { label: '项目经理：', name: '', step: '项目经理' },
    { label: '总经理：', name: '', step: 'boss' },
    { label: '监事：', name: '', step: '监事会' },
  ]
  const content: Json = JSON.parse(JSON.stringify({ ...template, blocks: [{ is: 'signatures', boxes }] }))
  const drawn = await pmo.perform<Preview>('print_template.preview', { entity: 'budget', record: record.id, content })
  const marks = drawn.pages.flatMap(page => page.marks)
  const said = marks.flatMap(mark => (mark.is === 'text' ? [mark.text] : []))
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  expect(
    said.filter(each => ['编制：', '程本', '项目经理：', '周毅', '总经理：', '罗总', '监事：'].includes(each)),
  ).toEqual(['编制：', '程本', '项目经理：', '周毅', '总经理：', '罗总', '监事：'])
  expect(said.filter(each => each === today)).toHaveLength(3)
  const pictures = marks.flatMap(mark => (mark.is === 'picture' ? [mark.picture] : []))
  expect(pictures).toEqual([`sign ${signature.id}`])
  expect(drawn.pictures[pictures[0] ?? '']).toMatch(/^data:image\/jpeg;base64,/)

  const english = await app.as('cost_engineer', { name: 'Ann' })
  await english.session.update({ lang: 'en' })
  const other = await printed(english, `/budget/${record.id}/print`)
  for (const words of ['Target cost', 'State Effective', 'COPY', 'Printed by Ann', 'print no. 3', 'Page 1 of 1'])
    expect(other.text).toContain(words)
  const history = await engineer.entity(budget).history(record.id)
  expect(history.filter(entry => entry.action === 'print').map(entry => entry.by?.name)).toEqual([
    'Ann',
    '程本',
    '程本',
  ])
})

test('what its reader may not see is not on paper: fields hidden and masked, lists, and records of others', async () => {
  const place = await site({ contract_amount: '12345678.90' })
  const foreman = await app.as('foreman', { name: '石工', at: { kind: 'project', id: place.id } })
  expect((await printed(finance, `/project/${place.id}/print`)).text).toContain('12,345,678.90')
  const { text } = await printed(foreman, `/project/${place.id}/print`)
  expect(text).toContain(place.name)
  expect(text).not.toContain('12,345,678.90')
  expect(text).not.toContain('合同额')
  expect(text).not.toContain('人民币')

  const company = await finance.entity(counterparty).create({
    name: '长江劳务有限公司',
    roles: ['labour'],
    taxpayer: 'foreign',
    phone: '13800138000',
    accounts: [{ bank: '工商银行', number: '6222020200112233445' }],
  })
  expect((await printed(finance, `/counterparty/${company.id}/print`)).text).toContain('13800138000')
  const keeper = await printed(await app.as('storekeeper'), `/counterparty/${company.id}/print`)
  expect(keeper.text).toContain('138****8000')
  expect(keeper.text).not.toContain('6222020200112233445')
  const plain = await printed(await app.as('foreman'), `/counterparty/${company.id}/print`)
  expect(plain.text).not.toMatch(/138|联系电话|6222|账号/)

  await expect(printed(foreman, `/budget/${(await target(1)).id}/print`)).rejects.toMatchObject({ status: 404 })
  await expect(printed(foreman, '/project/print')).rejects.toMatchObject(refused('access.denied'))
  await expect(app.nobody.transport.fetch('POST', `/project/${place.id}/print`, { body: {} })).rejects.toMatchObject({
    status: 401,
  })
  // A link or a prefetch prints nothing.
  await expect(finance.transport.fetch('GET', `/project/${place.id}/print`)).rejects.toMatchObject({ status: 404 })
})

test('a list is printed as the screen shows it: columns, conditions, order, sum, count; never more than 10,000 rows', async () => {
  const mine = (await Promise.all(['1000.10', '2000.20', '-0.00'].map(() => site()))).map(({ id }) => id)
  const amounts = ['1000.10', '2000.20', '30000.00'] as const
  for (const [at, id] of mine.entries()) {
    const { version } = await pmo.entity(project).get(id)
    await pmo.entity(project).patch(id, version, { contract_amount: amounts[at] ?? '0' })
  }
  const body = { fields: ['name', 'contract_amount'], filter: { id: { in: mine } }, sort: ['-name'] }
  const { text } = await printed(finance, '/project/print', body)
  const shown = text.split('\n').filter(row => /^\d+ 地铁站/.test(row))
  expect(shown.map(row => row.split(' ').at(-1))).toEqual(['30,000.00', '2,000.20', '1,000.10'])
  for (const words of ['合计 33,000.30', '制表： 钱财务 审核： 批准：', '共 3 条', '按筛选条件'])
    expect(text).toContain(words)
  expect(text).not.toContain('单号')

  // As the screen groups it: what a group is called, its rows, how many, what they come to.
  const grouped = await printed(finance, '/project/print', {
    ...body,
    fields: ['name', 'stage', 'contract_amount'],
    group: 'stage',
  })
  const told = grouped.text.split('\n')
  const from = told.findIndex(row => row.startsWith('阶段 '))
  expect(told.slice(from, from + 5).map(row => row.replace(/^(\d) 地铁站 \d+/, '$1 地铁站'))).toEqual([
    expect.stringMatching(/^阶段 \S+$/),
    expect.stringMatching(/^1 地铁站 \S+ 30,000\.00$/),
    expect.stringMatching(/^2 地铁站 \S+ 2,000\.20$/),
    expect.stringMatching(/^3 地铁站 \S+ 1,000\.10$/),
    '小计，3 条 33,000.30',
  ])
  await expect(printed(finance, '/project/print', { ...body, group: 'nothing' })).rejects.toMatchObject(
    refused('query.field'),
  )

  // What comes in and what goes out make no total; each side has its own.
  const { id: party } = await engineer
    .entity(counterparty)
    .create({ name: '云州城投', roles: ['client'], taxpayer: 'person' })
  const sides = { filter: { counterparty: { eq: party } }, fields: ['name', 'direction', 'gross_amount'] }
  for (const [direction, amount] of [
    ['income', '900.00'],
    ['expense', '70.00'],
  ] as const)
    await engineer.entity(contract).create({
      ...{ name: `合同 ${direction}`, project: mine[0] ?? asId('project', ''), counterparty: party, direction },
      ...{ kind: 'works', lines: [{ name: '土建', item: items[0] ?? null, amount, tax_rate: '0.09' }] },
    })
  const mixed = await printed(engineer, '/contract/print', sides)
  expect(mixed.text).toContain('共 2 条')
  expect(mixed.text).not.toContain('合计')
  const apart = await printed(engineer, '/contract/print', { ...sides, group: 'direction' })
  expect(apart.text.match(/^小计，1 条 .*$/gm)).toEqual(['小计，1 条 70.00', '小计，1 条 900.00'])
  const one = await printed(engineer, '/contract/print', {
    ...sides,
    filter: { ...sides.filter, direction: { eq: 'income' } },
  })
  expect(one.text).toContain('合计 900.00')

  const columns = sql`select string_agg(quote_ident(column_name), ', ') from information_schema.columns
    where table_schema = 't_main' and table_name = 'cost_item' and is_generated = 'NEVER' and column_name not in ('id', 'code')`
  const { rows } = await sql<{ names: string }>`select (${columns}) as names`.execute(app.host.db)
  const names = rows[0]?.names ?? ''
  await sql`insert into t_main.cost_item (id, code, ${sql.raw(names)})
    select gen_random_uuid(), 'X' || g, ${sql.raw(names)} from t_main.cost_item, generate_series(1, 10001) g
    where t_main.cost_item.id = ${items[0]}::uuid`.execute(app.host.db)
  await expect(printed(engineer, '/cost_item/print')).rejects.toMatchObject(refused('print.too_many_rows'))
  const some = await printed(engineer, '/cost_item/print', {
    fields: ['code', 'name'],
    filter: { code: { in: Array.from({ length: 700 }, (_, at) => `X${at + 1}`) } },
  })
  expect(some.pages.length).toBeGreaterThan(10)
  // Every page has its header, its rows go on, and none is lost.
  for (const page of some.pages.slice(0, -1)) expect(page.text).toContain('序号 编码 名称')
  expect(some.text.match(/^\d+ X\d+ 人工费/gm)).toHaveLength(700)
})

test('fifty forms of several kinds: every value stands there once, in order, on as many pages as it takes', async () => {
  const pages: Record<number, number> = {}
  const counts = [1, 2, 3, 5, 8, 10, 12, 14, 16, 20, 22, 25, 30, 35, 40, 60, 80, 300]
  for (const count of counts) {
    const { id } = await target(count)
    const form = await printed(engineer, `/budget/${id}/print`)
    pages[count] = form.pages.length
    const numbered = form.text.match(/^\d+ A0\d .*$/gm) ?? []
    const rows = form.pages.flatMap(page =>
      page.pieces.filter(({ text }) => /^A0[123] (人工费|主体|机械费)/.test(text)),
    )
    expect(rows, `${count} lines`).toHaveLength(count)
    expect(numbered.length).toBeGreaterThanOrEqual(Math.ceil(count / 2))
    expect(form.text).toContain(`¥${totalOf(count)}`)
    form.pages.forEach((page, at) => {
      expect(page.text).toContain(`第 ${at + 1} 页 / 共 ${form.pages.length} 页`)
      if (/^\d+ A0\d /m.test(page.text)) expect(page.text).toContain('序号 成本科目 单位 数量')
      // Nothing stands beyond the margins.
      for (const { x, y } of page.pieces) expect(x >= 39 && x < 560 && y > 20 && y < 820).toBe(true)
    })
  }
  expect(pages).toEqual(expectedPages)

  for (let at = 0; at < 16; at++) {
    const { id } = await site({ contract_amount: decimal((at + 1) * 10_000 + 0.01) })
    const reason = `第 ${at} 号理由：资料齐全，资金已落实。`.repeat(1 + at * 8)
    const gate = await pmo
      .entity(projectGate)
      .create({ name: `立项 ${at}`, project: id, gate: 'approve_start', reason })
    const form = await printed(pmo, `/project_gate/${gate.id}/print`)
    // In the order of drawing, so that the label beside does not stand between two lines.
    const text = form.pages.flatMap(page => page.pieces.map(piece => piece.text)).join('')
    expect(text.split('资料齐全').length - 1).toBe(1 + at * 8)
    expect(form.text).toContain(`${at + 1}0,000.01`)
    expect(form.pages.length).toBe(1)
  }
  const parties: number[] = []
  for (let at = 0; at < 16; at++) {
    const accounts = Array.from({ length: at * 3 }, (_, no) => ({
      bank: `建设银行第 ${no + 1} 支行`,
      number: `62270000${1000 + no}`,
    }))
    const { id } = await finance
      .entity(counterparty)
      .create({ name: `供应商 ${at}`, roles: ['supplier'], taxpayer: 'foreign', accounts })
    const form = await printed(finance, `/counterparty/${id}/print`)
    expect(form.text.match(/建设银行第 \d+ 支行/g) ?? []).toHaveLength(at * 3)
    parties.push(form.pages.length)
  }
  expect(parties).toEqual([...Array(4).fill(1), ...Array(12).fill(2)])
})
const expectedPages = {
  ...{ 1: 1, 2: 1, 3: 1, 5: 1, 8: 1, 10: 1, 12: 1, 14: 1, 16: 1 },
  ...{ 20: 2, 22: 2, 25: 2, 30: 2, 35: 2, 40: 2, 60: 3, 80: 4, 300: 11 },
}

test('void and reversed documents say so on every page', async () => {
  const { id } = await site()
  const manager = await app.as('project_manager', { at: { kind: 'project', id } })
  const gate = await manager
    .entity(projectGate)
    .create({ name: '立项', project: id, gate: 'approve_start', reason: '齐全' })
  await manager.entity(projectGate).run(gate.id, 'submit')
  expect((await printed(pmo, `/project_gate/${gate.id}/print`)).text).not.toMatch(/草稿|作废|副本/)
  const state = (to: string) =>
    sql`update t_main.project_gate set state = ${to} where id = ${gate.id}::uuid`.execute(app.host.db)
  await state('effective')
  await run(systemContext(app.host, 'test'), projectGate, gate.id, 'void', { reason: '项目取消' })
  expect((await printed(pmo, `/project_gate/${gate.id}/print`)).text).toContain('作废 · 副本')
  await state('reversed')
  expect((await printed(pmo, `/project_gate/${gate.id}/print`)).text).toContain('已红冲')
})

test('a printed code: strangers learn kind, number and date, readers the rest; a changed document is superseded, a wrong code unknown', async () => {
  const record = await target(2)
  const { bytes } = await printed(engineer, `/budget/${record.id}/print`)
  const code = codeOf(bytes)
  expect(code).toMatch(/^YZ1(-[0-9A-Z]{6}){7}$/)
  const stranger = await verdict(app.nobody, code)
  expect(stranger).toMatchObject({ state: 'genuine', kind: { zh: '目标成本' }, number: null })
  expect(stranger.detail).toBeUndefined()
  expect(Object.keys(stranger).sort()).toEqual(['kind', 'number', 'printed_at', 'state'])
  // Who may not read the record is a stranger to it.
  expect((await verdict(await app.as('foreman'), code)).detail).toBeUndefined()
  // As somebody types it: small letters, spaces, O for 0.
  const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')
  expect(await verdict(engineer, typed)).toMatchObject({
    state: 'genuine',
    detail: { printed_by: '程本', copy: 1, title: record.name },
  })

  await engineer.entity(budget).patch(record.id, record.version, { name: '改过的名称' })
  expect((await verdict(app.nobody, code)).state).toBe('superseded')
  expect((await verdict(engineer, code)).detail?.since).toMatchObject([{ by: '程本', what: 'update' }])
  for (const wrong of [
    `${code.slice(0, -8)}${code.at(-8) === 'A' ? 'B' : 'A'}${code.slice(-7)}`,
    'YZ1-000000',
    '<script>',
    '',
  ])
    expect(await verdict(engineer, wrong)).toEqual({ state: 'unknown' })

  const page = await fetch(`${app.url}/verify?c=${code}`, { headers: { 'accept-language': 'zh' } })
  const html = await page.text()
  expect(html).toContain('真实，但已有更新的内容')
  expect(html).not.toContain(record.name)
  expect(
    await (await fetch(`${app.url}/verify?c=${encodeURIComponent('"><script>alert(1)</script>')}`)).text(),
  ).not.toContain('<script>')
  const own = await fetch(`${app.url}/verify?c=${code}`, {
    headers: { cookie: engineer.cookie, 'accept-language': 'zh' },
  })
  expect(await own.text()).toContain('改过的名称')
})

test('offline: the code or the file against a downloaded history; one byte changed anywhere is found', async () => {
  const record = await target(3)
  const { bytes } = await printed(engineer, `/budget/${record.id}/print`)
  const code = codeOf(bytes)
  const administrator = await app.as('administrator')
  let lines: string[] = []
  // Sealing follows the writes.
  await vi.waitFor(
    async () => {
      const answer = await administrator.transport.fetch('GET', '/audit/export', { headers: { accept: '*/*' } })
      lines = (await answer.text()).split('\n')
      expect((await verifyPrint({ code }, lines)).verdict).toBe('genuine')
    },
    { timeout: 30_000, interval: 100 },
  )
  expect(await verifyPrint({ file: bytes }, lines)).toMatchObject({
    verdict: 'genuine',
    print: { entity: 'budget', record: record.id, version: 1, copy: 1 },
  })
  const touched = Uint8Array.from(bytes)
  const inside = Buffer.from(bytes).indexOf('stream\n') + 40
  touched[inside] = (touched[inside] ?? 0) ^ 1
  expect((await verifyPrint({ file: touched }, lines)).verdict).toBe('altered')
  const mark = lines.findIndex(row => row.includes('"_print"') && row.includes(record.id))
  const forged = lines.map((row, at) => (at === mark ? row.replace('"copy":1', '"copy":2') : row))
  expect(forged).not.toEqual(lines)
  expect((await verifyPrint({ code }, forged)).verdict).toBe('untrusted')
  expect((await verifyPrint({ code: `${code.slice(0, -8)}ZZ${code.slice(-6)}` }, lines)).verdict).toBe('unknown')
})

test('a template: published it is used, its mistakes are refused, its editions follow each other, and without one the form is the declared one', async () => {
  const { template } = await pmo.perform<Declared>('print_template.declared', { entity: 'budget', lang: 'zh' })
  const content: PrintTemplate = {
    ...template,
    landscape: true,
    head: { ...template.head, title: '目标成本审批表', code: false },
    blocks: [
      { is: 'text', text: '项目：{project}，目标 {total_amount} 元', align: 'left', size: 'normal' },
      {
        is: 'lines',
        title: '分项',
        field: 'lines',
        columns: [
          { name: 'item', share: 3 },
          { name: 'amount', share: 1 },
        ],
        totals: true,
      },
      {
        is: 'signatures',
        boxes: [
          { label: '编制：', name: '{created_by}' },
          { label: '批准：', name: '' },
        ],
      },
    ],
    note: '本表一式两份',
  }
  const json = (value: PrintTemplate): Json => JSON.parse(JSON.stringify(value))
  const write = (value: Json) => pmo.entity(printTemplate).create({ name: '审批表', entity: 'budget', content: value })
  for (const [wrong, code] of [
    [{ ...content, blocks: [{ is: 'words', field: 'name' }] }, 'print_template.money'],
    [{ ...content, note: '{nothing}' }, 'print_template.placeholder'],
    [{ ...content, blocks: [{ is: 'script', text: 'x' }] }, 'print_template.block'],
    [{ ...content, blocks: [{ ...content.blocks[1], columns: [{ name: 'secret' }] }] }, 'print_template.field'],
    [{ ...content, more: 1 }, 'print_template.unknown_key'],
    [{ landscape: true }, 'print_template.shape'],
  ] as const)
    await expect(write(JSON.parse(JSON.stringify(wrong)))).rejects.toMatchObject(refused(code))
  const first = await write(json(content))
  const record = await target(2)
  const seen = await pmo.perform<Preview>('print_template.preview', {
    ...{ entity: 'budget', record: record.id, content: json({ ...content, note: '试排' }), template: first.id },
  })
  const words = seen.pages[0]?.marks.flatMap(mark => (mark.is === 'text' ? [mark.text] : [])).join(' ')
  expect(words).toContain('目标成本审批表')
  expect(words).toContain('试排')
  // A preview is no print, and a draft prints nothing yet.
  const before = await printed(engineer, `/budget/${record.id}/print`)
  expect(before.text).not.toContain('审批表')
  expect(before.text).toContain('第 1 次打印')

  await pmo.entity(printTemplate).run(first.id, 'publish')
  const { text, pages } = await printed(engineer, `/budget/${record.id}/print`)
  for (const each of ['目标成本审批表', `目标 ${totalOf(2)} 元`, '编制： 程本', '本表一式两份', `合计 ${totalOf(2)}`])
    expect(text).toContain(each)
  expect(text).not.toContain('YZ1-')
  expect(Math.max(...(pages[0]?.pieces ?? []).map(piece => piece.x))).toBeGreaterThan(600)

  const kept = await pmo.entity(printTemplate).get(first.id)
  expect(kept.edition).toBe(1)
  await expect(
    pmo.entity(printTemplate).patch(first.id, kept.version, { content: json({ ...content, landscape: false }) }),
  ).rejects.toMatchObject(refused('print_template.published'))
  const second = await write(json({ ...content, head: { ...content.head, title: '第二版' } }))
  await pmo.entity(printTemplate).run(second.id, 'publish')
  expect(await pmo.entity(printTemplate).get(second.id)).toMatchObject({ edition: 2, stage: 'published' })
  expect((await pmo.entity(printTemplate).get(first.id)).stage).toBe('retired')
  const { entities } = await pmo.perform<Overview>('print_template.overview')
  expect(entities.find(each => each.entity === 'budget')?.published).toMatchObject([{ id: second.id, edition: 2 }])
  await pmo.entity(printTemplate).run(second.id, 'retire')
  expect((await printed(engineer, `/budget/${record.id}/print`)).text).not.toContain('第二版')

  await expect(engineer.perform('print_template.overview')).rejects.toMatchObject({ status: 403 })
  await expect(
    engineer.entity(printTemplate).create({ name: 'x', entity: 'budget', content: json(content) }),
  ).rejects.toMatchObject({ status: 403 })
})
