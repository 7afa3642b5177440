// What is registered can be printed, with file and line.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { explain, map } from './explain.ts'
import { buildRegistry } from './registry/build.ts'
import { findings } from './testing/world.ts'

const registry = buildRegistry(findings())

test('an entity is explained field by field, each with its line', () => {
  const text = explain(registry, 't_contract')
  const source = readFileSync('kernel/testing/enterprise.ts', 'utf8').split('\n')
  const line = /total .*group commercial.*= sum\(lines\.amount\) +kernel\/testing\/enterprise\.ts:(\d+)/.exec(text)?.[1]
  expect(source[Number(line) - 1]).toContain('sum(lines.amount)')
  for (const part of [
    'Rules',
    'Verbs',
    'Permissions',
    'POST  ',
    '/api/v1/t_contract/{id}/count',
    'lines of t_contract_line',
    'lead',
    'code',
  ])
    expect(text).toContain(part)
})

test('modules, roles, actions and refusals have a text, unknown names an error', () => {
  expect(explain(registry, 'enterprise')).toContain('t_supplier')
  expect(explain(registry, 'lead')).toMatch(/held at project[\s\S]*t_contract +read create update delete export/)
  expect(explain(registry, 'enterprise.tally')).toContain('POST /api/v1/actions/enterprise.tally')
  expect(explain(registry, 'enterprise.odd')).toContain('不能是奇数')
  expect(() => explain(registry, 'nothing')).toThrow('nothing is called "nothing"')
})

test('the map names every entity once', () => {
  const text = map(registry)
  for (const name of registry.shapes.keys())
    expect(text.split('\n').filter(line => line.startsWith(`  ${name}  `))).toHaveLength(1)
})
