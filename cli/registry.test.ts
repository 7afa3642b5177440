// What is installed can be printed, without a server or database.
import { expect, test } from 'vitest'
import { command as explain } from './explain.ts'
import { command as map } from './map.ts'
import { command as openapi } from './openapi.ts'

const terminal = { say: () => {}, json: true }

test('explain names each field, rule, right and address with file and line', async () => {
  const answer = await explain.run(['project'], terminal)
  const text = answer?.text() ?? ''
  expect(text).toMatch(/field +name +.*modules\/project\/project\.entity\.ts:\d+/)
  expect(text).toMatch(/rule +finish_after_start/)
  expect(text).toMatch(/grant +pmo/)
  expect(text).toContain('PATCH /api/v1/project/{id}')
  expect(text).toMatch(/verb +start /)
  await expect(explain.run(['projct'], terminal)).rejects.toThrow('project')
})

test('map lists what modules declare, openapi describes it', async () => {
  const told = await map.run([], terminal)
  expect(told?.text()).toMatch(/record +project /)
  const document = (await openapi.run([], terminal))?.document
  expect(document).toMatchObject({ openapi: '3.1.0', paths: { '/project': expect.anything() } })
})
