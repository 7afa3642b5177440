// Records over HTTP: what a browser, a script and a stranger are answered.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure, newId } from '../client/index.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'
import { slip, yard, yardModule, yardServices } from '../testing/yard.ts'

let app: TestApp
let keeper: Person
let clerk: Person
beforeAll(async () => {
  app = await testApp({ modules: [yardModule], registrations: yardServices })
  keeper = await app.as('yard_keeper', { name: '主管' })
  clerk = await app.as('yard_clerk')
})
afterAll(() => app?.close())

const problem = async (work: Promise<unknown>) => {
  try {
    await work
  } catch (error) {
    if (isFailure(error)) return error.problem
    throw error
  }
  throw new Error('it was not refused')
}
let names = 0
const newYard = (more: object = {}) => keeper.entity(yard).create({ name: `料场 ${++names}`, company: app.company, ...more })

test('a keeper makes a yard, reads it back, changes it and finds it in the list', async () => {
  const made = await newYard({ area: '120.5', covered: true, kind: 'steel', rent_amount: '3000.00' })
  expect(made).toMatchObject({ version: 1, area: '120.5', covered: true, rent_amount: '3000.00' })
  expect(made._can).toContain('update')
  const changed = await keeper.entity(yard).patch(made.id, made.version, { kind: 'brick' })
  expect(changed).toMatchObject({ version: 2, kind: 'brick', name: made.name })
  const page = await keeper.entity(yard).list({ filter: { name: { eq: made.name } }, count: true })
  expect(page.items.map(item => item.id)).toEqual([made.id])
  expect(page.count).toEqual({ value: 1, more: false })
  expect(page.refs.org_unit).toEqual({ [app.company]: '测试集团' })
})
