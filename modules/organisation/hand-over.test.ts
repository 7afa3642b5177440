// A leaver's hand-over through the door an administrator uses.
import { newId } from '@yingzao/platform/client'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'

let app: TestApp
let administrator: Person
let pmo: Person
beforeAll(async () => {
  app = await testApp()
  administrator = await app.as('administrator')
  pmo = await app.as('pmo')
})
afterAll(() => app?.close())

async function projectOf(manager: string, name: string) {
  return pmo.entity('project').create({
    name,
    type: 'rail',
    company: app.company,
    manager: manager as never,
    start_on: '2026-03-02',
    finish_on: '2026-12-31',
  })
}

test('a leaver is out at once and his project, office and reports go to the successor', async () => {
  const leaver = await app.as('project_manager', { name: '周毅' })
  const successor = await app.as(undefined, { name: '石磊' })
  const metro = await projectOf(leaver.user, '云溪路站')
  expect(await leaver.entity('project').get(metro.id)).toMatchObject({ name: '云溪路站' })

  const preview = await administrator.perform<{ duties: { entity: string; count: number }[]; offices: number }>(
    'organisation.hand_over_preview',
    { leaver: leaver.user },
  )
  expect(preview.duties).toContainEqual(expect.objectContaining({ entity: 'project', field: 'manager', count: 1 }))
  expect(preview.offices).toBe(1)

  await administrator.perform('organisation.hand_over', { leaver: leaver.user, successor: successor.user })
  await expect(leaver.entity('project').get(metro.id)).rejects.toMatchObject({ problem: { status: 401 } })
  expect(await pmo.entity('project').get(metro.id)).toMatchObject({ manager: successor.user })
  expect(await administrator.entity('user').get(leaver.user)).toMatchObject({ active: false })
  expect(await successor.entity('project').get(metro.id)).toMatchObject({ name: '云溪路站' })

  // What was, stays told: who changed it, from whom to whom.
  const history = await pmo.entity('project').history(metro.id)
  expect(history[0]?.diff).toContainEqual(
    expect.objectContaining({ field: 'manager', before: leaver.user, after: successor.user }),
  )
})

test('only an administrator hands over, never to the leaver himself', async () => {
  const leaver = await app.as(undefined, { name: '田静' })
  await expect(
    pmo.perform('organisation.hand_over', { leaver: leaver.user, successor: pmo.user }),
  ).rejects.toMatchObject({ problem: { status: 403 } })
  await expect(
    administrator.perform('organisation.hand_over', { leaver: leaver.user, successor: leaver.user }),
  ).rejects.toMatchObject({ problem: { code: 'organisation.same_person' } })
  expect(await administrator.entity('user').get(leaver.user)).toMatchObject({ active: true })
})

test('an issued password opens the door once and must then be changed; it is kept nowhere in clear', async () => {
  const colleague = await app.as(undefined, { name: '赵铁柱' })
  const { me } = await colleague.session.get()
  const password = `Crane-${newId().slice(-12)}-Zx9`
  const answer = await administrator.perform('organisation.issue_password', { user: colleague.user, password })
  expect(JSON.stringify(answer)).not.toContain(password)
  await expect(colleague.session.get()).rejects.toMatchObject({ problem: { status: 401 } })
  const opened = await app.nobody.session.signIn(me.login, password)
  expect(opened).toMatchObject({ must_change_password: true })
})
