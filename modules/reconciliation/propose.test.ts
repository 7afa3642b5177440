// Matching by amount, day and name, and reading what banks write.
import { add, type Decimal, sum } from '@yingzao/engines/money'
import { readTable } from '@yingzao/formats/table'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propose, type Side } from './propose.ts'
import { readStatement } from './statement-table.ts'

const side = (id: string, on: string, net: Decimal, more: Partial<Side> = {}): Side => ({
  ...{ id, on, net, name: null, ref: null },
  ...more,
})

test('equal amounts keep their names; four days apart is no match; several entries may be one line', () => {
  const lines = [
    side('l1', '2026-03-05', '-100.00', { name: '乙公司' }),
    side('l2', '2026-03-05', '-100.00', { name: '甲公司' }),
    side('l3', '2026-03-09', '50.00'),
    side('l4', '2026-03-06', '-70.00', { ref: 'B7' }),
    side('l5', '2026-03-20', '-33.00'),
  ]
  const entries = [
    side('a', '2026-03-04', '-100.00', { name: '甲公司有限责任公司' }),
    side('b', '2026-03-06', '-100.00', { name: '乙公司' }),
    side('c', '2026-03-05', '50.00'),
    side('d', '2026-03-06', '-30.00', { ref: 'B7' }),
    side('e', '2026-03-05', '-40.00', { ref: 'B7' }),
    side('f', '2026-03-19', '-11.00'),
    side('g', '2026-03-21', '-22.00'),
  ]
  const found = new Map(propose(lines, entries).map(each => [each.line, [...each.entries].sort()]))
  expect(Object.fromEntries(found)).toEqual({ l1: ['b'], l2: ['a'], l4: ['d', 'e'], l5: ['f', 'g'] })
})

test('what is proposed adds up, lies near, and no entry is proposed twice', () => {
  const any = fc.record({
    day: fc.integer({ min: 1, max: 28 }),
    net: fc.constantFrom<Decimal>('10.00', '20.00', '-10.00', '-30.00', '5.00'),
  })
  const sides = (prefix: string, list: readonly { day: number; net: Decimal }[]) =>
    list.map((each, n) => side(`${prefix}${n}`, `2026-02-${String(each.day).padStart(2, '0')}`, each.net))
  fc.assert(
    fc.property(fc.array(any, { maxLength: 20 }), fc.array(any, { maxLength: 20 }), (a, b) => {
      const [lines, entries] = [sides('l', a), sides('e', b)]
      const proposals = propose(lines, entries)
      const used = proposals.flatMap(each => each.entries)
      expect(new Set(used).size).toBe(used.length)
      for (const { line, entries: of } of proposals) {
        const its = entries.filter(each => of.includes(each.id))
        expect(add('0.00', sum(its.map(each => each.net)))).toBe(lines.find(each => each.id === line)?.net)
      }
    }),
    { numRuns: 100 },
  )
})

const read = (csv: string) => readStatement(readTable(Buffer.from(csv)))

test('a bank’s file: titles above, its own names of columns, the newest first, words below', async () => {
  const found = await read(
    [
      '云州银行 账户明细,,,,,,',
      '账号：6222…,,,,,,',
      '交易日期,借方发生额(元),贷方发生额(元),余额,对方户名,摘要,流水号',
      '2026-03-03,,"1,000.00","1,250.00",甲方,工程款,T3',
      '20260302,50.00,,250.00,丙公司,货款,T2',
      '2026/3/1,,300.00,300.00,甲方,往来款,T1',
      '合计,50.00,1300.00,,,,',
    ].join('\n'),
  )
  expect(found).toMatchObject({ opening: '0.00', closing: '1250.00', bad: [] })
  expect(found?.lines).toMatchObject([
    { on: '2026-03-03', received: '1000.00', paid: '0.00', counter_name: '甲方', bank_ref: 'T3' },
    { on: '2026-03-02', received: '0.00', paid: '50.00' },
    { on: '2026-03-01', received: '300.00', summary: '往来款' },
  ])
  const signed = await read(
    'Date,Type,Amount,Balance\n2026-03-01,D,20.00,80.00\n2026-13-01,C,5,85\n2026-03-02,C,x,85\n',
  )
  expect(signed).toMatchObject({
    lines: [{ received: '0.00', paid: '20.00' }],
    bad: [
      { row: 3, reason: 'date' },
      { row: 4, reason: 'amount' },
    ],
  })
  expect(await read('a,b\n1,2\n')).toBeNull()
})
