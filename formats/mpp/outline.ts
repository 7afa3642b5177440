// Puts the rows of a plan in their order, numbers them and finds each row's enclosing summary.
import type { Task } from '@yingzao/engines/schedule/plan'
import type { Draft } from '../field.ts'
import type { TaskReading } from './task.ts'

export interface OutlinedTask {
  draft: Draft<Task>
  calendar: number | undefined
  kind: 'task' | 'milestone' | 'summary'
}

/** Far beyond what people nest; a hostile file may say anything. */
const maxLevel = 1000

/**
 * @param readings the tasks in any order
 * @param blanks row numbers of blank rows: no task stands there
 */
export function outlined(readings: readonly TaskReading[], blanks: ReadonlySet<number>): OutlinedTask[] {
  const sorted = [...readings].sort((a, b) => a.order - b.order)
  const enclosing: (string | undefined)[] = []
  const parents = new Set<string>()
  const numbers: (number | undefined)[] = []
  let row = sorted.some(({ draft }) => draft.uid === 0) ? 0 : 1
  sorted.forEach(({ draft, level }, i) => {
    while (blanks.has(row)) row++
    draft.id = String(draft.uid ?? `row-${row}`)
    draft.row = row++
    const depth = Math.min(level, maxLevel)
    if (depth === 0 && i === 0 && draft.row === 0) draft.projectSummary = true
    enclosing.length = depth
    const parent = enclosing.findLast(at => at !== undefined)
    enclosing[depth] = draft.id
    numbers.length = depth + 1
    numbers[depth] = (numbers[depth] ?? 0) + 1
    // Project stores the code only where someone changed it.
    if (depth > 0)
      draft.code ??= numbers
        .slice(1)
        .map(n => n ?? 0)
        .join('.')
    if (parent === undefined) return
    draft.parent = parent
    parents.add(parent)
  })
  return sorted.map(({ draft, calendar }) => {
    if (draft.projectSummary && parents.has(draft.id ?? '')) draft.code ??= '0'
    const isSummary = parents.has(draft.id ?? '') || draft.projectSummary === true
    return { draft, calendar, kind: isSummary ? 'summary' : draft.milestone && !draft.duration ? 'milestone' : 'task' }
  })
}
