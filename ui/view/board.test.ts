// Which lanes a board has, and which cards may go to them.
import type { EntityMeta, FieldMeta, RecordJson } from '@yingzao/kernel/entity'
import { describe, expect, test } from 'vitest'
import { lanesOf } from './lanes.ts'
import { laneFields, looksOf, spans } from './look.ts'
import { moveOf } from './move.ts'

const label = { zh: '字', en: 'Word' }
const kind: FieldMeta = {
  name: 'kind',
  kind: 'choice',
  label,
  right: 'edit',
  sortable: true,
  options: { steel: label, brick: label, sand: label },
}
const keeper: FieldMeta = { name: 'keeper', kind: 'user', label, right: 'edit', sortable: true }
const due: FieldMeta = { name: 'due_on', kind: 'date', label, right: 'edit', sortable: true }
const entity: EntityMeta = {
  name: 'yard',
  module: 'yard',
  label,
  title: 'name',
  kind: 'record',
  fields: [{ name: 'name', kind: 'text', label, right: 'edit', sortable: true }, keeper, kind, due],
  can: ['read'],
  verbs: {},
}
const record = (values: object, can: readonly string[] = ['update']): RecordJson => ({
  id: '1',
  version: 1,
  _can: can,
  ...values,
})

describe('lanes', () => {
  test('a choice shows its empty lanes in declared order, with counts and sums of all pages', () => {
    const rows = [
      { key: ['brick'], values: [3, '30.00'] },
      { key: [null], values: [1, null] },
    ]
    expect(lanesOf(kind, rows, false)).toEqual([
      { value: 'steel', count: 0, sum: null },
      { value: 'brick', count: 3, sum: '30.00' },
      { value: 'sand', count: 0, sum: null },
      { value: null, count: 1, sum: null },
    ])
  })
  test('narrowed to some values it shows only those; a value that is no option any more keeps its records in sight', () => {
    const rows = [
      { key: ['brick'], values: [3] },
      { key: ['slate'], values: [2] },
    ]
    expect(lanesOf(kind, rows, true).map(lane => lane.value)).toEqual(['brick', 'slate'])
  })
  test('a page that knows its lanes shows those, empty or not, and no others', () => {
    expect(lanesOf(kind, [{ key: ['brick'], values: [3] }], true, ['brick', 'sand'])).toEqual([
      { value: 'brick', count: 3, sum: null },
      { value: 'sand', count: 0, sum: null },
    ])
  })
  test('people are lanes when they hold records, the busiest first', () => {
    const rows = [
      { key: ['p1'], values: [1] },
      { key: ['p2'], values: [5] },
    ]
    expect(lanesOf(keeper, rows, false).map(lane => lane.value)).toEqual(['p2', 'p1'])
  })
})

describe('moving a card', () => {
  test('changes the field, where the record may be changed', () => {
    expect(moveOf(entity, kind, record({ kind: 'steel' }), 'brick')).toEqual({
      kind: 'patch',
      patch: { kind: 'brick' },
    })
    expect(moveOf(entity, kind, record({ kind: 'steel' }, ['read']), 'brick')).toBeNull()
    expect(moveOf(entity, { ...kind, right: 'read' }, record({ kind: 'steel' }), 'brick')).toBeNull()
  })
  test('into its own lane, or out of a required value, is no move', () => {
    expect(moveOf(entity, kind, record({ kind: 'steel' }), 'steel')).toBeNull()
    expect(moveOf(entity, { ...kind, required: true }, record({ kind: 'steel' }), null)).toBeNull()
    expect(moveOf(entity, kind, record({ kind: 'steel' }), null)).toEqual({ kind: 'patch', patch: { kind: null } })
  })
  test('a stage goes by its transitions, never by writing it', () => {
    const staged: EntityMeta = {
      ...entity,
      stages: { ready: { label }, active: { label }, closed: { label } },
      transitions: [
        { from: ['ready'], to: 'active', action: 'start', label },
        { from: ['active'], to: 'closed', action: 'close', label },
      ],
    }
    const stage: FieldMeta = { ...kind, name: 'stage', options: { ready: label, active: label, closed: label } }
    const ready = record({ stage: 'ready' }, ['update', 'start', 'close'])
    expect(moveOf(staged, stage, ready, 'active')).toEqual({ kind: 'run', verb: 'start' })
    expect(moveOf(staged, stage, ready, 'closed')).toBeNull()
    expect(moveOf(staged, stage, record({ stage: 'ready' }), 'active')).toBeNull()
  })
})

test('a list offers the looks its fields allow; a masked field is neither lane nor date', () => {
  expect(looksOf(entity)).toEqual(['table', 'board', 'calendar'])
  expect(laneFields(entity).map(field => field.name)).toEqual(['kind', 'keeper'])
  expect(spans(entity).map(span => span.from.name)).toEqual(['due_on'])
  const hidden = entity.fields.map(field => ({ ...field, right: 'masked' as const }))
  expect(looksOf({ ...entity, fields: hidden })).toEqual(['table'])
  const declared = {
    ...entity,
    views: { plan: { kind: 'calendar', from: 'due_on' }, by: { kind: 'board', by: 'keeper' } },
  } as const
  expect(laneFields(declared)[0]?.name).toBe('keeper')
})
