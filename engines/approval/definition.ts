// What a flow is: a tree of blocks, plain JSON, pinned to each instance when it starts. And finding one's way in that tree.

export interface Words {
  readonly zh: string
  readonly en: string
}

/** Who is asked. The host resolves it to people; only `users` names them itself. */
export type Who =
  /** Whoever holds the role where the document belongs, or nearest above it. */
  | { readonly role: string }
  /** The person in a field of the document. */
  | { readonly field: string }
  | { readonly users: readonly string[] }
  /** 部门主管: the leader of the starter's department (1), of the one above it (2) … */
  | { readonly leader: number }
  /**
   * 逐级主管: every leader from the starter's department upward, one after another: so many of them, and not beyond the first
   * who holds the role `upTo`.
   */
  | { readonly leaders: number; readonly upTo?: string }
  /** 授权表: whoever may approve documents of this kind, at its place, up to its amount, today. */
  | { readonly power: true }

/** 会签: everybody (or a percentage) · 或签: who acts first · 依次: one after another. */
export type Mode = 'all' | 'any' | 'order'
export type FieldRule = 'hidden' | 'read' | 'edit'

export interface Timeout {
  /** Working hours until the person is reminded, and again as many until `next` happens. */
  readonly hours: number
  /** Never `approve` or `reject` by themselves where money moves: the superior is asked instead. */
  readonly next: 'remind' | 'superior' | 'approve' | 'reject'
}

export interface Step {
  readonly is: 'step'
  /** Unique in its flow. */
  readonly name: string
  readonly label: Words
  readonly who: Who
  /** Default `any`; `leaders` are asked in order whatever it says. */
  readonly mode?: Mode
  /** With `all`: whole percent that must approve; `ceil(percent · n / 100)`. */
  readonly percent?: number
  /** 空节点. Default `refuse`; where money moves `pass` is `refuse`, too. */
  readonly empty?: 'refuse' | 'pass' | 'admin' | { readonly users: readonly string[] }
  /** 本人: what happens where the starter would be asked. Default, and always where money moves: `superior`. */
  readonly self?: 'superior' | 'skip' | 'self'
  /** 必审: never passed by de-duplication, and no approval counts across it. */
  readonly must?: boolean
  /** 手写签名: nobody approves it without signing, and it is never passed by de-duplication. */
  readonly sign?: boolean
  readonly timeout?: Timeout
  /** By field (`total`, `lines.price`): what this step may see or change of it. Unnamed fields are read. */
  readonly fields?: Readonly<Record<string, FieldRule>>
}
/** 抄送: gets to see the document; nobody waits for it. */
export interface Copy {
  readonly is: 'copy'
  readonly name: string
  readonly label: Words
  readonly who: Who
}
export interface Case {
  readonly label?: Words
  /** FEEL over the document. Cases are asked in their order; the first that holds is taken. */
  readonly when: string
  readonly block: Block
}
export interface Sequence {
  readonly is: 'sequence'
  readonly of: readonly Block[]
}
export interface Choice {
  readonly is: 'choice'
  readonly cases: readonly Case[]
  readonly otherwise: Block
}
export interface Parallel {
  readonly is: 'parallel'
  readonly of: readonly Block[]
}
export type Block = Step | Copy | Sequence | Choice | Parallel

export interface Flow {
  readonly name: string
  readonly label: Words
  readonly root: Block
  /** Asked besides when a limit says `escalate` at the final check. Without it such a limit blocks. */
  readonly escalation?: Step
  /** 去重. Default `consecutive`. */
  readonly dedup?: 'consecutive' | 'first' | 'last' | 'none'
  /** 撤回. Default `before_first`: until the first approver acted. */
  readonly withdraw?: 'before_first' | 'always' | 'never'
  /** It judges whether an approved document is voided: whoever asks for that and has no superior is passed over. */
  readonly voids?: true
  /** 抄送 when all is approved. */
  readonly copies?: readonly Who[]
}

/** "0.1": indexes from the root; "" is the root itself. The escalation stands beside the tree. */
export const escalationPath = 'escalation'
export const child = (path: string, index: number): string => (path === '' ? `${index}` : `${path}.${index}`)
export const indexesOf = (path: string): number[] => (path === '' ? [] : path.split('.').map(Number))
export const parentOf = (path: string): string => path.split('.').slice(0, -1).join('.')
export const isWithin = (path: string, of: string): boolean => of === '' || path === of || path.startsWith(`${of}.`)

export const childrenOf = (block: Block): readonly Block[] =>
  block.is === 'sequence' || block.is === 'parallel'
    ? block.of
    : block.is === 'choice'
      ? [...block.cases.map(each => each.block), block.otherwise]
      : []

/** Undefined where a path leads nowhere, which only a damaged instance can hold. */
export function blockAt(flow: Flow, path: string): Block | undefined {
  if (path === escalationPath) return flow.escalation
  let block: Block | undefined = flow.root
  for (const index of indexesOf(path)) block = block && childrenOf(block)[index]
  return block
}

export function stepsOf(block: Block): Step[] {
  return block.is === 'step' ? [block] : childrenOf(block).flatMap(stepsOf)
}
export function copiesOf(block: Block): Copy[] {
  return block.is === 'copy' ? [block] : childrenOf(block).flatMap(copiesOf)
}
export function conditionsOf(block: Block): string[] {
  const own = block.is === 'choice' ? block.cases.map(each => each.when) : []
  return [...own, ...childrenOf(block).flatMap(conditionsOf)]
}

/** Where the step or copy of that name stands; null when there is none. */
export function pathOf(flow: Flow, name: string): string | null {
  const find = (block: Block, path: string): string | null => {
    if (block.is === 'step' || block.is === 'copy') return block.name === name ? path : null
    for (const [index, each] of childrenOf(block).entries()) {
      const found = find(each, child(path, index))
      if (found !== null) return found
    }
    return null
  }
  return flow.escalation?.name === name ? escalationPath : find(flow.root, '')
}

/** The deepest block that holds both places. */
export function commonOf(a: string, b: string): string {
  const [left, right] = [indexesOf(a), indexesOf(b)]
  let depth = 0
  while (depth < left.length && depth < right.length && left[depth] === right[depth]) depth++
  return left.slice(0, depth).join('.')
}
/** In the order of the walk. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [indexesOf(a), indexesOf(b)]
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}

/** True when nobody has to leave a sibling branch for it: the two places are not in different branches of one fork. */
export function mayJump({ flow }: { readonly flow: Flow }, source: string, target: string): boolean {
  if (source === escalationPath || target === escalationPath)
    return source === escalationPath && target !== escalationPath
  if (source === target) return true
  return blockAt(flow, commonOf(source, target))?.is !== 'parallel'
}
