import { type FieldMeta, f, type Label } from '@yingzao/kernel/entity'
import { expect, test } from 'vitest'
import { conditionWords } from './condition-words.ts'

const label = (zh: string, en: string): Label => ({ zh, en })
const declared = {
  legal_review: f.flag(label('法务会签', 'Counsel reviews')),
  project: f.ref('project', label('项目', 'Project')),
  amount: f.money(label('金额', 'Amount')),
  direction: f.choice(label('收支', 'Direction'), { out: label('支出', 'Out') }),
}
const fields: readonly FieldMeta[] = Object.entries(declared).map(([name, field]) => ({
  ...{ ...field, name, right: 'read', sortable: true },
}))
const zh = (when: string) => conditionWords(when, fields, (of: Label) => of.zh)

test('a condition reads in the labels of its fields and choices; what is unknown stays as it is written', () => {
  expect(zh('legal_review')).toBe('法务会签')
  expect(zh('project != null')).toBe('项目 已填')
  expect(zh('direction = "out" and project = null')).toBe('收支 = 支出 且 项目 未填')
  expect(zh('legal_review or amount >= 500000')).toBe('法务会签 或 金额 ≥ 500000')
  expect(zh('(amount < 10 or nothing = "a \\" b")')).toBe('(金额 < 10 或 nothing = "a \\" b")')
  expect(conditionWords('project != null', fields, of => of.en)).toBe('Project is given')
  expect(zh('')).toBe('')
})
