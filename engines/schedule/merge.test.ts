// Two people work on one plan apart: what both did comes together, and what they did to one place is asked, never lost.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, type PlanEdit } from './edit.ts'
import { type MergeSide, mergePlans } from './merge.ts'
import { defaultOptions, type Link, type Plan, type Task } from './plan.ts'
import { planDifference } from './plan-difference.ts'

const task = (id: string, parent?: string, more: Partial<Task> = {}): Task => ({
  ...{ id, name: id, kind: 'task', duration: 480, constraint: { type: 'asap' } },
  ...(parent === undefined ? {} : { parent }),
  ...more,
})
const fs = (from: string, to: string): Link => ({
  ...{ id: `${from}-${to}`, from, to, type: 'FS' },
  lag: { kind: 'working', minutes: 0 },
})
/** a; s > b, c; d */
const base: Plan = {
  ...{ name: 'P', mode: 'ms' },
  options: { ...defaultOptions, calendar: 'c1' },
  calendars: [{ id: 'c1', name: 'Week', week: [], workWeeks: [], exceptions: [] }],
  tasks: [task('a'), task('s', undefined, { kind: 'summary' }), task('b', 's'), task('c', 's'), task('d')],
  links: [fs('a', 'b'), fs('b', 'c'), fs('c', 'd')],
  resources: [{ id: 'r', name: 'Crew', kind: 'work' }],
  assignments: [{ id: 'x', task: 'b', resource: 'r', units: 1, work: 480 }],
}
const after = (plan: Plan, ...edits: PlanEdit[]): Plan => {
  const outcome = applyEdits(plan, edits)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome.plan
}
const rename = (id: string, name: string): PlanEdit => ({ kind: 'task.set', id, patch: { name } })
const last = (id: string, duration: number): PlanEdit => ({ kind: 'task.set', id, patch: { duration } })
const outline = (of: Plan) => of.tasks.map(item => `${item.id}${item.parent ? `<${item.parent}` : ''}`).join(' ')
/** Without what edits do not carry: the order of flat lists, fields that are undefined. */
const content = ({ tasks, links, resources, assignments, options }: Plan): unknown => {
  const sorted = <T extends { id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1))
  const rows = { links: sorted(links), resources: sorted(resources), assignments: sorted(assignments) }
  return JSON.parse(JSON.stringify({ tasks: tasks.map(each => Object.entries(each).sort()), options, ...rows }))
}
const reached = (from: Plan, to: Plan): Plan => {
  const difference = planDifference(from, to)
  if (!difference.ok) throw new Error(JSON.stringify(difference.error))
  return after(from, ...difference.edits)
}

describe('putting together', () => {
  test('what only one side did is there, also to two fields of one task', () => {
    const mine = after(base, last('b', 960), { kind: 'task.add', task: task('n', 's'), before: 'c' })
    const theirs = after(base, rename('b', 'Slab'), { kind: 'link.remove', ids: ['c-d'] })
    const { plan, conflicts } = mergePlans(base, mine, theirs)
    expect(conflicts).toEqual([])
    expect(plan.tasks.find(each => each.id === 'b')).toMatchObject({ name: 'Slab', duration: 960 })
    expect(outline(plan)).toBe('a s b<s n<s c<s d')
    expect(plan.links.map(each => each.id)).toEqual(['a-b', 'b-c'])
    expect(content(reached(theirs, plan))).toEqual(content(plan))
  })

  test('one field changed by both is asked, and is as decided', () => {
    const mine = after(base, last('b', 960))
    const theirs = after(base, last('b', 240))
    const { plan, conflicts } = mergePlans(base, mine, theirs)
    expect(conflicts).toMatchObject([{ place: 'task:b:duration', base: 480, mine: 960, theirs: 240 }])
    expect(plan.tasks[2]?.duration).toBe(240)
    const mineWins = new Map<string, MergeSide>(conflicts.map(each => [each.place, 'mine']))
    const decided = mergePlans(base, mine, theirs, mineWins).plan
    expect(content(reached(theirs, decided))).toEqual(content(mine))
    // Work changed by hand on both sides is a question of its own.
    const work = (minutes: number): PlanEdit => ({ kind: 'assignment.set', id: 'x', patch: { work: minutes } })
    const byHand = mergePlans(base, after(base, work(100)), after(base, work(200))).conflicts
    expect(byHand.map(each => each.place)).toEqual(['assignment:x:work'])
  })

  test('a task removed here and changed there is asked, with its links and assignments', () => {
    const mine = after(base, { kind: 'task.remove', ids: ['b'] })
    for (const edit of [
      rename('b', 'Slab'),
      { kind: 'task.add', task: task('n', 'b') },
      { kind: 'link.add', link: fs('b', 'd') },
      { kind: 'assignment.set', id: 'x', patch: { units: 2 } },
    ] satisfies PlanEdit[]) {
      const theirs = after(base, edit)
      const { plan, conflicts } = mergePlans(base, mine, theirs)
      expect(conflicts.map(each => each.place)).toEqual(['task:b:*'])
      expect(content(plan)).toEqual(content(theirs))
      const removed = mergePlans(base, mine, theirs, new Map([['task:b:*', 'mine']])).plan
      expect(removed.tasks.map(each => each.id)).not.toContain('b')
      expect(removed.links.map(each => each.id)).toEqual(['c-d'])
      expect(content(reached(theirs, removed))).toEqual(content(removed))
    }
  })

  test('a row below a summary that is gone stands where the summary stood', () => {
    const mine = after(base, { kind: 'task.remove', ids: ['s'] })
    const theirs = after(base, { kind: 'task.add', task: task('n', 's') })
    const { plan } = mergePlans(base, mine, theirs, new Map([['task:s:*', 'mine']]))
    expect(outline(plan)).toBe('a n d')
  })

  test('the same link drawn by both is one link; with another lag it is asked', () => {
    const mine = after(base, { kind: 'link.add', link: { ...fs('a', 'd'), id: 'm' } })
    const theirs = after(base, { kind: 'link.add', link: { ...fs('a', 'd'), id: 't' } })
    expect(mergePlans(base, mine, theirs)).toMatchObject({ conflicts: [], plan: theirs })
    const other = after(mine, { kind: 'link.set', id: 'm', patch: { lag: { kind: 'working', minutes: 60 } } })
    expect(mergePlans(base, other, theirs).conflicts).toMatchObject([{ place: 'link:t:lag', mine: { minutes: 60 } }])
  })

  test('rows moved by both are asked; a loop of moves ends at the top, in sight', () => {
    const mine = after(base, { kind: 'task.move', ids: ['c'], parent: 's', before: 'b' })
    const theirs = after(base, { kind: 'task.move', ids: ['d'], before: 'a' })
    expect(mergePlans(base, mine, theirs)).toMatchObject({ conflicts: [] })
    expect(outline(mergePlans(base, mine, theirs).plan)).toBe('d a s c<s b<s')
    const flat = after(base, { kind: 'link.remove', ids: ['a-b', 'b-c', 'c-d'] })
    const one = after(flat, { kind: 'task.move', ids: ['a'], parent: 'd' })
    const two = after(flat, { kind: 'task.move', ids: ['d'], parent: 'a' })
    expect(outline(mergePlans(flat, one, two).plan).split(' ')).toHaveLength(5)
  })
})

describe('any two states', () => {
  const ids = ['a', 's', 'b', 'c', 'd', 'n1', 'n2', 'n3']
  const id = fc.constantFrom(...ids)
  const edit: fc.Arbitrary<PlanEdit> = fc.oneof(
    fc.tuple(id, fc.option(id, { nil: undefined }), fc.option(id, { nil: undefined })).map(
      ([own, parent, before]): PlanEdit => ({
        ...{ kind: 'task.add', task: task(own, parent) },
        ...(before === undefined ? {} : { before }),
      }),
    ),
    fc.tuple(id, fc.integer({ min: 0, max: 3 })).map(([own, days]) => last(own, days * 480)),
    fc.tuple(id, fc.constantFrom('x', 'y')).map(([own, name]) => rename(own, name)),
    id.map((own): PlanEdit => ({ kind: 'task.remove', ids: [own] })),
    fc.tuple(id, fc.option(id, { nil: undefined }), fc.option(id, { nil: undefined })).map(
      ([own, parent, before]): PlanEdit => ({
        ...{ kind: 'task.move', ids: [own] },
        ...(parent === undefined ? {} : { parent }),
        ...(before === undefined ? {} : { before }),
      }),
    ),
    id.map((own): PlanEdit => ({ kind: 'task.indent', ids: [own] })),
    id.map((own): PlanEdit => ({ kind: 'task.outdent', ids: [own] })),
    fc.tuple(id, id).map(([from, to]): PlanEdit => ({ kind: 'link.add', link: fs(from, to) })),
    fc.tuple(id, id).map(([from, to]): PlanEdit => ({ kind: 'link.remove', ids: [`${from}-${to}`] })),
    fc.tuple(id, id, id).map(
      ([from, to, end]): PlanEdit => ({
        ...{ kind: 'link.set', id: `${from}-${to}` },
        patch: { to: end },
      }),
    ),
    fc.tuple(id, fc.integer({ min: 1, max: 3 })).map(
      ([own, units]): PlanEdit => ({
        ...{ kind: 'assignment.add' },
        assignment: { id: `r-${own}`, task: own, resource: 'r', units, work: 480 },
      }),
    ),
    id.map((own): PlanEdit => ({ kind: 'assignment.remove', ids: [`r-${own}`] })),
    fc.constant<PlanEdit>({ kind: 'resource.add', resource: { id: 'q', name: 'Crane', kind: 'work' } }),
    fc.constant<PlanEdit>({ kind: 'options.set', patch: { minutesPerDay: 600 } }),
  )
  const state = fc.array(edit, { maxLength: 12 }).map(edits =>
    edits.reduce((plan, each) => {
      const outcome = applyEdits(plan, [each])
      return outcome.ok ? outcome.plan : plan
    }, base),
  )

  test('the difference leads from the one to the other', () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        expect(content(reached(from, to))).toEqual(content(to))
      }),
      { numRuns: 500 },
    )
  })

  test('what only one side did is taken as it is; what both did alike is no question', () => {
    fc.assert(
      fc.property(state, side => {
        for (const [mine, theirs] of [
          [side, base],
          [base, side],
          [side, side],
        ] as const) {
          const { plan, conflicts } = mergePlans(base, mine, theirs)
          expect(conflicts).toEqual([])
          expect(content(plan)).toEqual(content(side))
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the original with the merge is a plan, or is refused for a loop; decided for one side no place of it is lost', () => {
    fc.assert(
      fc.property(state, state, (mine, theirs) => {
        const first = mergePlans(base, mine, theirs)
        for (const side of ['mine', 'theirs'] as const) {
          const decisions = new Map<string, MergeSide>(first.conflicts.map(each => [each.place, side]))
          const { plan } = mergePlans(base, mine, theirs, decisions)
          expect(new Set(plan.tasks.map(each => each.id)).size).toBe(plan.tasks.length)
          const difference = planDifference(theirs, plan)
          if (difference.ok) expect(content(after(theirs, ...difference.edits))).toEqual(content(plan))
          else expect(['schedule.edit.cycle', 'schedule.edit.within_summary']).toContain(difference.error.code)
          const winner = side === 'mine' ? mine : theirs
          for (const own of winner.tasks) {
            const was = base.tasks.find(each => each.id === own.id)
            const now = plan.tasks.find(each => each.id === own.id)
            if (was && was.name === own.name) continue
            expect(now?.name).toBe(own.name)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
