// Parts: a drawing belongs to its project, a revision to its drawing; they go and come back together.
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { create, get, history, list, patch, remove, restore } from '../records.ts'
import { refuse } from '../refuse.ts'
import { hooks } from '../serve.ts'
import { project } from '../testing/enterprise.ts'
import { testWorld, type World } from '../testing/world.ts'

const label = (en: string) => ({ zh: en, en })
const director = [allow('director', 'read create update delete')]
const drawing = entity('t_drawing', {
  label: label('Drawing'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true, unique: true }),
    project: f.ref('t_project', label('Project'), { required: true, onDelete: 'with' }),
  },
  place: { project: 'project' },
  access: director,
})
const revision = entity('t_revision', {
  label: label('Revision'),
  title: 'name',
  fields: {
    name: f.text(label('Name'), { required: true }),
    drawing: f.ref('t_drawing', label('Drawing'), { required: true, onDelete: 'with' }),
    before: f.ref('t_revision', label('Revision before')),
  },
  access: director,
})
/** Not a part: it only speaks of a revision. */
const remark = entity('t_remark', {
  label: label('Remark'),
  fields: { name: f.text(label('Name')), revision: f.ref('t_revision', label('Revision')) },
  access: director,
})
const drawings = defineModule({
  name: 'drawings',
  label: label('Drawings'),
  entities: [drawing, revision, remark],
  refusals: { approved: { zh: 'approved', en: 'approved' } },
})

declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_drawing: typeof drawing
    t_revision: typeof revision
    t_remark: typeof remark
  }
}

const seen: string[] = []
const watch = hooks(revision, {
  async beforeRemove(_ctx, record) {
    if (record.name === 'approved') throw refuse('drawings.approved')
  },
  async afterSave(_ctx, after, before) {
    if (!after || !before) seen.push(`${after ? 'came' : 'went'} ${after?.name ?? before?.name}`)
  },
})

let world: World
beforeAll(async () => {
  world = await testWorld([watch], [drawings])
})
afterAll(() => world?.drop())

let count = 0
/** A project with one drawing of two revisions, the second following the first. */
async function sheet() {
  const { ctx } = await world.person('director@group')
  const made = await create(ctx, project, { name: `P${++count}`, company: world.units.north })
  const plan = await create(ctx, drawing, { name: `Plan ${count}`, project: made.id })
  const first = await create(ctx, revision, { name: 'A', drawing: plan.id })
  const second = await create(ctx, revision, { name: 'B', drawing: plan.id, before: first.id })
  const revisions = async (deleted = false) =>
    (await list(ctx, revision, { filter: { drawing: { eq: plan.id } }, deleted, sort: ['created_at'] })).items.map(
      each => each.name,
    )
  return { ctx, made, plan, first, second, revisions }
}

test('W23 parts of parts go to the bin with the whole and come back with it, each with its history', async () => {
  const { ctx, made, plan, first, revisions } = await sheet()
  seen.length = 0
  await remove(ctx, project, made.id, 1)
  expect(await revisions()).toEqual([])
  await expect(get(ctx, drawing, plan.id)).rejects.toMatchObject({ code: 'record.not_found' })
  expect((await revisions(true)).sort()).toEqual(['A', 'B'])
  await restore(ctx, project, made.id)
  expect((await revisions()).sort()).toEqual(['A', 'B'])
  expect(await get(ctx, drawing, plan.id)).toMatchObject({ version: 3 })
  expect((await history(ctx, revision, first.id)).map(each => each.op)).toEqual(['restore', 'delete', 'create'])
  expect(seen.sort()).toEqual(['came A', 'came B', 'went A', 'went B'])
})

test('W23 what was binned before stays in the bin when the whole comes back', async () => {
  const { ctx, made, second, revisions } = await sheet()
  await remove(ctx, revision, second.id)
  await remove(ctx, project, made.id)
  await restore(ctx, project, made.id)
  expect(await revisions()).toEqual(['A'])
  expect(await revisions(true)).toEqual(['B'])
})

test('W23 a part does not come back before its whole', async () => {
  const { ctx, made, plan, first } = await sheet()
  await remove(ctx, project, made.id)
  await expect(restore(ctx, revision, first.id)).rejects.toMatchObject({ code: 'record.whole_deleted' })
  await expect(restore(ctx, drawing, plan.id)).rejects.toMatchObject({
    code: 'record.whole_deleted',
    values: { entity: '项目' },
  })
})

test('W23 W13 a part that others refer to keeps its whole; so does a part whose hook refuses', async () => {
  const { ctx, made, second, revisions } = await sheet()
  const noted = await create(ctx, remark, { revision: second.id })
  await expect(remove(ctx, project, made.id)).rejects.toMatchObject({
    code: 'record.in_use',
    values: { entity: 'Remark' },
  })
  expect(await revisions()).toHaveLength(2)
  await remove(ctx, remark, noted.id)
  await patch(ctx, revision, second.id, undefined, { name: 'approved' })
  await expect(remove(ctx, project, made.id)).rejects.toMatchObject({ code: 'drawings.approved' })
  expect(await revisions()).toHaveLength(2)
})

test('W23 a part whose name was taken meanwhile stops its whole, with the field', async () => {
  const { ctx, made, plan } = await sheet()
  await remove(ctx, project, made.id)
  const other = await create(ctx, project, { name: 'Other', company: world.units.north })
  await create(ctx, drawing, { name: plan.name, project: other.id })
  await expect(restore(ctx, project, made.id)).rejects.toMatchObject({
    errors: [{ path: 'name', code: 'field.unique' }],
  })
  await expect(get(ctx, project, made.id)).rejects.toMatchObject({ code: 'record.not_found' })
})
