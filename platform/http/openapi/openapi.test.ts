// The API describes itself: valid by OpenAPI 3.1's rules, complete, and true to what the routes answer.
import { readFileSync } from 'node:fs'
import { buildRegistry } from '@yingzao/kernel/registry/build'
import Ajv from 'ajv/dist/2020.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { declared, type Person, type TestApp, testApp } from '../../testing/app.ts'
import { yardModule, yardServices } from '../../testing/yard.ts'
import { openApi } from './document.ts'

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)
const node = (value: unknown): Node => (isNode(value) ? value : {})

let app: TestApp
let keeper: Person
let api: Node
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  keeper = await app.as('yard_keeper')
  api = node(await (await keeper.transport.fetch('GET', '/openapi.json')).json())
})
afterAll(() => app?.close())

const METHODS = ['get', 'put', 'post', 'delete', 'patch']
const operations = () =>
  Object.entries(node(api.paths)).flatMap(([path, item]) =>
    METHODS.flatMap(method => {
      const operation = node(item)[method]
      return isNode(operation) ? [{ path, method, operation, item: node(item) }] : []
    }),
  )
const resolve = (ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, key) => node(at)[key], api)

function* refs(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* refs(each)
  else if (isNode(value))
    for (const [key, each] of Object.entries(value))
      if (key === '$ref' && typeof each === 'string') yield each
      else yield* refs(each)
}

test('it is an OpenAPI 3.1 document by the rules of the specification', () => {
  expect(api.openapi).toMatch(/^3\.1\.\d+$/)
  expect(node(api.info)).toMatchObject({ title: expect.any(String), version: expect.any(String) })
  for (const ref of refs(api)) expect(resolve(ref), ref).toBeDefined()
  const ids = new Set<unknown>()
  for (const { path, operation, item } of operations()) {
    expect(path).toMatch(/^\//)
    expect(ids.has(operation.operationId), String(operation.operationId)).toBe(false)
    ids.add(operation.operationId)
    expect(Object.keys(node(operation.responses)).length).toBeGreaterThan(0)
    for (const [status, response] of Object.entries(node(operation.responses))) {
      expect(status).toMatch(/^([1-5]\d\d|default)$/)
      expect('$ref' in node(response) || typeof node(response).description === 'string').toBe(true)
    }
    const parameters = [item.parameters, operation.parameters]
      .flatMap(list => (Array.isArray(list) ? list : []))
      .map(each => node(typeof each?.$ref === 'string' ? resolve(each.$ref) : each))
    const inPath = parameters.filter(each => each.in === 'path')
    // Every {name} of the address is declared, required, and nothing else is.
    expect(inPath.map(each => each.name).sort()).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort())
    for (const each of parameters) {
      expect(['path', 'query', 'header', 'cookie']).toContain(each.in)
      expect(isNode(each.schema)).toBe(true)
      if (each.in === 'path') expect(each.required).toBe(true)
    }
    if (operation.requestBody) expect(Object.keys(node(node(operation.requestBody).content))).not.toHaveLength(0)
    expect(['get', 'delete'].some(method => node(item[method]).requestBody !== undefined)).toBe(false)
  }
  for (const name of Object.keys(node(node(api.components).schemas))) expect(name).toMatch(/^[a-zA-Z0-9._-]+$/)
})

test('every schema in it is valid JSON Schema 2020-12', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  for (const [name, schema] of Object.entries(node(node(api.components).schemas)))
    expect(ajv.validateSchema(node(schema)), `${name}: ${ajv.errorsText(ajv.errors)}`).toBe(true)
})

test('every entity, verb and action is described, lines and bookkeeping are not addresses', () => {
  const paths = Object.keys(node(api.paths))
  for (const path of [
    '/yard',
    '/yard/query',
    '/yard/{id}',
    '/yard/{id}/rename',
    '/yard/{id}/summary',
    '/slip',
    '/actions/yard.count',
    '/sign_in_event',
    '/user',
  ])
    expect(paths).toContain(path)
  expect(paths.some(path => path.startsWith('/slip_line') || path.startsWith('/comment'))).toBe(false)
  expect(node(node(node(api.paths)['/yard/{id}/summary']).get)).toBeTruthy()
})

test('what the routes answer fits what is described', async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addSchema({ ...api, $id: 'api' }, 'api')
  const valid = (schema: string, value: unknown) => {
    const check = ajv.compile({ $ref: `api#/components/schemas/${schema}` })
    expect(check(value), `${schema}: ${ajv.errorsText(check.errors)}`).toBe(true)
  }
  const input = { name: '描述', company: app.company, area: '1.5', kind: 'steel', rent_amount: '2.00' }
  valid('yard_input', input)
  const made = await keeper.entity<string>('yard').create(input)
  valid('yard', made)
  valid('yard_patch', { area: '3' })
  const slip = await keeper
    .entity<string>('slip')
    .create({ code: 'S', yard: made.id, company: app.company, on: '2026-01-01', lines: [{ item: 'x', qty: '1' }] })
  valid('slip', slip)
  for (const entry of await keeper.entity('yard').history(made.id)) valid('HistoryEntry', entry)
  valid('Comment', await keeper.entity('yard').comments.add(made.id, 'x'))
  const refused = await keeper.transport
    .call('GET', '/yard/nothing')
    .catch((failure: { problem: unknown }) => failure.problem)
  valid('Problem', refused)
  const check = ajv.compile({ $ref: 'api#/components/schemas/yard_input' })
  expect(check({ name: 5 })).toBe(false)
  expect(check({ ...input, unknown: 1 })).toBe(false)
})

test('it follows the registry: without the module there are no yards', () => {
  const findings = declared([], [])
  expect(
    Object.keys(node(node(openApi(buildRegistry(findings), { name: 'x', version: '1' })).paths)).some(path =>
      path.startsWith('/yard'),
    ),
  ).toBe(false)
})

test('a browser reads it on a page of ours without inline or foreign script', async () => {
  const page = await fetch(`${app.url}/api/docs`)
  const html = await page.text()
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/)
  expect(html.match(/(?:src|href)="https?:/)).toBeNull()
  for (const [, address] of html.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g))
    expect((await fetch(app.url + address)).status).toBe(200)
  expect(readFileSync(new URL('../docs/docs.js', import.meta.url), 'utf8')).not.toMatch(/innerHTML|https?:\/\//)
  expect((await fetch(`${app.url}/api/v1/openapi.json`)).status).toBe(401)
})
