// The order of a backlog while items move.
import { expect, test } from 'vitest'
import { arranged, behindSection, stepped } from './backlog-order.ts'

const items = [
  { id: 'a', sprint: null },
  { id: 'b', sprint: 's' },
  { id: 'c', sprint: null },
  { id: 'd', sprint: 's' },
  { id: 'e', sprint: null },
]
const names = (list: readonly { readonly id: string; readonly sprint: string | null }[]) =>
  list.map(each => `${each.id}${each.sprint ?? ''}`).join(' ')

test('items go in front of another one, keep the order they were chosen in, and change section on the way', () => {
  expect(names(arranged(items, { ids: ['e', 'a'], sprint: 's', before: 'd' }))).toBe('bs c es as ds')
  expect(names(arranged(items, { ids: ['b'], sprint: null, before: null }))).toBe('a c ds e b')
})

test('the end of a section is behind its last item, not behind everything', () => {
  expect(behindSection(items, 's', ['a'])).toBe('e')
  expect(behindSection(items, null, ['a'])).toBeNull()
  expect(behindSection(items, 'empty', ['a'])).toBeNull()
})

test('one step stays within the section', () => {
  expect(stepped(items, 'c', -1)).toEqual({ before: 'a' })
  expect(stepped(items, 'a', 1)).toEqual({ before: 'e' })
  expect(stepped(items, 'b', 1)).toEqual({ before: 'e' })
  expect(stepped(items, 'e', 1)).toBeNull()
  expect(stepped(items, 'a', -1)).toBeNull()
})
