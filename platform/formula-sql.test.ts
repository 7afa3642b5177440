// Formulas give in PostgreSQL exactly what they give in JavaScript: random formulas on random records.

import {
  assign,
  compileToJs,
  compileToSql,
  type Environment,
  type FormulaType,
  type Value,
} from '@yingzao/engines/formula'
import {
  ENVIRONMENT,
  formula,
  NOW,
  PROJECTS,
  RESULTS,
  record,
  type SampleRecord,
  TODAY,
  USER,
} from '@yingzao/engines/formula/testing/arbitrary'
import { parsed, sqlContext, typeOf } from '@yingzao/engines/formula/testing/run'
import type { Decimal } from '@yingzao/engines/money'
import fc from 'fast-check'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from './postgres/connection.ts'
import { type TestDatabase, testDatabase } from './testing/database.ts'

/** Formulas per run; `YINGZAO_FORMULA_CASES=7000` makes some 42,000 comparisons. */
const FORMULAS = Number(process.env.YINGZAO_FORMULA_CASES ?? 500)
const SEED = Number(process.env.YINGZAO_FORMULA_SEED ?? 20250331)
const RECORDS = 6
const BATCH = 100

let database: TestDatabase
let client: Client

beforeAll(async () => {
  database = await testDatabase()
  client = await connect(database.connection)
  // A zone and a collation of their own: a formula that depends on the session or the database would show here.
  await client.query(`
    set timezone = 'America/New_York';
    create table project (id uuid, code text collate "und-x-icu", budget numeric, opened date);
    create table slip (id int, n1 numeric, n2 numeric, n3 numeric, t1 text collate "und-x-icu", t2 text collate "und-x-icu", f1 boolean, f2 boolean,
      d1 date, d2 date, at1 timestamptz, stage text collate "und-x-icu", project uuid, tags text[]);
    create table slip_line (slip int, amount numeric, qty numeric, title text collate "und-x-icu", done boolean, "on" date, site uuid)`)
  await insert('project', PROJECTS)
})

afterAll(async () => {
  await client.end()
  await database.drop()
})

async function insert(table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  if (rows.length === 0) return
  await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
    JSON.stringify(rows),
  ])
}

async function store(records: readonly SampleRecord[]): Promise<void> {
  await client.query('truncate slip, slip_line')
  await insert(
    'slip',
    records.map(({ lines: _, project, ...fields }, id) => ({ id, ...fields, project: project?.id ?? null })),
  )
  await insert(
    'slip_line',
    records.flatMap(({ lines }, slip) => lines.map(({ site, ...line }) => ({ slip, ...line, site: site?.id ?? null }))),
  )
}

/** The SQL value as JavaScript prints it. */
function asText(text: string, type: FormulaType): string {
  if (type.kind === 'number') return `trim_scale(${text})::text`
  if (type.kind === 'date') return `to_char(${text}, 'YYYY-MM-DD')`
  if (type.kind === 'instant') return `to_char((${text}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
  return `(${text})::text`
}

const print = (value: Value, type: FormulaType): string | null =>
  value !== null && type.kind === 'instant'
    ? String(value).replace(/\.(\d+)Z$/, (_, digits: string) => `.${digits.padEnd(6, '0')}Z`)
    : value === null
      ? null
      : String(value)

interface Disagreement {
  source: string
  inSql: string | null
  inJs: string | null
  record: SampleRecord
}

/** Runs the formulas in one select over the records and compares each value; conditions also as conditions. */
async function disagreements(
  sources: readonly string[],
  records: readonly SampleRecord[],
  env: Environment,
): Promise<Disagreement[]> {
  const values: unknown[] = []
  const compile = (source: string, condition: boolean): string => {
    const made = compileToSql(parsed(source), sqlContext(env, { firstPlaceholder: values.length + 1, condition }))
    values.push(...made.values)
    return made.text
  }
  const columns = sources.map(source => {
    const type = typeOf(source, env)
    const whole = asText(compile(source, false), type)
    return { source, type, whole, truth: type.kind === 'flag' ? `((${compile(source, true)}) is true)::text` : 'null' }
  })
  const text = `select ${columns.map(({ whole, truth }) => `${whole}, ${truth}`).join(',\n')} from slip t order by t.id`
  const { rows } = await client.query<(string | null)[]>({ text, values, rowMode: 'array' })
  return columns.flatMap(({ source, type }, index) => {
    const js = compileToJs(parsed(source), env)
    return records.flatMap((fields, row) => {
      const value = js({ fields, today: TODAY, now: NOW, user: USER })
      const [inSql = null, truth = null] = rows[row]?.slice(index * 2, index * 2 + 2) ?? []
      const inJs = print(value, type)
      const agrees = inSql === inJs && (type.kind !== 'flag' || truth === String(value === true))
      return agrees ? [] : [{ source, inSql, inJs, record: fields }]
    })
  })
}

test('random formulas on random records agree to the last digit', { timeout: 600_000 }, async () => {
  const weights = { number: 35, flag: 30, text: 17, date: 14, instant: 4 }
  let compared = 0
  for (let batch = 0; compared < FORMULAS * RECORDS; batch++) {
    const records = fc.sample(record, { seed: SEED + batch, numRuns: RECORDS })
    await store(records)
    // Deeper from batch to batch, so that both small and large formulas are seen.
    const depth = 2 + (batch % 4)
    const sources = RESULTS.flatMap(result =>
      fc.sample(formula(result, depth), { seed: SEED + batch, numRuns: Math.round((weights[result] * BATCH) / 100) }),
    )
    expect(await disagreements(sources, records, ENVIRONMENT)).toEqual([])
    compared += sources.length * RECORDS
  }
  expect(compared).toBeGreaterThanOrEqual(FORMULAS * RECORDS)
})

test('storing in a column rounds as assign does', async () => {
  await client.query('create table amount (value numeric(18, 2))')
  const ties: Decimal[] = [
    '0.005',
    '-0.005',
    '2.675',
    '1.005',
    '-1.0049999999999999999',
    '0.00499999999999999999999999',
    '12345.675',
  ]
  await client.query('insert into amount select v::numeric from unnest($1::text[]) as v', [ties])
  const { rows } = await client.query<{ value: string }>('select value::text from amount')
  expect(rows.map(row => row.value)).toEqual(ties.map(tie => assign(tie, { scale: 2 })))
})

test('a formula at the edge of the limits runs in PostgreSQL, and its errors stay nulls', async () => {
  const nest = (pattern: string, inside: string, levels: number): string =>
    levels === 0 ? inside : pattern.replace('%', () => nest(pattern, inside, levels - 1))
  const deep = [
    nest('(% / n1)', 'n2', 31),
    nest('add_months(%, n1)', 'd1', 62),
    nest('(% ** 2)', 'n1', 31),
    nest('coalesce(%, 1) * 1000000000000', 'n1', 31),
    nest('substring(%, n1, n2)', 't1', 62),
    nest('(if f1 then % else n1)', 'n2', 31),
    nest('round(% * 1.5, 2)', 'n2', 31),
    nest('mean(%, n1, 3)', 'n2', 62),
    'sum(lines[amount = max(lines.amount)].qty)',
    'sum(for l in lines return n1) + sum(for l in lines return count(lines[qty < l.qty]) * l.amount)',
    Array.from({ length: 200 }, (_, i) => `n1 > ${i}`).join(' and '),
  ]
  const records = fc.sample(record, { seed: 7, numRuns: RECORDS })
  await store(records)
  expect(await disagreements(deep, records, ENVIRONMENT)).toEqual([])
})
