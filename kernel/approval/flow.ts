// Walking a flow, pure: which step comes first, which comes after the one at a path. Conditions are asked when a choice is reached.
import type { Block, Flow, Step } from '@yingzao/kernel/entity'

export interface Place {
  /** "0.1": indexes from the root; "" is the root itself. */
  readonly path: string
  readonly step: Step
}
export const escalationPath = 'escalation'

/** True for a FEEL condition that holds for the document. */
export type Holds = (condition: string) => boolean

const join = (path: string, index: number): string => (path === '' ? `${index}` : `${path}.${index}`)

/** The first step of a block, or null when it has none. */
function enter(block: Block, path: string, holds: Holds): Place | null {
  if (block.is === 'step') return { path, step: block }
  if (block.is === 'sequence') return enterFrom(block.of, 0, path, holds)
  const chosen = block.cases.findIndex(each => holds(each.when))
  const at = chosen < 0 ? block.cases.length : chosen
  return enter(block.cases[at]?.then ?? block.otherwise, join(path, at), holds)
}
function enterFrom(blocks: readonly Block[], from: number, path: string, holds: Holds): Place | null {
  for (let index = from; index < blocks.length; index++) {
    const block = blocks[index]
    const place = block ? enter(block, join(path, index), holds) : null
    if (place) return place
  }
  return null
}

export const firstPlace = (flow: Flow, holds: Holds): Place | null => enter(flow.root, '', holds)

/** The step after the one at `path`, or null at the end. */
export function nextPlace(flow: Flow, path: string, holds: Holds): Place | null {
  if (path === escalationPath) return null
  const indexes = path === '' ? [] : path.split('.').map(Number)
  const follow = (block: Block, depth: number): Place | null => {
    const index = indexes[depth]
    if (index === undefined || block.is === 'step') return null
    const child = block.is === 'sequence' ? block.of[index] : (block.cases[index]?.then ?? block.otherwise)
    const inside = child ? follow(child, depth + 1) : null
    if (inside || block.is === 'choice') return inside
    return enterFrom(block.of, index + 1, indexes.slice(0, depth).join('.'), holds)
  }
  return follow(flow.root, 0)
}

export function stepsOf(block: Block): Step[] {
  if (block.is === 'step') return [block]
  if (block.is === 'sequence') return block.of.flatMap(stepsOf)
  return [...block.cases.map(each => each.then), block.otherwise].flatMap(stepsOf)
}
export function conditionsOf(block: Block): string[] {
  if (block.is === 'step') return []
  if (block.is === 'sequence') return block.of.flatMap(conditionsOf)
  return [...block.cases.flatMap(each => [each.when, ...conditionsOf(each.then)]), ...conditionsOf(block.otherwise)]
}
