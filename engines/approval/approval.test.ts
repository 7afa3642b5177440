// Every operator of Chinese approval (domain §11), as a table of what people do and who is asked then; G-11 exactly.
import { describe, expect, test } from 'vitest'
import {
  type Block,
  bandOf,
  blockAt,
  checkFlow,
  type Flow,
  forecast,
  inBand,
  isEscalated,
  needed,
  progressOf,
  returnable,
  superiors,
} from './index.ts'
import { asked, type Cast, flowOf, type Stage, stage, step } from './testing/stage.ts'

/** "ann +" approves, "ann -" rejects, "ann <" returns to the previous step, "ann <pm!" straight back after pm, "ann <<" to the starter. */
function play(at: Stage, script: string): Stage {
  for (const line of script.split(';').map(each => each.trim())) {
    const [by = '', what = '', ...rest] = line.split(' ')
    expect(at.do(actionOf(by, what, rest)), line).not.toMatch(/^(no_|too_|already|begun|nobody|not_)/)
  }
  return at
}
function actionOf(by: string, what: string, rest: readonly string[]): Parameters<Stage['do']>[0] {
  const way = what.endsWith('!') ? ('direct' as const) : ('again' as const)
  const users = rest[0]?.split(',') ?? []
  if (what === '+') return { is: 'approve', by }
  if (what === '-') return { is: 'reject', by }
  if (what === '>') return { is: 'transfer', by, to: rest[0] ?? '' }
  if (what === '?before' || what === '?after' || what === '?beside')
    return {
      is: 'add',
      by,
      users,
      how: what === '?before' ? 'before' : what === '?after' ? 'after' : 'beside',
      ...(rest[1] === 'any' ? { mode: 'any' as const } : {}),
    }
  if (what === 'back') return { is: 'take_back', by }
  if (what === 'again') return { is: 'resubmit', by, route: rest[0] === 'changed' }
  if (what === 'edits') return { is: 'edit', by, route: true }
  if (what === 'withdraws') return { is: 'withdraw', by }
  if (what.startsWith('<<')) return { is: 'return', by, to: 'starter', way }
  if (what.startsWith('<')) {
    const name = what.slice(1).replace('!', '')
    return { is: 'return', by, to: name === '' ? 'previous' : { step: name }, way }
  }
  throw new Error(`unknown "${what}"`)
}

const bands = (): Block => ({
  is: 'choice',
  cases: [
    { when: inBand('amount', null, '50000'), block: { is: 'sequence', of: [] } },
    { when: inBand('amount', '50000', '500000'), block: step('gm') },
  ],
  otherwise: { is: 'sequence', of: [step('gm2', { who: { role: 'gm' } }), step('chair')] },
})
const payment = flowOf([step('pm'), step('finance'), bands()])

test.each([
  [49_999.99, ['pm', 'finance']],
  [50_000, ['pm', 'finance', 'gm']],
  [499_999.99, ['pm', 'finance', 'gm']],
  [500_000, ['pm', 'finance', 'gm2', 'chair']],
])('G-11 bands are closed below and open above: %d asks %j', (amount, expected) => {
  const at = stage(payment, {}, amount)
  const ahead = forecast(payment, null, 'starter', { ...at.world })
  expect(ahead.is === 'done' && ahead.steps.map(each => each.step)).toEqual(expected)
  const met: string[] = []
  while (at.state.state === 'running') {
    const task = at.state.tasks.find(each => each.state === 'open')
    met.push(task?.step ?? '')
    at.do({ is: 'approve', by: task?.user ?? '' })
  }
  expect([met, at.state.state]).toEqual([expected, 'approved'])
})

test('G-11 five sign together, 60 % are enough: passed at the third approval, failed at the third rejection', () => {
  const flow = flowOf(step('board', { mode: 'all', percent: 60 }))
  const cast = { roles: { board: ['a', 'b', 'c', 'd', 'e'] } }
  expect([needed(60, 5), needed(67, 3), needed(100, 7), needed(1, 5), needed(7, 100)]).toEqual([3, 3, 7, 1, 7])
  const passed = play(stage(flow, cast), 'a +; b -; c +; d -')
  expect(passed.state.state).toBe('running')
  expect(passed.do({ is: 'approve', by: 'e' })).toBe('approved')
  const failed = play(stage(flow, cast), 'a +; b -; c +; d -')
  expect(failed.do({ is: 'reject', by: 'e' })).toBe('rejected')
  expect(play(stage(flow, cast), 'a +; b +; c +').state.state).toBe('approved')
})

const trio = { roles: { team: ['a', 'b', 'c'] } }
const team = (more: object = {}): Flow => flowOf([step('team', more), step('last')])
const self = flowOf([step('pm'), step('last')])
const deduped = (dedup: Flow['dedup'], ...more: object[]) =>
  flowOf([step('one', more[0] ?? {}), step('two', more[1] ?? {}), step('three', more[2] ?? {})], dedup ? { dedup } : {})
const two = { roles: { one: ['ann'], two: ['bob'], three: ['ann'] } }
const row = { roles: { one: ['ann'], two: ['ann'], three: ['ann'] } }
const fork = flowOf([
  step('one'),
  { is: 'parallel', of: [step('law'), flowOf([step('tax'), step('cash')]).root] },
  step('gm'),
])

const table: readonly [name: string, flow: Flow, cast: Cast, script: string, expected: string][] = [
  ['或签: the first decides', team({ mode: 'any' }), trio, 'b +', 'last:last'],
  ['或签: the first may reject', team({ mode: 'any' }), trio, 'b -', 'rejected'],
  ['会签: all must', team({ mode: 'all' }), trio, 'a +; c +', 'team:b'],
  ['会签: the first rejection ends it', team({ mode: 'all' }), trio, 'a +; c -', 'rejected'],
  ['依次: one after another', team({ mode: 'order' }), trio, 'a +', 'team:b'],
  ['依次: to the end', team({ mode: 'order' }), trio, 'a +; b +; c +', 'last:last'],
  ['前加签: mine waits', team(), { roles: { team: ['a'] } }, 'a ?before x,y', 'team:x|y'],
  ['前加签: and returns to me', team(), { roles: { team: ['a'] } }, 'a ?before x,y; x +; y +', 'team:a'],
  ['前加签或签: one of them is enough', team(), { roles: { team: ['a'] } }, 'a ?before x,y any; y +', 'team:a'],
  ['前加签: their no is a no', team(), { roles: { team: ['a'] } }, 'a ?before x,y; y -', 'rejected'],
  ['后加签: mine is said, theirs before the next step', team(), { roles: { team: ['a'] } }, 'a ?after x', 'team:x'],
  ['后加签: then onward', team(), { roles: { team: ['a'] } }, 'a ?after x; x +', 'last:last'],
  ['后加签 in 或签: the others need not wait', team({ mode: 'any' }), trio, 'b ?after x', 'team:x'],
  ['并加签: joins the step', team({ mode: 'all' }), trio, 'a ?beside x; a +; b +; c +', 'team:x'],
  ['加签 on 加签', team(), { roles: { team: ['a'] } }, 'a ?before x; x ?before y; y +; x +', 'team:a'],
  ['转交: I am out', team({ mode: 'all' }), trio, 'b > z', 'team:a|c|z'],
  ['转交 keeps the turn', team({ mode: 'order' }), trio, 'a > z; z +', 'team:b'],
  ['代理: acts for', team(), { roles: { team: ['a'] }, agent: { a: 'b' } }, 'b +', 'last:last'],
  ['代理: is not transitive', team(), { roles: { team: ['a'] }, agent: { a: 'b', b: 'c' } }, 'b +', 'last:last'],
  ['退回上一步, 逐级', deduped('none'), two, 'ann +; bob <', 'one:ann'],
  ['退回 and on again', deduped('none'), two, 'ann +; bob <; ann +', 'two:bob'],
  ['退回任意已审节点, 逐级重审', deduped('none'), two, 'ann +; bob +; ann <one; ann +', 'two:bob'],
  ['退回任意已审节点, 直达退回人', deduped('none'), two, 'ann +; bob +; ann <one!; ann +', 'three:ann'],
  ['退回发起人', deduped('none'), two, 'ann +; bob <<', 'returned'],
  ['退回发起人, 逐级重审', deduped('none'), two, 'ann +; bob <<; starter again', 'one:ann'],
  ['退回发起人, 直达退回人', deduped('none'), two, 'ann +; bob <<!; starter again', 'two:bob'],
  ['直达 is off when the route changed', deduped('none'), two, 'ann +; bob <<!; starter again changed', 'one:ann'],
  ['撤回', deduped('none'), two, 'starter withdraws', 'withdrawn'],
  ['取回 opens my step again', deduped('none'), two, 'ann +; ann back', 'one:ann'],
  ['取回 of 后加签: those added are asked no more', team(), { roles: { team: ['a'] } }, 'a ?after x; a back', 'team:a'],
  ['取回 after 前加签', team(), { roles: { team: ['a'] } }, 'a ?before x; x +; a +; a back', 'team:a'],
  ['取回 of one of several', team({ mode: 'all' }), trio, 'a +; b +; a back', 'team:a|c'],
  ['取回 of a whole 或签', team({ mode: 'any' }), trio, 'b +; b back', 'team:a|b|c'],
  ['取回 over a join', fork, {}, 'one +; tax +; cash +; law +; law back', 'law:law'],
  ['并行: both branches are asked', fork, {}, 'one +', 'law:law tax:tax'],
  ['并行: the join waits', fork, {}, 'one +; tax +; cash +', 'law:law'],
  ['并行: then onward', fork, {}, 'one +; tax +; cash +; law +', 'gm:gm'],
  ['并行: a rejection ends both', fork, {}, 'one +; tax -', 'rejected'],
  ['并行: returned within a branch, the other stays', fork, {}, 'one +; tax +; cash <', 'law:law tax:tax'],
  ['并行: returned out of it, both go back', fork, {}, 'one +; tax +; cash <one', 'one:one'],
  [
    '并行: straight back, the other branch as it was',
    fork,
    {},
    'one +; tax +; law +; cash <one!; one +; cash +',
    'gm:gm',
  ],
  [
    '并行: returned into a branch, the other stays passed',
    fork,
    {},
    'one +; law +; tax +; cash +; gm <tax; tax +; cash +',
    'gm:gm',
  ],
  ['并行: to the starter and straight back', fork, {}, 'one +; tax +; cash <<!; starter again', 'law:law cash:cash'],
  ['本人: the superior', self, { roles: { pm: ['starter'] }, superior: { starter: 'sup' } }, 'sup +', 'last:last'],
  ['去重 none', deduped('none'), row, 'ann +', 'two:ann'],
  ['去重 consecutive', deduped(undefined), row, 'ann +', 'approved'],
  ['去重 consecutive is not first', deduped(undefined), two, 'ann +; bob +', 'three:ann'],
  ['去重 keep first', deduped('first'), two, 'ann +; bob +', 'approved'],
  ['去重 keep last', deduped('last'), two, 'bob +', 'three:ann'],
  ['去重 never at a 必审 step', deduped('first', {}, {}, { must: true }), two, 'ann +; bob +', 'three:ann'],
  ['去重 never across a 必审 step', deduped('first', {}, { must: true }), two, 'ann +; bob +', 'three:ann'],
  ['去重 keep last, not across 必审', deduped('last', {}, { must: true }), two, 'ann +; bob +', 'three:ann'],
  ['去重 not after an edit', deduped('first'), two, 'ann +; bob edits; bob +', 'three:ann'],
  [
    '空节点 passed',
    flowOf([step('none', { empty: 'pass' }), step('last')]),
    { roles: { none: [] } },
    'last +',
    'approved',
  ],
  [
    '空节点 to the administrator',
    flowOf([step('none', { empty: 'admin' })]),
    { roles: { none: [] }, admin: ['root'] },
    'root +',
    'approved',
  ],
  [
    '空节点 to somebody named',
    flowOf([step('none', { empty: { users: ['kim'] } })]),
    { roles: { none: [] } },
    'kim +',
    'approved',
  ],
]
test.each(table)('%s', (_name, flow, cast, script, expected) => {
  const at = play(stage(flow, cast), script)
  expect(asked(at) || at.state.state).toBe(expected)
})

test('代理: the trail says for whom; an agent who is the starter gives it back', () => {
  const at = stage(team(), { roles: { team: ['a'] }, agent: { a: 'b' } })
  expect(asked(at)).toBe('team:b(代a)')
  play(at, 'b +')
  expect(at.state.trail.find(each => each.act === 'approved')).toMatchObject({ user: 'b', for: 'a' })
  expect(asked(stage(team(), { roles: { team: ['a'] }, agent: { a: 'starter' } }))).toBe('team:a')
})

test('本人: skipped or himself where no money moves; with money always the superior, above all vacancies and circles', () => {
  const cast = { roles: { pm: ['starter'] }, superior: { starter: 'sup' } }
  const flow = (rule: 'skip' | 'self') => flowOf([step('pm', { self: rule, empty: 'pass' }), step('last')])
  expect(asked(stage(flow('skip'), cast))).toBe('last:last')
  expect(asked(stage(flow('self'), cast))).toBe('pm:starter')
  expect(asked(stage(flow('skip'), { ...cast, money: true }))).toBe('pm:sup')
  expect(() =>
    stage(flow('self'), { ...cast, superior: { starter: 'x', x: 'starter' }, money: true, roles: { pm: ['starter'] } }),
  ).not.toThrow()
  expect(() => stage(self, { roles: { pm: ['starter'] }, superior: { starter: 'starter' } })).toThrow('nobody')
})

test('空节点 with money is never passed', () => {
  const flow = flowOf([step('none', { empty: 'pass' }), step('last')])
  expect(() => stage(flow, { roles: { none: [] }, money: true })).toThrow('nobody')
  expect(checkFlow(flow, true)).toEqual([{ step: 'none', code: 'auto' }])
  expect(checkFlow(flow, false)).toEqual([])
})

test('逐级主管: leaders upward, past vacancies and the starter, to the root, out of a circle', () => {
  const parent = new Map([
    ['team', 'dept'],
    ['dept', 'company'],
    ['company', null],
  ])
  const leader = new Map([
    ['team', 'starter'],
    ['dept', 'd'],
    ['company', 'c'],
  ])
  expect(superiors({ parent, leader }, 'team', 'starter', 1)).toEqual(['d'])
  expect(superiors({ parent, leader }, 'team', 'starter', 9)).toEqual(['d', 'c'])
  expect(superiors({ parent, leader: new Map([['company', 'c']]) }, 'team', 'starter', 2)).toEqual(['c'])
  // Up to whoever holds a role; on to the root where no leader does, and past a starter who does himself.
  expect(superiors({ parent, leader }, 'team', 'starter', 9, new Set(['d']))).toEqual(['d'])
  expect(superiors({ parent, leader }, 'team', 'x', 9, new Set(['d']))).toEqual(['starter', 'd'])
  expect(superiors({ parent, leader }, 'team', 'starter', 9, new Set(['nobody', 'starter']))).toEqual(['d', 'c'])
  expect(superiors({ parent, leader }, 'team', 'starter', 1, new Set(['c']))).toEqual(['d'])
  expect(
    superiors(
      {
        parent: new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        leader,
      },
      'a',
      null,
      5,
    ),
  ).toEqual([])
})

test('超时: reminded, then to the superior; where money moves nothing is decided by a clock', () => {
  const flow = (next: 'superior' | 'approve' | 'reject' | 'remind') =>
    flowOf(step('pm', { timeout: { hours: 8, next } }))
  const cast = { superior: { pm: 'boss' } }
  const expire = (at: Stage) =>
    at.do({ is: 'expire', task: at.state.tasks.find(each => each.state === 'open')?.id ?? '' })
  const up = stage(flow('superior'), cast)
  expect([expire(up), asked(up)]).toEqual(['running', 'pm:pm'])
  expect([expire(up), asked(up)]).toEqual(['running', 'pm:boss'])
  const auto = stage(flow('approve'), cast)
  expect([expire(auto), expire(auto)]).toEqual(['running', 'approved'])
  const no = stage(flow('reject'), cast)
  expect([expire(no), expire(no)]).toEqual(['running', 'rejected'])
  const money = stage(flow('approve'), { ...cast, money: true })
  expect([expire(money), expire(money), asked(money)]).toEqual(['running', 'running', 'pm:boss'])
  expect(checkFlow(flow('approve'), true).map(each => each.code)).toEqual(['auto'])
})

test('a choice that an edit decides otherwise is walked anew from there', () => {
  const at = play(stage(payment, {}, 60_000), 'pm +; finance +')
  expect(asked(at)).toBe('gm:gm')
  at.amount = 600_000
  play(at, 'gm edits; gm +')
  expect(asked(at)).toBe('gm2:gm')
  expect(play(at, 'gm +; chair +').state.state).toBe('approved')
})

test('直达 with a smaller amount asks from the changed choice, and everybody again when nobody would be left to see it', () => {
  const at = play(stage(payment, {}, 600_000), 'pm +; finance +; gm +; chair <<!')
  at.amount = 60_000
  expect(asked(play(at, 'starter again changed'))).toBe('gm:gm')
  const low = play(stage(payment, {}, 60_000), 'pm +; finance +; gm <<!')
  low.amount = 40_000
  expect(asked(play(low, 'starter again changed'))).toBe('pm:pm')
})

test('what nobody may do is refused by its name', () => {
  const at = stage(deduped('none'), two)
  expect(at.do({ is: 'approve', by: 'bob' })).toBe('no_task')
  expect(at.do({ is: 'transfer', by: 'ann', to: 'starter' })).toBe('no_self')
  expect(at.do({ is: 'transfer', by: 'ann', to: 'ann' })).toBe('already_asked')
  expect(at.do({ is: 'add', by: 'ann', users: ['starter'], how: 'before' })).toBe('no_self')
  expect(at.do({ is: 'add', by: 'ann', users: ['ann'], how: 'beside' })).toBe('already_asked')
  expect(at.do({ is: 'return', by: 'ann', to: { step: 'three' }, way: 'again' })).toBe('no_such_step')
  expect(at.do({ is: 'take_back', by: 'ann' })).toBe('too_late')
  expect(at.do({ is: 'escalate' })).toBe('no_escalation')
  expect(at.do({ is: 'withdraw', by: 'ann' })).toBe('not_starter')
  play(at, 'ann +')
  expect(at.do({ is: 'withdraw', by: 'starter' })).toBe('begun')
  expect(returnable(at.flow, at.state, 'bob')).toEqual(['one'])
  play(at, 'bob +')
  expect(at.do({ is: 'take_back', by: 'bob' })).toBe('running')
  play(at, 'bob +; ann +')
  expect(at.do({ is: 'approve', by: 'ann' })).toBe('not_running')
})

test('抄送 does not wait, and the end tells those of the flow', () => {
  const copy = { is: 'copy' as const, name: 'tell', label: { zh: '', en: '' }, who: { users: ['kim'] } }
  const at = play(stage(flowOf([step('pm'), copy, step('last')], { copies: [{ users: ['lee'] }] })), 'pm +; last +')
  expect(at.state.trail.filter(each => each.act === 'copied').map(each => each.to)).toEqual([['kim'], ['lee']])
})

test('an interval is read back from its condition', () => {
  for (const [from, to] of [
    ['5', '10'],
    [null, '50000.5'],
    ['500000', null],
  ] as const)
    expect(bandOf(inBand('doc_total', from, to))).toEqual({ field: 'doc_total', from, to })
  expect(bandOf('amount >= 5 or true')).toBeNull()
})

test('200 steps with every operator, forecast and walked, end as the table says', () => {
  const kinds: Block[] = Array.from({ length: 40 }, (_, index) => {
    const n = (name: string) => `${name}${index}`
    return flowOf([
      step(n('any'), { mode: 'any', who: { users: [n('a'), n('b')] } }),
      {
        is: 'parallel',
        of: [
          step(n('all'), { mode: 'all', percent: 60, who: { users: ['a', 'b', 'c', 'd', 'e'].map(n) } }),
          step(n('order'), { mode: 'order', who: { users: [n('x'), n('y')] } }),
        ],
      },
      { is: 'choice', cases: [{ when: 'amount >= 1', block: step(n('big')) }], otherwise: step(n('small')) },
    ]).root
  })
  const flow = flowOf(kinds)
  expect(checkFlow(flow, false)).toEqual([])
  const at = stage(flow, {}, 1)
  const ahead = forecast(flow, null, 'starter', at.world)
  const counts: Record<string, number> = {}
  for (let each = 0; at.state.state === 'running' && each < 1000; each++) {
    const task = at.state.tasks.find(one => one.state === 'open')
    counts[task?.step.replace(/\d+/, '') ?? ''] = (counts[task?.step.replace(/\d+/, '') ?? ''] ?? 0) + 1
    at.do({ is: 'approve', by: task?.user ?? '' })
  }
  // Of the three votes that 60 % need, one is that of whoever just approved the step before (去重).
  expect([at.state.state, counts]).toEqual(['approved', { any: 40, all: 80, order: 80, big: 40 }])
  expect(ahead.is === 'done' && ahead.steps.length).toBe(160)
})

test('how far it is: what led here is done, what was returned from is not, a branch not taken never was', () => {
  const flow = flowOf([step('a'), { is: 'parallel', of: [step('b'), step('c')] }, bands(), step('d')])
  const names = (paths: readonly string[]) =>
    paths
      .map(path => blockAt(flow, path))
      .map(block => (block?.is === 'step' ? block.name : '?'))
      .sort()
      .join(' ')
  const at = stage(flow, {}, 60_000)
  const seen = (script: string) => {
    const { done, current, end } = progressOf(play(at, script).state)
    return `${names(done)} | ${names(current)} | ${end}`
  }
  expect(names(progressOf(at.state).current)).toBe('a')
  expect(seen('a +')).toBe('a | b c | running')
  expect(seen('b +')).toBe('a b | c | running')
  expect(seen('c +')).toBe('a b c | gm | running')
  expect(progressOf(at.state).decisions).toEqual({ 2: 1 })
  expect(seen('gm +')).toBe('a b c gm | d | running')
  expect(seen('d <a')).toBe(' | a | running')
  expect(seen('a +; b +; c +; gm +; d +')).toBe('a b c d gm |  | approved')
})

describe('nothing is approved past somebody who must judge', () => {
  const choice = (from: number, block: Block, otherwise: Block = { is: 'sequence', of: [] }): Block => ({
    ...{ is: 'choice', cases: [{ when: `amount >= ${from}`, block }], otherwise },
  })
  const say = (at: Stage, by: string) => at.do({ is: 'approve', by })
  const edit = (at: Stage, by: string, amount: number) => {
    at.amount = amount
    return at.do({ is: 'edit', by, route: true })
  }

  test('超限 is asked for again after the one who was asked returned it', () => {
    const at = stage(flowOf([step('pm'), step('boss')], { escalation: step('chief') }))
    say(at, 'pm')
    say(at, 'boss')
    expect(at.do({ is: 'escalate' })).toBe('running')
    // From there it may go back to any passed step, not to the starter alone.
    expect(at.do({ is: 'return', by: 'chief', to: { step: 'pm' }, way: 'again' })).toBe('running')
    say(at, 'pm')
    expect(say(at, 'boss')).toBe('approved')
    expect([isEscalated(at.state), at.do({ is: 'escalate' }), asked(at)]).toEqual([false, 'running', 'chief:chief'])
    expect([isEscalated(at.state), say(at, 'chief')]).toEqual([true, 'approved'])
    // Also whoever has just approved: it is another question.
    const same = stage(flowOf(step('boss'), { escalation: step('beyond', { who: { users: ['boss'] } }) }))
    say(same, 'boss')
    expect([same.do({ is: 'escalate' }), asked(same)]).toEqual(['running', 'beyond:boss'])
  })

  test('取回 while 超限 is asked ends what was asked; after its word it is too late', () => {
    const at = stage(flowOf([step('pm'), step('boss')], { escalation: step('chief') }))
    say(at, 'pm')
    say(at, 'boss')
    at.do({ is: 'escalate' })
    expect([at.do({ is: 'take_back', by: 'boss' }), asked(at)]).toEqual(['running', 'boss:boss'])
    expect(say(at, 'chief')).toBe('no_task')
  })

  test('授权表: whose power ends below the new amount is not enough, also when he raised it himself', () => {
    const power = [
      [50, 'deputy'],
      [5000, 'director'],
    ] as const
    const later = stage(flowOf([step('power', { who: { power: true } }), step('finance')]), { power }, 40)
    say(later, 'deputy')
    edit(later, 'finance', 900)
    expect([say(later, 'finance'), asked(later)]).toEqual(['running', 'power:director'])
    say(later, 'director')
    expect([asked(later), say(later, 'finance')]).toEqual(['finance:finance', 'approved'])
    const himself = stage(flowOf(step('power', { who: { power: true } })), { power }, 40)
    edit(himself, 'deputy', 900)
    expect([say(himself, 'deputy'), asked(himself)]).toEqual(['running', 'power:director'])
    expect(say(himself, 'director')).toBe('approved')
    const less = stage(flowOf([step('power', { who: { power: true } }), step('finance')]), { power }, 40)
    say(less, 'deputy')
    edit(less, 'finance', 30)
    expect(say(less, 'finance')).toBe('approved')
  })

  test('what is edited in one branch decides in the other, where the two meet', () => {
    const fork: Block = { is: 'parallel', of: [choice(50, step('boss'), step('clerk')), step('finance')] }
    const at = stage(flowOf(fork), {}, 10)
    say(at, 'clerk')
    edit(at, 'finance', 900)
    expect([say(at, 'finance'), asked(at)]).toEqual(['running', 'boss:boss'])
    expect(say(at, 'boss')).toBe('approved')
  })

  test('去重 by a later word: only where he must speak later, and anew when an edit takes him off the way', () => {
    const ann = { who: { users: ['ann'] } }
    const or = stage(flowOf([step('one', ann), step('two', { who: { users: ['ann', 'carol'] } })], { dedup: 'last' }))
    expect(asked(or)).toBe('one:ann')
    const flow = flowOf([step('one', ann), step('bob'), choice(50, step('two', ann))], { dedup: 'last' })
    const at = stage(flow, {}, 90)
    expect(asked(at)).toBe('bob:bob')
    edit(at, 'bob', 10)
    expect([say(at, 'bob'), asked(at)]).toEqual(['running', 'one:ann'])
    say(at, 'ann')
    expect([asked(at), say(at, 'bob')]).toEqual(['bob:bob', 'approved'])
  })

  test('money is approved by somebody: a way around everybody is no flow, and ends nowhere', () => {
    const around = flowOf(choice(50, step('boss')))
    expect(checkFlow(around, true)).toEqual([{ step: null, code: 'no_step' }])
    expect(checkFlow(around, false)).toEqual([])
    expect(() => stage(around, { money: true }, 10)).toThrow('nobody')
  })

  test('who edited has acted: neither 撤回 nor the 取回 of those before him goes past it', () => {
    const at = stage(flowOf([step('pm'), step('finance')]))
    edit(at, 'pm', 5)
    expect(at.do({ is: 'withdraw', by: 'starter' })).toBe('begun')
    say(at, 'pm')
    edit(at, 'finance', 6)
    expect(at.do({ is: 'take_back', by: 'pm' })).toBe('too_late')
  })

  test('直达退回人 asks exactly who returned it, also when the task was handed to him', () => {
    const flow = (mode: 'any' | 'all' | 'order') => flowOf([step('one'), step('team', { mode }), step('last')])
    const handed = (mode: 'any' | 'all' | 'order', script: string) =>
      asked(play(stage(flow(mode), trio), `one +; ${script}`))
    expect(handed('any', 'a > x; x <one!; one +')).toBe('team:x')
    expect(handed('any', 'a > x; x <<!; starter again')).toBe('team:x')
    // Who had it before is out of it for good; the others of the step judge what was changed meanwhile.
    expect(handed('all', 'b > x; x <one!; one +')).toBe('team:a|x|c')
    expect(handed('order', 'a > x; x <one!; one +; x +')).toBe('team:b')
    // Step by step again, whom the step names is asked.
    expect(handed('any', 'a > x; x <one; one +')).toBe('team:a|b|c')
    // Whoever was only asked for his view decides nothing alone.
    expect(handed('any', 'a ?before x; x <one!; one +')).toBe('team:a|b|c')
  })

  test('转交 by somebody who also stands in for another takes both his tasks', () => {
    const at = stage(flowOf(step('pair', { who: { users: ['ann', 'bob'] }, mode: 'all' })), { agent: { bob: 'ann' } })
    expect(asked(at)).toBe('pair:ann|ann(代bob)')
    at.do({ is: 'transfer', by: 'ann', to: 'eve' })
    expect(at.state.tasks.filter(each => each.state === 'open').map(each => each.user)).toEqual(['eve', 'eve'])
  })
})
