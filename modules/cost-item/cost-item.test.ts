// The tree of cost items: its code is its shape, only leaves are posted to, projects choose from it, files carry it.
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../project/project.entity.ts'
import { costItem, expenseItem, projectCostItem } from './cost-item.entity.ts'

let app: TestApp
let cost: Person
beforeAll(async () => {
  app = await testApp()
  cost = await app.as('cost_engineer')
})
afterAll(() => app?.close())

const item = (code: string, name: string, more: object = {}) => cost.entity(costItem).create({ code, name, ...more })
const see = (id: string) => cost.entity(costItem).get(id)
const atFault = (path: string, code: string) => ({ problem: { errors: [{ path, code }] } })

describe('the tree', () => {
  test('is what the codes say: the item above is found by its code and is no leaf any more', async () => {
    const top = await item('A1', '人工费', { kind: 'labour' })
    expect(top).toMatchObject({ leaf: true, parent: null, title: 'A1 人工费' })
    const below = await item('A1.01', '劳务', { kind: 'machine' })
    expect(below).toMatchObject({ parent: top.id, kind: 'labour', leaf: true })
    expect(await see(top.id)).toMatchObject({ leaf: false })
    await expect(item('A9.01', '无上级')).rejects.toMatchObject(atFault('code', 'cost_item.nothing_above'))
    await expect(item('A1.01', '重号')).rejects.toMatchObject(atFault('code', 'field.unique'))
    await expect(item('A1..2', '坏编码')).rejects.toMatchObject(atFault('code', 'field.pattern'))
  })

  test('a branch that gets another code takes what is below along; the place it left is a leaf again', async () => {
    const [left, right] = [await item('B1', '甲'), await item('B2', '乙')]
    const branch = await item('B1.01', '支')
    const twig = await item('B1.01.01', '叶')
    await cost.entity(costItem).patch(branch.id, (await see(branch.id)).version, { code: 'B2.07' })
    expect(await see(twig.id)).toMatchObject({ code: 'B2.07.01', parent: branch.id, title: 'B2.07.01 叶' })
    expect(await see(branch.id)).toMatchObject({ parent: right.id })
    expect([await see(left.id), await see(right.id)].map(each => each.leaf)).toEqual([true, false])
  })

  test('what has something below is not deleted; when the last goes, the item above is a leaf again', async () => {
    const top = await item('C1', '丙')
    const below = await item('C1.01', '丁')
    const { version } = await see(top.id)
    await expect(cost.entity(costItem).remove(top.id, version)).rejects.toMatchObject({
      problem: { code: 'record.in_use' },
    })
    await cost.entity(costItem).remove(below.id, below.version)
    expect((await see(top.id)).leaf).toBe(true)
  })

  test('a code cannot move below itself', async () => {
    const top = await item('D1', '戊')
    await expect(cost.entity(costItem).patch(top.id, top.version, { code: 'D1.01' })).rejects.toMatchObject(
      atFault('code', 'cost_item.nothing_above'),
    )
  })
})

describe('files', () => {
  test('a tree comes in from one file by its codes, rows below after rows above, and goes out the same', async () => {
    const csv =
      '编码,名称,成本类别,计量单位\nF1,材料费,材料,\nF1.01,钢筋,,t\nF1.01.01,螺纹钢,,t\nF1.02,混凝土,,m³\nF3.01,没有上级,,\n'
    const preview = await cost.entity(costItem).importPreview(new Blob([csv]), 'cbs.csv')
    expect(preview.rows).toEqual({ total: 5, good: 4, bad: 1 })
    expect(preview.bad[0]).toMatchObject({ row: 6, errors: [{ code: 'cost_item.nothing_above' }] })
    const { job } = await cost.entity(costItem).importConfirm(preview.id, { skip_bad: true })
    expect(await cost.jobs.wait(job)).toMatchObject({ state: 'done', result: { created: 4, bad: 1 } })
    const { items } = await cost
      .entity(costItem)
      .list({ filter: { code: { in: ['F1', 'F1.01', 'F1.01.01', 'F1.02'] } }, sort: ['code'] })
    expect(items.map(each => [each.code, each.kind, each.leaf])).toEqual([
      ['F1', 'material', false],
      ['F1.01', 'material', false],
      ['F1.01.01', 'material', true],
      ['F1.02', 'material', true],
    ])
    const file = await cost.entity(costItem).exportFile('csv', { filter: { code: { in: ['F1', 'F1.01'] } } })
    const again = await cost.entity(costItem).importPreview(new Blob([await file.text()]), 'again.csv')
    expect(again.rows).toEqual({ total: 2, good: 2, bad: 0 })
  })
})

describe('expense items', () => {
  test('say which cost item a project bears them as, and only leaves will do', async () => {
    await item('G1', '间接费', { kind: 'overhead' })
    const leaf = await item('G1.01', '办公费')
    const top = (await cost.entity(costItem).list({ filter: { code: { eq: 'G1' } } })).items[0]
    const made = await cost.entity(expenseItem).create({ code: 'X1', name: '办公用品', cost_item: leaf.id })
    expect(made).toMatchObject({ leaf: true, cost_item: leaf.id })
    await expect(
      cost.entity(expenseItem as { name: string; def: typeof expenseItem.def }).create({
        ...{ code: 'X2', name: '错误对应', cost_item: top?.id ?? leaf.id },
      }),
    ).rejects.toMatchObject({ problem: { errors: [{ path: 'cost_item' }] } })
  })
})

describe('the standard', () => {
  test('is loaded once; a second time adds nothing and changes nothing', async () => {
    const load = () => cost.perform<{ made: number }>('cost_item.load_standard')
    expect((await load()).made).toBeGreaterThan(60)
    expect((await load()).made).toBe(0)
    const { items } = await cost
      .entity(costItem)
      .list({ filter: { code: { in: ['02', '02.01', '06.03'] } }, sort: ['code'] })
    expect(items.map(each => [each.title, each.kind, each.leaf])).toEqual([
      ['02 材料费', 'material', false],
      ['02.01 钢筋', 'material', true],
      ['06.03 差旅交通', 'overhead', true],
    ])
    const travel = (await cost.entity(expenseItem).list({ filter: { code: { eq: '30.01' } } })).items[0]
    expect(travel?.cost_item).toBe(items[2]?.id)
  })

  test('a foreman reads the tree and changes nothing', async () => {
    const pmo = await app.as('pmo')
    const site = await pmo.entity(project).create({ name: '工地', type: 'building', company: app.company })
    const foreman = await app.as('foreman', { at: { kind: 'project', id: site.id } })
    expect((await foreman.entity(costItem).list({ limit: 1 })).items.length).toBe(1)
    await expect(foreman.entity(costItem).create({ code: 'Z1', name: 'x' })).rejects.toMatchObject({
      problem: { code: 'access.denied' },
    })
    await expect(foreman.perform('cost_item.load_standard')).rejects.toMatchObject({ status: 403 })
  })
})

describe('a project', () => {
  test('chooses the leaves it reckons with, and another choice takes back what is not in it', async () => {
    const pmo = await app.as('pmo')
    const site = await pmo.entity(project).create({ name: '选科目', type: 'building', company: app.company })
    const engineer = await app.as('cost_engineer', { at: { kind: 'project', id: site.id } })
    const top = await item('H1', '选')
    const [one, two] = [await item('H1.01', '一'), await item('H1.02', '二')]
    const choose = (...items: string[]) => engineer.perform('cost_item.choose', { project: site.id, items })
    expect(await choose(one.id, two.id)).toEqual({ added: 2, removed: 0 })
    expect(await choose(two.id)).toEqual({ added: 0, removed: 1 })
    await expect(choose(top.id)).rejects.toMatchObject({ problem: { code: 'cost_item.choice' } })
    const chosen = await engineer.entity(projectCostItem).list({ filter: { project: { eq: site.id } } })
    expect(chosen.items.map(row => row.cost_item)).toEqual([two.id])
    const other = await pmo.entity(project).create({ name: '别人的项目', type: 'building', company: app.company })
    await expect(engineer.perform('cost_item.choose', { project: other.id, items: [one.id] })).rejects.toMatchObject({
      problem: { errors: [{ path: 'project', code: 'field.reference' }] },
    })
  })
})
