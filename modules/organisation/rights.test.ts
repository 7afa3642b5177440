// Rights as an administrator works with them: given and taken back, refused when they mean nothing, explained.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Holder, PlaceOption, RightsOverview, WhyAnswer } from './rights-shape.ts'

let app: TestApp
let administrator: Person
let pmo: Person
let metro: string
beforeAll(async () => {
  app = await testApp()
  administrator = await app.as('administrator')
  pmo = await app.as('pmo')
  const made = await pmo.entity('project').create({
    name: '云溪路站',
    type: 'rail',
    company: app.company,
    contract_amount: '120000000.00',
  })
  metro = made.id
})
afterAll(() => app?.close())

const grantOf = async (role: string, entity: string) => {
  const found = await administrator
    .entity('grant')
    .list({ filter: { role: { eq: await roleId(role) }, entity: { eq: entity } } })
  const [row] = found.items
  if (!row) throw new Error(`${role} has no grant on ${entity}`)
  return row
}
const roleId = async (code: string) => {
  const [found] = (await administrator.entity('role').list({ filter: { code: { eq: code } } })).items
  if (!found) throw new Error(`no role ${code}`)
  return found.id
}
const overview = () => administrator.perform<RightsOverview>('organisation.rights')
const roleIn = (all: RightsOverview, code: string) => all.roles.find(each => each.code === code)

test('a field that is granted is seen by a colleague; taken back it is gone, and the grant is the shipped one again', async () => {
  const colleague = await app.as('planner')
  expect(await colleague.entity('project').get(metro)).not.toHaveProperty('contract_amount')
  const before = await grantOf('planner', 'project')
  const after = await administrator.entity('grant').patch(before.id, before.version, { fields: { commercial: 'read' } })
  expect(await colleague.entity('project').get(metro)).toMatchObject({ contract_amount: '120000000.00' })
  expect(roleIn(await overview(), 'planner')).toMatchObject({ people: 1, changed: 1 })

  await administrator.entity('grant').patch(after.id, after.version, { fields: {} })
  expect(await colleague.entity('project').get(metro)).not.toHaveProperty('contract_amount')
  expect(roleIn(await overview(), 'planner')).toMatchObject({ changed: 0, offered: 0 })
})

test('an unknown function, field, right, scope or entity is refused with the word that is wrong', async () => {
  const row = await grantOf('observer', 'project')
  const refused = (patch: Record<string, never>) =>
    administrator
      .entity('grant')
      .patch(row.id, row.version, patch)
      .then(
        () => null,
        error => error.problem.errors?.[0],
      )
  const wrong = [
    [{ functions: ['read', 'fly'] }, 'access.unknown_function', 'fly'],
    [{ functions: [] }, 'field.required', ''],
    [{ fields: { secrets: 'read' } }, 'access.unknown_field', 'secrets'],
    [{ fields: { commercial: 'own' } }, 'access.unknown_right', 'own'],
    [{ scope: 'everywhere' }, 'field.option', ''],
    [{ scope: { departments: ['019a0000-0000-7000-8000-000000000000'] } }, 'field.reference', ''],
    [{ entity: 'unicorn' }, 'access.unknown_entity', 'unicorn'],
  ] as const
  for (const [patch, code, word] of wrong) {
    const error = await refused(patch as never)
    expect(error, JSON.stringify(patch)).toMatchObject({ code })
    expect(error.message).toContain(word)
  }
  // A calendar lies in no department: nothing could ever match.
  const calendar = await grantOf('planner', 'calendar')
  await expect(
    administrator.entity('grant').patch(calendar.id, calendar.version, { scope: 'department' }),
  ).rejects.toMatchObject({ problem: { errors: [{ code: 'access.scope' }] } })
})

test('why: the role, where it is held and the grant that reaches the record, or what does not reach it', async () => {
  const other = await pmo.entity('project').create({ name: '产线改造', type: 'industrial', company: app.company })
  const manager = await app.as('project_manager', { at: { kind: 'project', id: metro }, name: '周毅' })
  const watcher = await app.as('pmo')
  const ask = (record: string, user = manager.user) =>
    administrator.perform<WhyAnswer>('organisation.why', { user, entity: 'project', record })
  const here = await ask(metro)
  const update = here.functions.find(each => each.function === 'update')
  expect(update).toMatchObject({
    allowed: true,
    ways: [{ role: 'project_manager', place: '云溪路站', scope: 'all', inPlace: true, inScope: true }],
  })
  // The administrator may not read projects himself: their stage is not told him by the way.
  expect(update?.possible).toBe(null)
  const amount = (answer: WhyAnswer) => answer.fields.find(each => each.field === 'contract_amount')
  const byManager = { role: 'project_manager', place: '云溪路站', scope: 'all', inScope: true }
  expect(amount(here)).toEqual({
    field: 'contract_amount',
    right: 'read',
    delegated: false,
    ways: [{ ...byManager, right: 'read', inPlace: true }],
  })
  // A basic field follows the functions: changed where he may update, read by every role that reads.
  expect(here.fields.find(each => each.field === 'name')).toMatchObject({
    right: 'edit',
    ways: [{ ...byManager, right: 'edit', inPlace: true }],
  })
  expect(JSON.stringify(here)).not.toContain('120000000')

  const there = await ask(other.id)
  expect(there.functions.find(each => each.function === 'read')).toMatchObject({
    allowed: false,
    ways: [{ role: 'project_manager', inPlace: false, inScope: true }],
  })
  expect(amount(there)).toMatchObject({ right: 'hidden', ways: [{ ...byManager, right: 'read', inPlace: false }] })
  // What it says is what the store does.
  await expect(manager.entity('project').get(other.id)).rejects.toMatchObject({ code: 'record.not_found' })
  expect(amount(await ask(metro, watcher.user))).toMatchObject({
    right: 'edit',
    ways: [{ role: 'pmo', right: 'edit' }],
  })

  // Who may read the project learns also that its stage does not allow it.
  await administrator.entity('role_holding').create({
    user: administrator.user,
    role: await roleId('observer'),
    at_kind: 'company',
    at_id: app.company,
  })
  expect((await ask(metro)).functions.find(each => each.function === 'suspend')).toMatchObject({
    allowed: true,
    possible: false,
  })

  // Whoever may not read grants may not ask.
  await expect(
    manager.perform('organisation.why', { user: manager.user, entity: 'project', record: metro }),
  ).rejects.toMatchObject({ code: 'access.denied' })
})

test('who holds a role: by holding and by membership, from and to', async () => {
  const foreman = await app.as('foreman', { at: { kind: 'project', id: metro }, name: '孙大勇' })
  await pmo.entity('project_member').create({
    project: metro as never,
    user: pmo.user,
    role: await roleId('foreman'),
  })
  const holders = await administrator.perform<Holder[]>('organisation.holders', { role: await roleId('foreman') })
  expect(holders.map(each => [each.entity, each.user, each.place])).toEqual(
    expect.arrayContaining([
      ['role_holding', foreman.user, '云溪路站'],
      ['project_member', pmo.user, '云溪路站'],
    ]),
  )
})

test('the last administrator cannot take rights away from everybody', async () => {
  const alone = await testApp()
  try {
    const only = await alone.as('administrator')
    const [holding] = (await only.entity('role_holding').list({ filter: { user: { eq: only.user } } })).items
    if (!holding) throw new Error('no holding')
    const refused = { code: 'access.last_administrator' }
    await expect(only.entity('role_holding').remove(holding.id, holding.version)).rejects.toMatchObject(refused)
    await expect(
      only.entity('role_holding').patch(holding.id, holding.version, { to: '2026-01-01' as never }),
    ).rejects.toMatchObject(refused)
    const [role] = (await only.entity('role').list({ filter: { code: { eq: 'administrator' } } })).items
    const [row] = (
      await only.entity('grant').list({ filter: { role: { eq: role?.id ?? '' }, entity: { eq: 'grant' } } })
    ).items
    if (!row) throw new Error('no grant')
    await expect(only.entity('grant').patch(row.id, row.version, { functions: ['read'] })).rejects.toMatchObject(
      refused,
    )
    await expect(only.entity('grant').remove(row.id, row.version)).rejects.toMatchObject(refused)
    const me = await only.entity('user').get(only.user)
    await expect(only.entity('user').patch(me.id, me.version, { active: false })).rejects.toMatchObject(refused)

    // With a second one it is possible.
    await alone.as('administrator')
    await only.entity('role_holding').remove(holding.id, holding.version)
    await expect(only.entity('grant').list()).rejects.toMatchObject({ code: 'access.denied' })
  } finally {
    await alone.close()
  }
})

test('places to hold a role at are found by name, also projects the administrator does not read', async () => {
  const ask = (input: object) => administrator.perform<PlaceOption[]>('organisation.places', input)
  expect(await ask({ kind: 'project', search: '云溪' })).toEqual([{ id: metro, name: '云溪路站', above: '测试集团' }])
  expect(await ask({ kind: 'company' })).toEqual([{ id: app.company, name: '测试集团', above: '' }])
  expect(await ask({ kind: 'project', ids: [metro] })).toMatchObject([{ name: '云溪路站' }])
  await expect(pmo.perform('organisation.places', { kind: 'project' })).rejects.toMatchObject({ code: 'access.denied' })
})

test('what a new version offers is turned down once, or answered by taking it', async () => {
  const row = await grantOf('engineer', 'project')
  const edited = await administrator.entity('grant').patch(row.id, row.version, { functions: ['read', 'export'] })
  // As seedRights() leaves an edited grant after an upgrade.
  const offer = (hash: string) =>
    sql`update t_main."grant" set offered = ${JSON.stringify({ functions: ['read'], scope: 'all', fields: {}, hash })}::jsonb
      where id = ${row.id}::uuid`.execute(app.host.db)
  await offer('f'.repeat(32))
  expect(roleIn(await overview(), 'engineer')).toMatchObject({ changed: 1, offered: 1 })
  await administrator.perform('organisation.decline_offer', { grant: row.id })
  expect(roleIn(await overview(), 'engineer')).toMatchObject({ changed: 1, offered: 0 })
  const kept = await administrator.entity('grant').get(row.id)
  expect(kept).toMatchObject({ functions: ['read', 'export'], shipped_hash: 'f'.repeat(32) })
  expect(kept.version).toBeGreaterThan(edited.version)

  await offer('e'.repeat(32))
  await administrator.entity('grant').patch(row.id, kept.version, { functions: ['read'] })
  expect(roleIn(await overview(), 'engineer')).toMatchObject({ changed: 0, offered: 0 })
})

test('a role is named in the language of whoever reads it: in references, search and the meta', async () => {
  const reader = await app.as('administrator')
  const asked = async () => {
    const held = await reader.entity('role_holding').list({ filter: { user: { eq: reader.user } } })
    const answer = await reader.meta()
    return {
      reference: Object.values(held.refs.role ?? {}),
      found: (await reader.search('planner', { entities: ['role'] })).map(hit => hit.title),
      title: answer?.meta.entities.find(each => each.name === 'role')?.title,
    }
  }
  expect(await asked()).toEqual({ reference: ['系统管理员'], found: ['计划工程师'], title: 'label_zh' })
  await reader.session.update({ lang: 'en' })
  expect(await asked()).toEqual({ reference: ['Administrator'], found: ['Planner'], title: 'label_en' })
})
