// Edits of a flow's tree in the designer: values in, values out. Every branch is a sequence, so that cards can be put anywhere.
import {
  type Block,
  blockAt,
  type Case,
  type Choice,
  child,
  childrenOf,
  copiesOf,
  escalationPath,
  type Flow,
  parentOf,
  stepsOf,
  type Who,
} from '@yingzao/engines/approval'

/** As the designer works with it: the root and every branch are sequences, and no sequence stands directly in another. */
export function normal(block: Block): Extract<Block, { is: 'sequence' }> {
  const of = block.is === 'sequence' ? block.of : [block]
  return { is: 'sequence', of: of.flatMap(each => (each.is === 'sequence' ? normal(each).of : [inside(each)])) }
}
const inside = (block: Block): Block =>
  block.is === 'choice'
    ? {
        ...block,
        cases: block.cases.map(each => ({ ...each, block: normal(each.block) })),
        otherwise: normal(block.otherwise),
      }
    : block.is === 'parallel'
      ? { ...block, of: block.of.map(normal) }
      : block

/** The block at `path` put through `change`; null takes it out of its sequence. */
export function changeAt(block: Block, path: string, change: (block: Block) => Block | null, at = ''): Block {
  if (path === at) return change(block) ?? { is: 'sequence', of: [] }
  const next = (each: Block, index: number): Block | null => {
    const here = child(at, index)
    if (here === path) return change(each)
    return path.startsWith(`${here}.`) ? changeAt(each, path, change, here) : each
  }
  const kept = (list: readonly Block[]) => list.map(next)
  if (block.is === 'sequence') return { ...block, of: kept(block.of).filter(each => each !== null) }
  if (block.is === 'parallel') return { ...block, of: kept(block.of).map((each, at) => each ?? block.of[at] ?? block) }
  if (block.is !== 'choice') return block
  const all = kept(childrenOf(block))
  const last = all.length - 1
  return {
    ...block,
    cases: block.cases.map((each, at): Case => ({ ...each, block: all[at] ?? each.block })),
    otherwise: all[last] ?? block.otherwise,
  }
}

/** A new block at `index` of the sequence at `path`. */
export const insertAt = (root: Block, path: string, index: number, added: Block): Block =>
  changeAt(root, path, block =>
    block.is === 'sequence' ? { ...block, of: [...block.of.slice(0, index), added, ...block.of.slice(index)] } : block,
  )

/** One place earlier or later within its sequence. */
export function moveAt(root: Block, path: string, by: -1 | 1): Block {
  const index = Number(path.split('.').at(-1))
  return changeAt(root, parentOf(path), block => {
    if (block.is !== 'sequence') return block
    const [one, other] = [block.of[index], block.of[index + by]]
    if (!one || !other) return block
    return { ...block, of: block.of.map((each, at) => (at === index ? other : at === index + by ? one : each)) }
  })
}

/** Dragged to another place, also into or out of a branch; never into itself. */
export function dragTo(root: Block, from: string, path: string, index: number): Block {
  if (path === from || path.startsWith(`${from}.`)) return root
  let taken: Block | null = null
  const marked = changeAt(root, from, block => {
    taken = block
    return { is: 'copy', name: '', label: { zh: '', en: '' }, who: { users: [] } }
  })
  if (taken === null) return root
  const put = insertAt(marked, path, index, taken)
  return dropMark(put)
}
/** Takes out the mark that a dragged card left behind. */
function dropMark(block: Block): Block {
  if (block.is === 'sequence')
    return { ...block, of: block.of.filter(each => !(each.is === 'copy' && each.name === '')).map(dropMark) }
  if (block.is === 'parallel') return { ...block, of: block.of.map(dropMark) }
  if (block.is !== 'choice') return block
  return {
    ...block,
    cases: block.cases.map(each => ({ ...each, block: dropMark(each.block) })),
    otherwise: dropMark(block.otherwise),
  }
}

/** A name that no step has yet. */
export function freeName(flow: Flow, prefix: string): string {
  const taken = new Set(
    [...stepsOf(flow.root), ...copiesOf(flow.root), ...(flow.escalation ? [flow.escalation] : [])].map(
      each => each.name,
    ),
  )
  for (let at = 1; ; at++) if (!taken.has(`${prefix}_${at}`)) return `${prefix}_${at}`
}

export const empty: Extract<Block, { is: 'sequence' }> = { is: 'sequence', of: [] }

/** A branch less; a fork that has one left becomes what that branch holds. */
export function withoutBranch(block: Block, index: number): Block {
  if (block.is === 'parallel') {
    const of = block.of.filter((_, at) => at !== index)
    return of.length > 1 ? { ...block, of } : (of[0] ?? empty)
  }
  if (block.is !== 'choice') return block
  const cases = block.cases.filter((_, at) => at !== index)
  return cases.length > 0 ? { ...block, cases } : block.otherwise
}
/** One place earlier or later among the conditions: the first that holds is taken. Otherwise stays the last. */
export function withCaseMoved(block: Block, index: number, by: -1 | 1): Block {
  if (block.is !== 'choice') return block
  const [one, other] = [block.cases[index], block.cases[index + by]]
  if (!one || !other) return block
  return { ...block, cases: block.cases.map((each, at) => (at === index ? other : at === index + by ? one : each)) }
}
export const withCase = (block: Choice, index: number, change: Partial<Case>): Choice => ({
  ...block,
  cases: block.cases.map((each, at) => (at === index ? { ...each, ...change } : each)),
})

/** 抄送 at the end, which has no names: as a card it stands at "end.0", "end.1" … */
const ending = /^end\.(\d+)$/
export const endPath = (index: number): string => `end.${index}`

/** The card at a place of the tree, over a limit, or at the end. */
export function cardAt(flow: Flow, path: string): Block | undefined {
  const index = ending.exec(path)?.[1]
  if (index === undefined) return blockAt(flow, path)
  const who = flow.copies?.[Number(index)]
  return who && { is: 'copy', name: path, label: { zh: '', en: '' }, who }
}

/** The flow with the card at `path` put through `change`; null takes it out. */
export function withCard(flow: Flow, path: string, change: (block: Block) => Block | null): Flow {
  const card = cardAt(flow, path)
  const next = card && change(card)
  if (path === escalationPath) {
    const { escalation: _before, ...rest } = flow
    return next?.is === 'step' ? { ...rest, escalation: next } : rest
  }
  const index = ending.exec(path)?.[1]
  if (index === undefined) return { ...flow, root: normal(changeAt(flow.root, path, change)) }
  const copies = (flow.copies ?? []).flatMap((who, at) =>
    at !== Number(index) ? [who] : next?.is === 'copy' ? [next.who] : [],
  )
  const { copies: _copies, ...rest } = flow
  return copies.length > 0 ? { ...rest, copies } : rest
}

/** Nobody can be asked yet: what came from another tool without people, or was just put in. */
export const isUnnamed = (who: Who): boolean =>
  ('users' in who && who.users.length === 0) ||
  ('role' in who && who.role === '') ||
  ('field' in who && who.field === '')
