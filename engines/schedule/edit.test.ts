// Edits change a plan as a planner means them, refuse what cannot be, and their inverse gives the plan back.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdits, type PlanEdit, readEdits } from './edit.ts'
import { defaultOptions, type Link, type Plan, type Task } from './plan.ts'

const task = (id: string, parent?: string, more: Partial<Task> = {}): Task => ({
  id,
  name: id.toUpperCase(),
  kind: 'task',
  duration: 480,
  constraint: { type: 'asap' },
  ...(parent === undefined ? {} : { parent }),
  ...more,
})
const fs = (from: string, to: string, id = `${from}-${to}`): Link => ({
  id,
  from,
  to,
  type: 'FS',
  lag: { kind: 'working', minutes: 0 },
})
/** a; s > b, c; d */
const plan: Plan = {
  name: 'P',
  mode: 'ms',
  options: { ...defaultOptions, calendar: 'c1' },
  calendars: [{ id: 'c1', name: 'Week', week: [], workWeeks: [], exceptions: [] }],
  tasks: [task('a'), task('s', undefined, { kind: 'summary' }), task('b', 's'), task('c', 's'), task('d')],
  links: [fs('a', 'b'), fs('b', 'c'), fs('c', 'd')],
  resources: [{ id: 'r', name: 'Crew', kind: 'work' }],
  assignments: [{ id: 'x', task: 'b', resource: 'r', units: 1 }],
}
const apply = (...edits: PlanEdit[]) => {
  const outcome = applyEdits(plan, edits)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error))
  return outcome
}
const refusal = (...edits: PlanEdit[]) => {
  const outcome = applyEdits(plan, edits)
  return outcome.ok ? undefined : outcome.error
}
const outline = (of: Plan) => of.tasks.map(item => `${item.id}${item.parent ? `<${item.parent}` : ''}`).join(' ')

describe('the outline', () => {
  test('a task is added in front of another, under a parent, or at its end', () => {
    expect(outline(apply({ kind: 'task.add', task: task('n', 's'), before: 'c' }).plan)).toBe('a s b<s n<s c<s d')
    expect(outline(apply({ kind: 'task.add', task: task('n', 's') }).plan)).toBe('a s b<s c<s n<s d')
    expect(outline(apply({ kind: 'task.add', task: task('n') }).plan)).toBe('a s b<s c<s d n')
    expect(outline(apply({ kind: 'task.add', task: task('n', 's'), before: 'gone' }).plan)).toBe('a s b<s c<s n<s d')
  })
  test('the first child makes a summary, the last one leaving makes a task again', () => {
    const grown = apply({ kind: 'task.add', task: task('n', 'd') }).plan
    expect(grown.tasks.find(item => item.id === 'd')?.kind).toBe('summary')
    const shrunk = apply({ kind: 'task.remove', ids: ['b', 'c'] }).plan
    expect(shrunk.tasks.find(item => item.id === 's')?.kind).toBe('task')
  })
  test('removing a summary removes what is below it, with links and assignments', () => {
    const { plan: next, changed } = apply({ kind: 'task.remove', ids: ['s'] })
    expect(outline(next)).toBe('a d')
    expect(next.links).toEqual([])
    expect(next.assignments).toEqual([])
    expect(changed.tasks.sort()).toEqual(['b', 'c', 's'])
    expect(changed.links.length).toBe(3)
  })
  test('indent goes under the sibling above, outdent takes the siblings below along as children', () => {
    expect(outline(apply({ kind: 'task.indent', ids: ['d'] }).plan)).toBe('a s b<s c<s d<s')
    expect(outline(apply({ kind: 'task.indent', ids: ['s', 'd'] }, { kind: 'link.remove', ids: ['a-b'] }).plan)).toBe(
      'a s<a b<s c<s d<a',
    )
    expect(outline(apply({ kind: 'link.remove', ids: ['b-c'] }, { kind: 'task.outdent', ids: ['b'] }).plan)).toBe(
      'a s b c<b d',
    )
    expect(outline(apply({ kind: 'task.outdent', ids: ['b', 'c'] }).plan)).toBe('a s b c d')
    expect(refusal({ kind: 'task.indent', ids: ['b'] })).toEqual({ code: 'schedule.edit.cannot_indent', task: 'b' })
    expect(refusal({ kind: 'task.outdent', ids: ['a'] })).toEqual({ code: 'schedule.edit.cannot_outdent', task: 'a' })
  })
  test('a summary moves with everything below it, but not into itself', () => {
    expect(outline(apply({ kind: 'task.move', ids: ['s'], before: 'a' }).plan)).toBe('s b<s c<s a d')
    expect(
      outline(
        apply({ kind: 'task.move', ids: ['a', 'd'], parent: 's', before: 'c' }, { kind: 'link.remove', ids: [] }).plan,
      ),
    ).toBe('s b<s a<s d<s c<s')
    expect(refusal({ kind: 'task.move', ids: ['s'], parent: 'b' })).toMatchObject({ code: 'schedule.edit.into_itself' })
  })
})

describe('links', () => {
  test('a cycle is refused and names its tasks, also through a summary', () => {
    expect(refusal({ kind: 'link.add', link: fs('d', 'a', 'n') })).toMatchObject({
      code: 'schedule.edit.cycle',
      tasks: expect.arrayContaining(['a', 'b', 'c', 'd']),
    })
    expect(refusal({ kind: 'link.add', link: fs('s', 'a', 'n') })).toMatchObject({ code: 'schedule.edit.cycle' })
  })
  test('a link within a family, to itself, twice or to nobody is refused', () => {
    expect(refusal({ kind: 'link.add', link: fs('s', 'b', 'n') })).toEqual({
      code: 'schedule.edit.within_summary',
      summary: 's',
      task: 'b',
      link: 'n',
    })
    expect(refusal({ kind: 'link.add', link: fs('a', 'a', 'n') })).toEqual({ code: 'schedule.edit.self', task: 'a' })
    expect(refusal({ kind: 'link.add', link: fs('a', 'b', 'n') })).toMatchObject({
      code: 'schedule.edit.linked_already',
    })
    expect(refusal({ kind: 'link.add', link: fs('a', 'z', 'n') })).toMatchObject({ code: 'schedule.edit.unknown' })
    expect(refusal({ kind: 'task.indent', ids: ['c'] })).toMatchObject({
      code: 'schedule.edit.within_summary',
      link: 'b-c',
    })
  })
  test('Primavera allows a second link of another type', () => {
    const edits: PlanEdit[] = [{ kind: 'link.add', link: { ...fs('a', 'b', 'n'), type: 'SS' } }]
    expect(applyEdits({ ...plan, mode: 'p6' }, edits).ok).toBe(true)
  })
})

describe('values', () => {
  test('nothing is applied when one edit of a list is refused', () => {
    const outcome = applyEdits(plan, [
      { kind: 'task.set', id: 'a', patch: { name: 'X' } },
      { kind: 'task.set', id: 'a', patch: { duration: Number.NaN } },
    ])
    expect(outcome).toEqual({
      ok: false,
      edit: 1,
      error: { code: 'schedule.edit.invalid', what: 'task', id: 'a', field: 'duration' },
    })
    expect(plan.tasks[0]?.name).toBe('A')
  })
  test('null clears an optional field and is refused for a required one', () => {
    const { plan: next, inverse } = apply({ kind: 'task.set', id: 'a', patch: { deadline: 1000, notes: 'n' } })
    expect(applyEdits(next, inverse)).toMatchObject({ ok: true, plan: { tasks: plan.tasks } })
    expect(refusal({ kind: 'task.set', id: 'a', patch: { name: null } })).toMatchObject({ field: 'name' })
  })
  test('a constraint needs its date and a calendar must exist', () => {
    expect(refusal({ kind: 'task.set', id: 'a', patch: { constraint: { type: 'must_start_on' } } })).toMatchObject({
      field: 'constraint',
    })
    expect(refusal({ kind: 'task.set', id: 'a', patch: { calendar: 'none' } })).toMatchObject({ what: 'calendar' })
  })
  test('a longer task keeps the units of its resources: their work grows with it', () => {
    const withWork = {
      ...plan,
      assignments: [{ id: 'x', task: 'b', resource: 'r', units: 1, work: 480, actualWork: 60 }],
    }
    const outcome = applyEdits(withWork, [{ kind: 'task.set', id: 'b', patch: { duration: 960 } }])
    expect(outcome).toMatchObject({ ok: true, plan: { assignments: [{ work: 960, remainingWork: 900 }] } })
    expect(outcome.ok && applyEdits(outcome.plan, outcome.inverse)).toMatchObject({ ok: true, plan: withWork })
  })
  test('a change of nothing touches nothing', () => {
    const { changed, inverse, plan: next } = apply({ kind: 'task.set', id: 'a', patch: { name: 'A' } })
    expect(changed.tasks).toEqual([])
    expect(inverse).toEqual([])
    expect(next.tasks).toBe(plan.tasks)
  })
})

describe('off the wire', () => {
  test('edits survive JSON', () => {
    const edits: PlanEdit[] = [
      { kind: 'task.set', id: 'a', patch: { deadline: null, constraint: { type: 'must_start_on', at: 60 } } },
      { kind: 'task.add', task: task('n', 's', { baselines: [{ number: 0, start: 1, finish: 2 }] }), before: 'c' },
      { kind: 'link.add', link: fs('a', 'c', 'n1') },
      { kind: 'options.set', patch: { statusDate: 100 } },
    ]
    expect(readEdits(JSON.parse(JSON.stringify(edits)))).toEqual({ ok: true, edits })
  })
  test('anything else is refused with its position', () => {
    const bad: unknown[] = [
      { kind: 'task.drop' },
      { kind: 'task.set', id: 'a', patch: { parent: 'b' } },
      { kind: 'task.set', id: 'a', patch: { __proto__x: 1 } },
      { kind: 'task.set', id: 'a', patch: {}, extra: 1 },
      { kind: 'link.add', link: { ...fs('a', 'b'), lag: { kind: 'working', minutes: Number.POSITIVE_INFINITY } } },
      { kind: 'task.add', task: { id: 'n' } },
      { kind: 'task.remove', ids: 'a' },
      null,
      'task.remove',
    ]
    for (const item of bad) {
      expect(readEdits([{ kind: 'task.remove', ids: ['a'] }, item])).toEqual({
        ok: false,
        error: { code: 'schedule.edit.malformed', edit: 1 },
      })
    }
    expect(readEdits({ length: 3 })).toMatchObject({ ok: false })
  })
  test('no value whatever throws', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), value => {
        readEdits(value)
      }),
    )
  })
})

/** Random plans and random edits over their ids: most are refused, those accepted must be invertible. */
const arbitraryPlan: fc.Arbitrary<Plan> = fc
  .record({
    depths: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 }),
    links: fc.array(fc.tuple(fc.nat(8), fc.nat(8), fc.constantFrom('FS' as const, 'SS' as const, 'FF' as const)), {
      maxLength: 8,
    }),
  })
  .map(({ depths, links }) => {
    const tasks: Task[] = []
    const stack: string[] = []
    depths.forEach((depth, i) => {
      stack.length = Math.min(stack.length, depth)
      tasks.push(task(`t${i}`, stack[stack.length - 1]))
      stack.push(`t${i}`)
    })
    const parents = new Set(tasks.map(item => item.parent))
    const shaped = tasks.map(item => (parents.has(item.id) ? { ...item, kind: 'summary' as const } : item))
    const linkEdits: PlanEdit[] = links.map(([a, b, type], i) => ({
      kind: 'link.add',
      link: { ...fs(`t${a}`, `t${b}`, `l${i}`), type },
    }))
    let current: Plan = { ...plan, tasks: shaped, links: [], assignments: [] }
    for (const edit of linkEdits) {
      const outcome = applyEdits(current, [edit])
      if (outcome.ok) current = outcome.plan
    }
    return {
      ...current,
      assignments: shaped.slice(0, 3).map((item, i) => ({
        id: `x${i}`,
        task: item.id,
        resource: 'r',
        units: 1,
        ...(i > 0 ? { work: 333 * i } : {}),
      })),
    }
  })
const id = fc.nat(9).map(n => `t${n}`)
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 4 })
const maybe = fc.option(id, { nil: undefined })
const place = fc.record({ parent: maybe, before: maybe }).map(({ parent, before }) => ({
  ...(parent === undefined ? {} : { parent }),
  ...(before === undefined ? {} : { before }),
}))
const arbitraryEdit: fc.Arbitrary<PlanEdit> = fc.oneof(
  ids.map((of): PlanEdit => ({ kind: 'task.remove', ids: of })),
  ids.map((of): PlanEdit => ({ kind: 'task.indent', ids: of })),
  ids.map((of): PlanEdit => ({ kind: 'task.outdent', ids: of })),
  fc.tuple(ids, place).map(([of, at]): PlanEdit => ({ kind: 'task.move', ids: of, ...at })),
  fc.tuple(fc.nat(5), maybe, maybe).map(
    ([n, parent, before]): PlanEdit => ({
      kind: 'task.add',
      task: task(`n${n}`, parent, n === 0 ? { kind: 'milestone' } : {}),
      ...(before === undefined ? {} : { before }),
    }),
  ),
  fc
    .tuple(id, fc.nat(3000))
    .map(([of, duration]): PlanEdit => ({ kind: 'task.set', id: of, patch: { duration, deadline: duration } })),
  fc.tuple(id, id, fc.nat(20)).map(([from, to, n]): PlanEdit => ({ kind: 'link.add', link: fs(from, to, `m${n}`) })),
  fc.nat(8).map((n): PlanEdit => ({ kind: 'link.remove', ids: [`l${n}`] })),
  fc.tuple(fc.nat(8), id).map(([n, to]): PlanEdit => ({ kind: 'link.set', id: `l${n}`, patch: { to, lagUnit: 'd' } })),
  fc.constant<PlanEdit>({ kind: 'resource.remove', ids: ['r'] }),
  fc.nat(3).map((n): PlanEdit => ({ kind: 'assignment.remove', ids: [`x${n}`] })),
)

describe('properties', () => {
  test('the inverse of accepted edits gives the plan back, and inverting twice repeats them', () => {
    let accepted = 0
    fc.assert(
      fc.property(arbitraryPlan, fc.array(arbitraryEdit, { minLength: 1, maxLength: 6 }), (start, edits) => {
        let current = start
        const undo: PlanEdit[][] = []
        for (const edit of edits) {
          const outcome = applyEdits(current, [edit])
          if (!outcome.ok) continue
          accepted++
          const back = applyEdits(outcome.plan, outcome.inverse)
          expect(back).toMatchObject({ ok: true })
          if (back.ok) {
            expect(back.plan).toEqual(current)
            const again = applyEdits(back.plan, back.inverse)
            expect(again.ok && again.plan).toEqual(outcome.plan)
          }
          undo.unshift(outcome.inverse)
          current = outcome.plan
        }
        for (const inverse of undo) {
          const outcome = applyEdits(current, inverse)
          if (outcome.ok) current = outcome.plan
        }
        expect(current).toEqual(start)
      }),
      { numRuns: 1500 },
    )
    expect(accepted).toBeGreaterThan(1000)
  })
  test('the order of rows is always an outline, links join existing tasks, parents are summaries', () => {
    fc.assert(
      fc.property(arbitraryPlan, fc.array(arbitraryEdit, { minLength: 1, maxLength: 6 }), (start, edits) => {
        let current = start
        for (const edit of edits) {
          const outcome = applyEdits(current, [edit])
          if (outcome.ok) current = outcome.plan
        }
        const open: string[] = []
        for (const item of current.tasks) {
          while (open.length > 0 && open[open.length - 1] !== item.parent) open.pop()
          expect(item.parent === undefined || open.length > 0).toBe(true)
          open.push(item.id)
        }
        const known = new Set(current.tasks.map(item => item.id))
        expect(known.size).toBe(current.tasks.length)
        for (const link of current.links) expect(known.has(link.from) && known.has(link.to)).toBe(true)
        for (const item of current.assignments) expect(known.has(item.task)).toBe(true)
        for (const item of current.tasks) {
          const parent = current.tasks.find(other => other.id === item.parent)
          if (parent) expect(parent.kind).toBe('summary')
        }
      }),
      { numRuns: 500 },
    )
  })
})
