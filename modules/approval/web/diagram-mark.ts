// Which shapes and ways of the drawn flow are behind a running approval, and where it stands: by the ids that the export writes.
import { type Block, child, childrenOf, type Flow, type Progress } from '@yingzao/engines/approval'

export interface Marks {
  readonly done: ReadonlySet<string>
  readonly current: ReadonlySet<string>
  /** Of each split that was taken: which of its ways. */
  readonly taken: ReadonlyMap<string, number>
}

const idOf = (kind: 'split' | 'join', path: string): string =>
  `${kind}_${path === '' ? 'root' : path.replaceAll('.', '_')}`

export function marksOf(flow: Flow, { done, current, decisions, end }: Progress): Marks {
  const [behind, asked] = [new Set(done), new Set(current)]
  const marks = { done: new Set(['start']), current: new Set<string>(), taken: new Map<string, number>() }
  /** Is what follows the block reached? */
  const walk = (block: Block, path: string): boolean => {
    switch (block.is) {
      case 'step':
        if (asked.has(path)) marks.current.add(`task_${block.name}`)
        if (behind.has(path)) marks.done.add(`task_${block.name}`)
        return behind.has(path)
      case 'copy':
        marks.done.add(`task_${block.name}`)
        return true
      case 'sequence':
        return block.of.every((each, index) => walk(each, child(path, index)))
      case 'choice': {
        marks.done.add(idOf('split', path))
        const taken = decisions[path]
        const branch = taken === undefined ? undefined : childrenOf(block)[taken]
        if (taken === undefined || !branch) return false
        marks.taken.set(idOf('split', path), taken)
        const passed = walk(branch, child(path, taken))
        if (passed) marks.done.add(idOf('join', path))
        return passed
      }
      case 'parallel': {
        marks.done.add(idOf('split', path))
        // Every branch is walked, also beside one that waits.
        const passed = block.of.map((each, index) => walk(each, child(path, index))).every(each => each)
        if (passed) marks.done.add(idOf('join', path))
        return passed
      }
    }
  }
  if (walk(flow.root, '') && end === 'approved') marks.done.add('end')
  return marks
}
