// RULES.md and the tests agree: every rule is shown by a test that names it, and no test names a rule that is not there.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('every rule is named in a test, and every name is a rule', () => {
  const rules = [...readFileSync('kernel/RULES.md', 'utf8').matchAll(/^- \*\*([A-Z]\d+)\*\*/gm)].map(
    match => match[1] ?? '',
  )
  const tests = readdirSync('kernel', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .flatMap(file => [
      ...readFileSync(`kernel/${file}`, 'utf8').matchAll(
        /(?:test|describe)(?:\.each\([^)]*\))?\(\s*['"`]((?:[A-Z]\d+ )+)/g,
      ),
    ])
    .flatMap(match => (match[1] ?? '').trim().split(' '))
  expect(rules.length).toBeGreaterThan(50)
  expect(new Set(rules).size).toBe(rules.length)
  expect(rules.filter(rule => !tests.includes(rule))).toEqual([])
  expect([...new Set(tests)].filter(each => !rules.includes(each))).toEqual([])
})
