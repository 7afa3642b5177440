// A person is one body in every plan; two cranes of one name are two until somebody says that they are one.
import { expect, test } from 'vitest'
import { commonNames, type PlanResourceRow, sharedResources } from './share.ts'

const row = (id: string, plan: string, name: string, user: string | null = null): PlanResourceRow => ({
  ...{ id, plan, name, user, kind: 'work' },
})

const rows = [
  row('a1', 'A', '塔吊 1'),
  row('b1', 'B', '塔吊 1 '),
  row('a2', 'A', '李工', 'li'),
  row('b2', 'B', '测量', 'li'),
  row('a3', 'A', '王工', 'wang'),
  row('a4', 'A', '钢筋班组'),
  { ...row('a5', 'A', '混凝土'), kind: 'material' },
  { ...row('b5', 'B', '混凝土'), kind: 'material' },
]

test('people are shared whatever the plans call them', () => {
  const members = [
    { project: 'A', resource: 'a2' },
    { project: 'B', resource: 'b2' },
  ]
  expect(sharedResources(rows, [])).toEqual([{ id: 'li', members }])
})

test('crews of one name are offered, and shared when chosen; materials are not', () => {
  expect(commonNames(rows)).toEqual(['塔吊 1'])
  expect(sharedResources(rows, ['塔吊 1']).map(each => each.id)).toEqual(['塔吊 1', 'li'])
})
