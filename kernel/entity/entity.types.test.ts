// Type tests: what must compile and what must not. `tsc` is the judge; vitest only proves that the values are plain JSON.

import {
  allow,
  entity,
  type FieldDef,
  f,
  type Id,
  type InputOf,
  type PatchOf,
  type RecordOf,
  table,
} from '@yingzao/kernel/entity'
import { expect, test } from 'vitest'

const node = entity('t_node', {
  label: { zh: '节点', en: 'Node' },
  fields: {
    name: f.text({ zh: '名称', en: 'Name' }, { required: true }),
    parent: f.ref('t_node', { zh: '上级', en: 'Parent' }),
    lines: f.lines('t_line', { zh: '明细', en: 'Lines' }),
    grade: f.choice(
      { zh: '等级', en: 'Grade' },
      { high: { zh: '高', en: 'High' }, low: { zh: '低', en: 'Low' } },
      { required: true, default: 'low' },
    ),
    total: f.money({ zh: '合计', en: 'Total' }, { formula: 'sum(lines.amount)' }),
  },
  access: [allow('clerk', 'read create', { scope: 'own' })],
  views: { list: table('name grade total') },
})
const line = entity('t_line', {
  kind: 'line',
  label: { zh: '行', en: 'Line' },
  fields: {
    node: f.ref('t_node', { zh: '节点', en: 'Node' }),
    amount: f.money({ zh: '金额', en: 'Amount' }, { required: true }),
  },
  access: [],
})
const paper = entity('t_paper', {
  kind: 'document',
  label: { zh: '单', en: 'Paper' },
  number: 'P-{yyyy}{mm}-{seq:4}',
  fields: { note: f.text({ zh: '注', en: 'Note' }) },
  access: [],
})
declare module '@yingzao/kernel/entity' {
  interface Entities {
    t_node: typeof node
    t_line: typeof line
  }
}

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const yes = <T extends true>(value?: T) => value

yes<Equal<RecordOf<typeof node>['parent'], Id<'t_node'> | null>>()
yes<Equal<RecordOf<typeof node>['grade'], 'high' | 'low'>>()
yes<Equal<RecordOf<typeof node>['total'], `${number}` | null>>()
yes<Equal<RecordOf<typeof node>['lines'][number]['amount'], `${number}`>>()
yes<
  Equal<
    RecordOf<typeof paper>['state'],
    'draft' | 'pending' | 'effective' | 'rejected' | 'reversed' | 'void' | 'closed'
  >
>()

export const good: InputOf<typeof node> = { name: 'a', lines: [{ amount: '1.00' }] }
// @ts-expect-error the name is required
export const nameless: InputOf<typeof node> = { grade: 'high' }
// @ts-expect-error a computed field is no input
export const computed: InputOf<typeof node> = { name: 'a', total: '1.00' }
// @ts-expect-error not one of the choices
export const grade: InputOf<typeof node> = { name: 'a', grade: 'medium' }
// @ts-expect-error money is a decimal string, never a number
export const money: InputOf<typeof line> = { amount: 1 }
// @ts-expect-error an id belongs to its entity
export const foreign = (id: Id<'t_line'>): InputOf<typeof node> => ({ name: 'a', parent: id })
// @ts-expect-error a typo in a field is caught
export const typo: PatchOf<typeof node> = { nmae: 'a' }
export const patch: PatchOf<typeof node> = { grade: 'high', lines: { upsert: [{ amount: '2.00' }], remove: [] } }
// @ts-expect-error references are by the names that exist
export const unknown = () => f.ref('t_nowhere', { zh: '无', en: 'None' })
// @ts-expect-error an option of another kind
export const option = () => f.flag({ zh: '是', en: 'Flag' }, { scale: 2 })
// @ts-expect-error fields are of known kinds
export const kind = (): FieldDef => ({ kind: 'nothing', label: { zh: '', en: '' } })

test('a declaration is plain JSON', () => {
  for (const { def } of [node, line, paper]) expect(JSON.parse(JSON.stringify(def))).toEqual(def)
})
