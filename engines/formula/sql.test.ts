// The SQL of formulas: its text and placeholders. That it gives the values of JavaScript is tested against PostgreSQL.
import { expect, test } from 'vitest'
import { ENVIRONMENT } from './testing/arbitrary.ts'
import { sql } from './testing/run.ts'

const text = (source: string, condition = false): string => sql(source, ENVIRONMENT, { condition }).text

test('text and dates are placeholders, numbered from where the query stands, each value once', () => {
  expect(sql('t1 = "a" or t2 = "a" or d1 = today() or t1 = "b"', ENVIRONMENT, { firstPlaceholder: 4 })).toEqual({
    text:
      '((t."t1" collate "C" is not distinct from $4::text) or (t."t2" collate "C" is not distinct from $4::text) or ' +
      '(t."d1" is not distinct from $5::date) or (t."t1" collate "C" is not distinct from $6::text))',
    values: ['a', '2025-03-31', 'b'],
  })
})

test('nothing a person writes becomes SQL text', () => {
  const { text: written, values } = sql(`t1 + "'; drop table record; --"`, ENVIRONMENT)
  expect(written).toBe('(t."t1" || $1::text)')
  expect(values).toEqual([`'; drop table record; --`])
})

test('a condition compares with plain = where an index serves, and only there', () => {
  const id = '0192aaaa-0000-7000-8000-000000000001'
  expect(text(`project = "${id}" and stage in ["draft", "open"] and t1 = t2`, true)).toBe(
    '((t."project" = $1::uuid) and (t."stage" in ($2::text, $3::text)) and (t."t1" collate "C" is not distinct from t."t2"))',
  )
  expect(text(`not(project = "${id}")`, true)).toBe('(not (t."project" is not distinct from $1::uuid))')
  expect(text(`project != "${id}"`, true)).toBe('(t."project" is distinct from $1::uuid)')
})

test('a quotient is cut one place further and rounded once; null for a division by zero', () => {
  expect(text('n1 / n2')).toBe('round(round(div(t."n1"::numeric * 1e31, nullif(t."n2"::numeric, 0)) * 1e-31, 30), 20)')
})

test('text is compared by code point', () => {
  expect(text('t1 < t2')).toBe('(t."t1" collate "C" < t."t2")')
})

test('lines are a subquery whose aggregate is its own', () => {
  expect(text('sum(lines[qty > n1].amount)')).toBe(
    '(select coalesce(sum(v), 0) from (select l1."amount"::numeric as v from slip_line as l1 ' +
      'where l1.slip = t.id and (l1."qty"::numeric > t."n1"::numeric)) as s2)',
  )
})

test('the text grows with the formula, not with its square', () => {
  const nest = (levels: number): string => (levels === 0 ? 'd1' : `add_months(${nest(levels - 1)}, n1 ** 2)`)
  const [ten, twenty] = [text(nest(10)).length, text(nest(20)).length]
  expect(twenty).toBeLessThan(ten * 2.2)
})
