// Excel and CSV: what leaves comes back, what is wrong is told by cell, and nothing more leaves than may be seen.

import { type Cell, cellText, readTable } from '@yingzao/formats/table'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../client/index.ts'
import type { ImportChoice } from '../client/shapes.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { slip, yard, yardModule, yardServices } from '../testing/yard.ts'
import { readCell, shift, writeCell } from './cell.ts'
import { mapColumns } from './mapping.ts'
import { instantIn, naiveIn } from './zone.ts'

let app: TestApp
let keeper: Person
let clerk: Person
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  keeper = await app.as('yard_keeper', { name: '主管' })
  clerk = await app.as('yard_clerk')
})
afterAll(() => app?.close())

let names = 0
const newYard = (more: object = {}) =>
  keeper.entity<string>('yard').create({ name: `换 ${++names}`, company: app.company, ...more })
async function table(answer: Response): Promise<string[][]> {
  const rows: string[][] = []
  for await (const row of readTable(new Uint8Array(await answer.arrayBuffer()))) rows.push(row.cells.map(cellText))
  return rows
}
const csv = (...lines: string[]) => new Blob([lines.join('\r\n')])
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? `${error.status} ${error.code}` : String(error)),
  )
/** Confirms and waits for the job. */
async function confirm(person: Person, entity: string, id: string, choice: ImportChoice = {}) {
  const { job } = await person.entity(entity).importConfirm(id, choice)
  const end = await person.jobs.wait(job)
  return end.state === 'done' ? end.result : end.problem?.code
}

test('the export holds the filtered rows as they are shown, and no formula', async () => {
  const made = await newYard({
    area: '12.5',
    covered: true,
    kind: 'steel',
    rent_amount: '1234.50',
    keeper: keeper.user,
    opened_on: '2026-03-01',
  })
  await newYard({ name: '=HYPERLINK("http://x","点我")', kind: 'brick' })
  for (const format of ['xlsx', 'csv'] as const) {
    const answer = await keeper.entity(yard).exportFile(format, { filter: { id: { eq: made.id } } })
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('料场'))
    const rows = await table(answer)
    expect(rows).toEqual([
      ['名称', '公司', '管理员', '面积', '启用日期', '有棚', '类别', '租金', '记录ID'],
      [made.name, '测试集团', '主管', '12.5', '2026-03-01', '是', '钢材', '1234.5', made.id].map((text, at) =>
        at === 7 && format === 'csv' ? '1234.50' : text,
      ),
    ])
  }
  const text = await (await keeper.entity(yard).exportFile('csv', { filter: { kind: { eq: 'brick' } } })).text()
  expect(text).toContain(`"'=HYPERLINK`)
  expect(text).not.toMatch(/(^|,)"?=/m)
})

test('who may not see rents exports none, and only what is chosen, in GBK if wanted', async () => {
  await newYard({ rent_amount: '1.00' })
  const [header] = await table(await clerk.entity(yard).exportFile('xlsx'))
  expect(header).not.toContain('租金')
  const [chosen] = await table(await clerk.entity(yard).exportFile('csv', { fields: ['kind', 'rent_amount', 'name'] }))
  expect(chosen).toEqual(['类别', '名称', '记录ID'])
  const gbk = await keeper.transport.fetch('POST', '/yard/export', {
    query: { format: 'csv', encoding: 'gbk' },
    body: { fields: ['name'] },
    headers: { accept: '*/*' },
  })
  expect(iconv.decode(Buffer.from(await gbk.arrayBuffer()), 'gbk')).toContain('名称')
  const hand = await app.as('yard_hand')
  expect(await codeOf(hand.entity(yard).exportFile('csv'))).toBe('403 access.denied')
  expect(await codeOf(clerk.entity(yard).exportFile('csv', { filter: { rent_amount: { eq: '1.00' } } }))).toMatch(
    /^422/,
  )
})

test('the template says what to fill in', async () => {
  const [header, ...rows] = await table(await keeper.entity(slip).importTemplate('xlsx'))
  expect(header).toEqual([
    '编号',
    '料场',
    '公司',
    '日期',
    '到场时间',
    '标记',
    '我方承担',
    '备注',
    '明细 / 材料',
    '明细 / 数量',
    '明细 / 单价',
  ])
  expect(rows).toEqual([])
  expect(await codeOf((await app.as('yard_hand')).entity(yard).importTemplate('csv'))).toBe(
    '422 exchange.not_importable',
  )
})

test('a file written by people is understood: other headers, loose dates, thousands, names', async () => {
  const preview = await keeper
    .entity(yard)
    .importPreview(
      csv(
        '料场名称,所属公司,管理员,面积（平方米）,启用日期,有棚,类别,租金(元),备注',
        '一号场,测试集团,主管,"1,250.5",2026年3月1日,√,钢材,"￥12,000.00",随便',
        '二号场,测试集团,,80,2026/3/9,否,brick,,',
      ),
      '料场.csv',
    )
  expect(preview.columns.map(each => [each.header, each.field, each.sure])).toEqual([
    ['料场名称', 'name', false],
    ['所属公司', 'company', false],
    ['管理员', 'keeper', true],
    ['面积（平方米）', 'area', false],
    ['启用日期', 'opened_on', true],
    ['有棚', 'covered', true],
    ['类别', 'kind', true],
    ['租金(元)', 'rent_amount', false],
    ['备注', null, true],
  ])
  expect(preview.rows).toEqual({ total: 2, good: 2, bad: 0 })
  expect(preview.missing).toEqual([])
  expect((await keeper.entity(yard).list({ filter: { name: { eq: '一号场' } } })).items).toEqual([])
  expect(await confirm(keeper, 'yard', preview.id)).toEqual({ created: 2, updated: 0, bad: 0 })
  const { items } = await keeper.entity(yard).list({ filter: { name: { in: ['一号场', '二号场'] } }, sort: ['name'] })
  expect(items).toMatchObject([
    {
      area: '1250.5',
      keeper: keeper.user,
      opened_on: '2026-03-01',
      covered: true,
      kind: 'steel',
      rent_amount: '12000.00',
    },
    { area: '80.0', keeper: null, opened_on: '2026-03-09', covered: false, kind: 'brick', rent_amount: null },
  ])
  // The job runs at least once: again it changes nothing.
  expect(await confirm(keeper, 'yard', preview.id)).toEqual({ created: 2, updated: 0, bad: 0 })
  expect((await keeper.entity(yard).list({ filter: { name: { eq: '一号场' } } })).items).toHaveLength(1)
})

test('every wrong cell is told with its row and column, and comes back as a file to correct', async () => {
  const file = csv(
    '名称,公司,面积,启用日期,类别',
    '好场,测试集团,1,2026-01-01,钢材',
    '坏场,没有的公司,很大,2026-02-30,玻璃',
    ',测试集团,1,,',
    '好场,测试集团,1,,',
  )
  const preview = await keeper.entity(yard).importPreview(file, '料场.csv')
  expect(preview.rows).toEqual({ total: 4, good: 1, bad: 3 })
  expect(preview.bad.map(each => [each.row, each.errors.map(error => [error.field, error.code])])).toEqual([
    [
      3,
      [
        ['company', 'exchange.not_found'],
        ['area', 'exchange.no_number'],
        ['opened_on', 'exchange.no_date'],
        ['kind', 'exchange.no_choice'],
      ],
    ],
    [4, [['name', 'field.required']]],
    // It repeats a unique name of the file.
    [5, [['name', 'field.unique']]],
  ])
  for (const { errors } of preview.bad) for (const { message } of errors) expect(message).toMatch(/[一-龥]/)
  expect(await confirm(keeper, 'yard', preview.id)).toBe('exchange.bad_rows')
  expect((await keeper.entity(yard).list({ filter: { name: { eq: '好场' } } })).items).toEqual([])
  // The store says no to that row alone.
  expect(await confirm(keeper, 'yard', preview.id, { skip_bad: true })).toEqual({ created: 1, updated: 0, bad: 3 })
  const rows = await table(await keeper.entity(yard).importErrors(preview.id))
  expect(rows[0]).toEqual(['名称', '公司', '面积', '启用日期', '类别', '导入结果'])
  expect(rows.slice(1).map(row => row[0])).toEqual(['坏场', '', '好场'])
  expect(rows[1]?.[5]).toContain('公司：找不到“没有的公司”')
  const other = await app.as('yard_keeper')
  expect(await codeOf(other.entity(yard).importErrors(preview.id))).toBe('404 record.not_found')
})

test('slips with lines leave and come back the same, and a changed file updates them', async () => {
  const at = await newYard()
  const [first, second] = [
    await keeper.entity<string>('slip').create({
      code: `A-${at.id}`,
      yard: at.id,
      company: app.company,
      on: '2026-11-21',
      arrived_at: '2026-11-21T06:05:00.000Z',
      marks: ['urgent', 'night'],
      share_pct: '0.355',
      note: '第一行\n"第二行", 带逗号',
      lines: [
        { item: '钢筋', qty: '2.5', price_rate: '4000.10' },
        { item: '水泥', qty: '3', price_rate: null },
      ],
    }),
    await keeper
      .entity<string>('slip')
      .create({ code: `B-${at.id}`, yard: at.id, company: app.company, on: '2026-11-22' }),
  ]
  for (const format of ['xlsx', 'csv'] as const) {
    const out = await keeper.entity(slip).exportFile(format, { filter: { yard: { eq: at.id } }, sort: ['code'] })
    const bytes = await out.arrayBuffer()
    const preview = await keeper.entity(slip).importPreview(new Blob([bytes]), `x.${format}`)
    expect(preview.rows).toEqual({ total: 2, good: 2, bad: 0 })
    expect(preview.first.map(each => each.op)).toEqual(['update', 'update'])
    expect(await confirm(keeper, 'slip', preview.id)).toEqual({ created: 0, updated: 2, bad: 0 })
    for (const before of [first, second]) {
      const {
        version: _,
        updated_at: __,
        updated_by: ___,
        ...after
      } = await keeper.entity<string>('slip').get(before.id)
      const { version: ____, updated_at: _____, updated_by: ______, ...was } = before
      expect(after).toEqual(was)
    }
  }
  const changed = csv(
    '编号,备注,明细 / 材料,明细 / 数量,明细 / 单价',
    `A-${at.id},改过,钢筋,1,10`,
    ',,砂,2,5',
    ',,石子,4,2.5',
  )
  const preview = await keeper.entity(slip).importPreview(changed, 'x.csv', { match: 'code' })
  expect(preview.first.map(each => each.op)).toEqual(['update'])
  expect(await confirm(keeper, 'slip', preview.id)).toEqual({ created: 0, updated: 1, bad: 0 })
  const after = await keeper.entity(slip).get(first.id)
  expect(after).toMatchObject({
    note: '改过',
    total_amount: '30.00',
    lines: [{ item: '钢筋', qty: '1.000' }, { item: '砂' }, { item: '石子' }],
  })
})

test('who may not create cannot by a file, whatever its columns say', async () => {
  // A clerk may import slips but no yards; hidden fields of yards stay untouched.
  expect(await codeOf(clerk.entity(yard).importPreview(csv('名称', 'x'), 'x.csv'))).toBe('422 exchange.not_importable')
  const at = await newYard()
  const preview = await clerk
    .entity(slip)
    .importPreview(
      csv('编号,料场,公司,日期,合计,created_by', `C-${at.id},${at.name},测试集团,2026-11-21,99999,${keeper.user}`),
      'x.csv',
    )
  expect(preview.columns.map(each => each.field)).toEqual(['code', 'yard', 'company', 'on', null, null])
  await confirm(clerk, 'slip', preview.id)
  const made = (await keeper.entity(slip).list({ filter: { code: { eq: `C-${at.id}` } } })).items[0]
  expect(made).toMatchObject({ created_by: clerk.user, total_amount: '0.00' })
})

test('hostile files are refused in bounded time', async () => {
  const line = new Blob(['名称,公司\n"', 'x'.repeat(10_000_000)])
  expect(await codeOf(keeper.entity(yard).importPreview(line, 'x.csv'))).toMatch(/^422 (format|exchange)\./)
  expect(
    await codeOf(
      keeper.entity(yard).importPreview(new Blob([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0, 0, 0])]), 'x.xlsx'),
    ),
  ).toMatch(/^422 /)
  expect(await codeOf(keeper.entity(yard).importPreview(new Blob(['%PDF-1.4']), 'x.csv'))).toMatch(/^422 /)
  expect(await codeOf(keeper.entity(yard).importPreview(csv('甲,乙', '1,2'), 'x.csv'))).toBe('422 exchange.no_columns')
  expect(await codeOf(keeper.entity(yard).importPreview(csv('名称,公司'), 'x.csv'))).toBe('422 exchange.empty')
})

const text = (value: string): Cell => ({ kind: 'text', text: value })
const label = { zh: '', en: '' }

test('numbers are read as people write them and never by floats', () => {
  const read = (value: string) => {
    const parsed = readCell(text(value), { kind: 'money', label }, 'Asia/Shanghai')
    return 'value' in parsed ? parsed.value : 'wrong'
  }
  expect(
    ['1,234.50', '￥12', '(3.5)', '１２．５', '1.20E+3', '0007', '-0.00', '.5', '12345678901234567.89'].map(read),
  ).toEqual(['1234.5', '12', '-3.5', '12.5', '1200', '7', '0', '0.5', '12345678901234567.89'])
  expect(['1.2.3', 'abc', '1e999', '--1', '0x10'].map(read)).toEqual(Array(5).fill('wrong'))
  expect([shift('0.85', 2), shift('85', -2), shift('-0.5', 3), shift('100', -2), shift('0', 2)]).toEqual([
    '85',
    '0.85',
    '-500',
    '1',
    '0',
  ])
  const how = { lang: 'zh' as const, zone: 'Asia/Shanghai', title: () => '' }
  expect(writeCell('0.355', { kind: 'percent', label }, how)).toBe('35.5%')
  expect(readCell(text('35.5%'), { kind: 'percent', label }, 'Asia/Shanghai')).toEqual({ value: '0.355' })
})

test('times in files are the organisation’s', () => {
  expect(naiveIn('Asia/Shanghai', '2026-11-21T06:05:00.000Z')).toBe('2026-11-21T14:05:00')
  expect(instantIn('Asia/Shanghai', '2026-11-21 14:05')).toBe('2026-11-21T06:05:00.000Z')
  expect(instantIn('Asia/Shanghai', '2026/2/30 14:05')).toBeNull()
  for (const naive of ['2026-03-08T01:59:00', '2026-03-08T03:00:00', '2026-07-01T12:00:00', '2026-12-01T12:00:00'])
    expect(naiveIn('America/New_York', instantIn('America/New_York', naive) ?? '')).toBe(naive)
})

test('one header is one field, and a field is taken once', () => {
  const columns = (['name', 'code'] as const).map(name => ({
    key: name,
    lines: null,
    name,
    def: { kind: 'text' as const, label },
    header: name,
    names: name === 'name' ? ['名称', 'Name', 'name'] : ['编码', 'Code', 'code'],
  }))
  expect(mapColumns(['名称*', 'NAME', '编 码'], columns).map(each => each.column?.key ?? null)).toEqual([
    'name',
    null,
    'code',
  ])
  expect(mapColumns(['x', '名称'], columns, { x: 'name' }).map(each => each.column?.key ?? null)).toEqual([
    'name',
    null,
  ])
  expect(mapColumns(['名称'], columns, { 名称: null }).map(each => each.column)).toEqual([null])
})
