// What holds for every flow and whatever people do: no token is lost, all is decided in the end, approving is enough,
// and nobody who must judge is left out.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Block, type Flow, forecast, pathOf, returnable, stepsOf } from './index.ts'
import { stepsAfter } from './route.ts'
import { coverage, flowOf, type Stage, stage, step } from './testing/stage.ts'

const people = ['a', 'b', 'c', 'd', 'e', 'f']

/** Any block tree, its steps named by their place. */
const blocks = fc.letrec<{ block: Block }>(tie => ({
  block: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc
      .record({
        users: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: 4 }),
        mode: fc.constantFrom('all' as const, 'any' as const, 'order' as const),
        percent: fc.integer({ min: 1, max: 100 }),
        must: fc.boolean(),
      })
      .map(({ users, ...more }): Block => step('s', { ...more, who: { users } })),
    fc.array(tie('block'), { maxLength: 4 }).map((of): Block => ({ is: 'sequence', of })),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((of): Block => ({ is: 'parallel', of })),
    fc
      .record({
        when: fc.constantFrom('true', 'amount >= 10', 'amount < 5'),
        block: tie('block'),
        otherwise: tie('block'),
      })
      .map(({ when, block, otherwise }): Block => ({ is: 'choice', cases: [{ when, block }], otherwise })),
  ),
})).block

function named(block: Block, path: string): Block {
  if (block.is === 'step') return { ...block, name: `s${path}` }
  if (block.is === 'sequence' || block.is === 'parallel')
    return { ...block, of: block.of.map((each, index) => named(each, `${path}_${index}`)) }
  if (block.is !== 'choice') return block
  const cases = block.cases.map((each, index) => ({ ...each, block: named(each.block, `${path}_${index}`) }))
  return { ...block, cases, otherwise: named(block.otherwise, `${path}_else`) }
}
const flows = fc
  .record({
    root: blocks,
    dedup: fc.constantFrom('none' as const, 'consecutive' as const, 'first' as const, 'last' as const),
  })
  .map(
    ({ root, dedup }): Flow =>
      flowOf([named(root, 'r'), step('first', { who: { users: ['z'] } })].reverse(), {
        dedup,
        escalation: step('chief', { who: { users: ['y'] } }),
      }),
  )

/** One thing that one of those asked may do, chosen by number. */
function disturb(at: Stage, choice: number): void {
  const open = at.state.tasks.filter(task => task.state === 'open')
  const task = open[choice % Math.max(1, open.length)]
  if (at.state.state === 'returned') at.do({ is: 'resubmit', by: 'starter', route: choice % 2 === 0 })
  if (!task || at.state.state !== 'running') return
  const by = task.user
  const other = people[choice % people.length] ?? 'a'
  const way = choice % 2 === 0 ? ('direct' as const) : ('again' as const)
  const passed = returnable(at.flow, at.state, by)
  const to = passed[choice % Math.max(1, passed.length)]
  const acts = [
    () => at.do({ is: 'approve', by, task: task.id }),
    () => at.do({ is: 'approve', by, task: task.id }),
    () => at.do({ is: 'add', by, task: task.id, users: [`${other}${choice}`], how: 'before' }),
    () => at.do({ is: 'add', by, task: task.id, users: [`${other}${choice}`], how: 'after' }),
    () => at.do({ is: 'add', by, task: task.id, users: [`${other}${choice}`], how: 'beside' }),
    () => at.do({ is: 'transfer', by, task: task.id, to: other }),
    () => at.do({ is: 'take_back', by: other }),
    () => (to === undefined ? '' : at.do({ is: 'return', by, to: { step: to }, way })),
    () => at.do({ is: 'return', by, to: 'starter', way }),
    () => {
      at.amount = choice % 20
      return at.do({ is: 'edit', by, route: true })
    },
    () => approveAll(at),
  ]
  acts[choice % acts.length]?.()
  // A limit asks for one more person; each time again, when it went back after he was asked.
  if (choice % 3 > 0 && hasEnded(at)) at.do({ is: 'escalate' })
}

const hasEnded = ({ state }: Stage): boolean => state.state === 'approved'

function approveAll(at: Stage): void {
  if (at.state.state === 'returned') at.do({ is: 'resubmit', by: 'starter', route: false })
  for (let left = 2000; at.state.state === 'running' && left > 0; left--) {
    const task = at.state.tasks.find(each => each.state === 'open')
    at.do({ is: 'approve', by: task?.user ?? '', ...(task ? { task: task.id } : {}) })
    check(at)
  }
}

/** On the way as it is now every step was judged, and whoever was passed over there gave his word elsewhere. */
function isWhole({ flow, world, state }: Stage): void {
  const judged = new Set(state.tasks.flatMap(each => (each.state === 'approved' ? [each.for ?? each.user] : [])))
  for (const step of stepsAfter({ flow, world }, '', true)) {
    const token = state.tokens.findLast(each => each.path === pathOf(flow, step.name) && each.groups.length > 0)
    expect(token?.state, step.name).toBe('done')
    for (const task of state.tasks)
      if (task.token === token?.id && task.state === 'skipped') expect(judged).toContain(task.for ?? task.user)
  }
}

function check(at: Stage): void {
  const { state } = at
  const open = state.tasks.filter(task => task.state === 'open')
  if (state.state === 'running') {
    expect(coverage(at.flow, state)).toBe(1)
    expect(open.length).toBeGreaterThan(0)
    for (const task of open) expect(state.tokens.find(token => token.id === task.token)?.state).toBe('active')
  } else expect(open).toEqual([])
  // Once an action ended a task, nothing but 取回 opens it again, and its number in the trail is its own.
  expect(state.trail.map(each => each.seq)).toEqual(state.trail.map((_, index) => index + 1))
}

test('whatever people do, no token is lost, and approving everything ends every flow', () => {
  fc.assert(
    fc.property(flows, fc.array(fc.nat(999), { maxLength: 25 }), (flow, choices) => {
      const at = stage(flow, {}, choices.length)
      check(at)
      for (const choice of choices) {
        disturb(at, choice)
        check(at)
      }
      approveAll(at)
      expect(at.state.state).toBe('approved')
      isWhole(at)
    }),
    { numRuns: 400 },
  )
})

test('who is foreseen is who is asked', () => {
  fc.assert(
    fc.property(flows, fc.nat(20), (flow, amount) => {
      const at = stage(flow, {}, amount)
      const ahead = forecast(flow, null, 'starter', at.world)
      while (at.state.state === 'running') {
        const task = at.state.tasks.find(each => each.state === 'open')
        at.do({ is: 'approve', by: task?.user ?? '', ...(task ? { task: task.id } : {}) })
      }
      const met = at.state.tokens.filter(token => token.groups.length > 0)
      expect(ahead.is === 'done' && ahead.steps.length).toBe(met.length)
      expect(met.length).toBeLessThanOrEqual(stepsOf(flow.root).length)
    }),
  )
})
