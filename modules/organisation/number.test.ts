// Numbers over a group: whoever reads several companies never meets the same number twice.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let pmo: Person
let administrator: Person
beforeAll(async () => {
  app = await testApp()
  pmo = await app.as('pmo')
  administrator = await app.as('administrator')
})
afterAll(() => app?.close())

const company = async (name: string, code?: string) => {
  const made = await administrator
    .entity('org_unit')
    .create({ name, type: 'company', parent: app.company, ...(code ? { code } : {}) })
  return made.id
}
let count = 0
const numberOf = async (company: string) => {
  const made = await pmo.entity('project' as string).create({ name: `工程 ${++count}`, type: 'rail', company })
  return String(made.code)
}
const tail = (number: string) => number.replace(/-\d{6}-/, '-')

test('a company with a short code counts for itself under it; all others share one sequence', async () => {
  const [build, make, plain] = [await company('建设', 'JS'), await company('智造', 'ZZ'), await company('新公司')]
  const numbers: string[] = []
  for (const each of [build, app.company, make, build, plain, app.company]) numbers.push(await numberOf(each))
  expect(numbers.map(tail)).toEqual(['JS-XM-0001', 'XM-0001', 'ZZ-XM-0001', 'JS-XM-0002', 'XM-0002', 'XM-0003'])
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers[0]).toMatch(/^JS-XM-\d{6}-0001$/)
})

test('many at once in several companies: every number is given once', async () => {
  const [one, two] = [await company('一公司', 'A1'), await company('二公司')]
  const numbers = await Promise.all(
    Array.from({ length: 24 }, (_, at) => numberOf([app.company, one, two][at % 3] ?? one)),
  )
  expect(new Set(numbers).size).toBe(24)
})

test('the reader of a group is told that it is one', async () => {
  const meta = await pmo.meta()
  expect(meta?.meta.me.group).toBe(true)
})
