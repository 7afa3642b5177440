// Rows tapped from a connection: whatever the size of the packets they come in, and none of another statement.
import { PassThrough } from 'node:stream'
import { testDatabase } from '@yingzao/platform/testing/database'
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { asTable } from './driver.ts'
import { type Cells, tapped } from './tap.ts'
import { bytesOf, readCell, writerOf } from './wire.ts'

type Row = readonly (string | null)[]
type Message = { readonly row: Row } | { readonly code: string; readonly size: number }

const message = (code: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(code), length, body])
}
const rowMessage = (row: Row): Buffer => {
  const count = Buffer.alloc(2)
  count.writeInt16BE(row.length)
  const cells = row.flatMap(cell => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(cell === null ? -1 : Buffer.byteLength(cell))
    return [length, Buffer.from(cell ?? '')]
  })
  return message('D', Buffer.concat([count, ...cells]))
}

test('rows of the tapped statement are cut into cells, every other byte reaches the driver in order', async () => {
  const row = fc.array(fc.option(fc.string({ unit: 'grapheme', maxLength: 40 })), { maxLength: 6 })
  const other = fc.record({ code: fc.constantFrom('N', 'S', 'Z', '1', '2'), size: fc.nat(30) })
  const statement = fc.record({ tapped: fc.boolean(), rows: fc.array(row, { maxLength: 8 }), between: fc.array(other) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(statement, { minLength: 1, maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
      async (statements, cuts) => {
        const stream = new PassThrough()
        const passed: Buffer[] = []
        const taken: Cells[][] = []
        let begun = 0
        // The driver learns what it reads from the description of the rows, as it does from the server.
        stream.on('data', (part: Buffer) => {
          passed.push(part)
          const seen = Buffer.concat(passed).toString('latin1').split('T\0\0\0\u0008here').length - 1
          for (; begun < seen; begun++) {
            const rows: Cells[] = []
            taken.push(rows)
            if (statements[begun]?.tapped) tap.into = rows
          }
        })
        const tap = tapped(stream)
        const messages = statements.map(({ rows, between }): Message[] => [
          { code: 'here', size: 0 },
          ...rows.map(each => ({ row: each })),
          ...between.map(({ code, size }) => ({ code, size })),
          { code: 'C', size: 3 },
        ])
        const bytes = (each: Message) =>
          'row' in each
            ? rowMessage(each.row)
            : each.code === 'here'
              ? message('T', Buffer.from('here'))
              : message(each.code, Buffer.alloc(each.size, 1))
        const sent = Buffer.concat(messages.flat().map(bytes))
        for (let at = 0, turn = 0; at < sent.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1
          stream.write(sent.subarray(at, at + size))
          at += size
        }
        stream.end()
        await new Promise(resolve => stream.on('end', resolve))
        const rest = messages.flatMap((list, index) =>
          list.filter(each => !('row' in each && statements[index]?.tapped)).map(bytes),
        )
        expect(Buffer.concat(passed).equals(Buffer.concat(rest))).toBe(true)
        expect(taken).toEqual(
          statements.map(each =>
            each.tapped ? each.rows.map(cells => cells.map(cell => (cell === null ? null : bytesOf(cell)))) : [],
          ),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('every value is written as JSON as it would be read and written', async () => {
  const database = await testDatabase()
  const { db, pool } = openDatabase({ connectionString: database.url, max: 2, onError: () => {} })
  try {
    const nasty = [
      '',
      'plain',
      '盾构机 "A"\\ \n\t\u0001\u007f',
      '\u2028\u2029',
      '👷🏽',
      'é'.repeat(50_000),
      '{"a":1}',
      'null',
    ]
    const query = sql`select n, t, t::varchar as v, null::text as nothing, true as yes, false as no, 42::smallint as s, -7::bigint as b,
        2.50::numeric(9,2) as money, '2026-03-29'::date as day, '2026-03-29 01:59:59.1+00'::timestamptz as at,
        '01a202f7-6710-70cb-9537-8bf5d21f4574'::uuid as id, array['01a202f7-6710-70cb-9537-8bf5d21f4574']::uuid[] as ids,
        array[t, null, 'a,b']::text[] as texts, jsonb_build_object('text', t, 'list', jsonb_build_array(1, 2.5, null)) as json,
        '\\xdead'::bytea as bytes, 0.1::double precision as float, array[date '2026-01-01', null] as days
      from unnest(${nasty}::text[]) with ordinality as x(t, n) order by n`
    // Tapped and ordinary statements over the same two connections, also while one of them fails.
    for (let turn = 0; turn < 3; turn++) {
      const [plain, [table], broken] = await Promise.all([
        query.execute(db),
        db.executeQuery(asTable(query.compile(db))).then(({ rows }) => rows),
        db
          .executeQuery(asTable(sql`select 1 / (n - 3) from generate_series(1, 5) n`.compile(db)))
          .catch(() => 'broken'),
      ])
      expect(broken).toBe('broken')
      const written = table?.rows.map(cells =>
        Object.fromEntries(
          table.columns.map(({ name, dataTypeID: type }, at) => {
            const cell = cells[at] ?? null
            return [name, cell === null ? [null, 'null'] : [readCell(type, cell), writerOf(type)(cell)]]
          }),
        ),
      )
      const expected = plain.rows.map(row =>
        Object.fromEntries(
          Object.entries(Object(row)).map(([name, value]) => [
            name,
            [value, Buffer.isBuffer(value) ? null : JSON.parse(JSON.stringify(value))],
          ]),
        ),
      )
      const read = written?.map(row =>
        Object.fromEntries(
          Object.entries(row).map(([name, [value, json]]) => [
            name,
            [value, JSON.parse(Buffer.from(String(json), 'latin1').toString())],
          ]),
        ),
      )
      expect(read).toEqual(expected)
    }
  } finally {
    await pool.end()
    await database.drop()
  }
})
