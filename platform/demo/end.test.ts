// "Start my company": the demo goes, the set-up page opens; nobody but the administrator may.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../testing/app.ts'
import { demoModule, endDemo } from './end.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp({ modules: [demoModule], registrations: [endDemo] })
})
afterAll(() => app?.close())

test('an ordinary member cannot end the demo; the administrator can, and the set-up opens', async () => {
  const member = await app.as()
  await expect(member.perform('demo.end')).rejects.toMatchObject({ problem: { status: 403 } })
  const administrator = await app.as('administrator')
  await administrator.perform('demo.end')
  expect(await app.nobody.setup.state()).toMatchObject({ needed: true })
  await expect(administrator.entity('user').list()).rejects.toMatchObject({ problem: { status: 401 } })
  const password = 'Beginning-2026!'
  await app.nobody.setup.run({
    company: { name: '新公司' },
    administrator: { login: 'first', name: '第一人', password },
  })
  expect(await app.nobody.setup.state()).toMatchObject({ needed: false })
})
