// Approval flows as declared: a tree of blocks, plain JSON, pinned to each instance when it starts.
import type { Label } from './value.ts'

/** Who acts: whoever holds the role where the document belongs or nearest above it, or the person in a field. */
export type Who = { readonly role: string } | { readonly field: string }

export interface Step {
  readonly is: 'step'
  readonly name: string
  readonly label: Label
  readonly who: Who
  /** 会签: everybody must approve. Without it the first who acts decides (或签). */
  readonly all?: boolean
}
export type Block =
  | Step
  | { readonly is: 'sequence'; readonly of: readonly Block[] }
  /** The first case whose FEEL condition over the document is true; `otherwise` when none is. */
  | {
      readonly is: 'choice'
      readonly cases: readonly { readonly when: string; readonly then: Block }[]
      readonly otherwise: Block
    }

export interface Flow {
  readonly name: string
  readonly label: Label
  readonly root: Block
  /** Asked besides when a limit says `escalate` at the final check. Without it such a limit blocks. */
  readonly escalation?: Step
}

export const step = (name: string, label: Label, who: Who, more: { readonly all?: boolean } = {}): Step => ({
  is: 'step',
  name,
  label,
  who,
  ...more,
})
export const sequence = (...of: readonly Block[]): Block => ({ is: 'sequence', of })
