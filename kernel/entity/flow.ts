// Approval flows as declared: a tree of blocks (engines/approval), plain JSON, pinned to each instance when it starts.
import type { Block, Case, Choice, Copy, Parallel, Sequence, Step, Who } from '@yingzao/engines/approval'
import type { Label } from './value.ts'

export type { Block, Flow, Mode, Step, Who } from '@yingzao/engines/approval'

type More = Omit<Step, 'is' | 'name' | 'label' | 'who'>

export const step = (name: string, label: Label, who: Who, more: More = {}): Step => ({
  is: 'step',
  name,
  label,
  who,
  ...more,
})
/** 抄送: gets to see the document, nobody waits. */
export const copyTo = (name: string, label: Label, who: Who): Copy => ({ is: 'copy', name, label, who })
export const sequence = (...of: readonly Block[]): Sequence => ({ is: 'sequence', of })
export const parallel = (...of: readonly Block[]): Parallel => ({ is: 'parallel', of })
/** The first case that holds; `otherwise` when none does. `when` is FEEL: `inBand('amount', '50000', '500000')` writes intervals. */
export const choice = (cases: readonly Case[], otherwise: Block): Choice => ({ is: 'choice', cases, otherwise })
export { inBand } from '@yingzao/engines/approval'
