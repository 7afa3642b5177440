// Random plans to level: all link types, leads and lags, two calendars, three resources, some progress.
import fc from 'fast-check'
import type { LinkType, Plan } from '../../schedule/plan.ts'
import { at, type LinkText, link, office, plan, standard, task } from '../../schedule/testing/plan-maker.ts'

const types: readonly LinkType[] = ['FS', 'SS', 'FF', 'SF']

/** Plans with all link types, leads and lags, two calendars, three resources and some progress. */
export const randomPlan = fc
  .record({
    mode: fc.constantFrom('ms' as const, 'p6' as const),
    tasks: fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: 5 }),
        six: fc.boolean(),
        resource: fc.nat(2),
        units: fc.constantFrom(0.5, 1, 1.5),
        started: fc.nat(9),
        priority: fc.constantFrom(400, 500, 1000),
      }),
      { minLength: 2, maxLength: 14 },
    ),
    links: fc.array(
      fc.record({ from: fc.nat(20), to: fc.nat(20), type: fc.nat(3), lag: fc.integer({ min: -1, max: 2 }) }),
      {
        maxLength: 14,
      },
    ),
    capacity: fc.constantFrom(1.5, 2, 3),
  })
  .map(({ mode, tasks, links, capacity }): Plan => {
    const texts: LinkText[] = links.flatMap(({ from, to, type, lag }) => {
      const [a, b] = [Math.min(from, to), Math.max(from, to)]
      if (a === b || b >= tasks.length || (tasks[b]!.started === 0 && b > 0)) return []
      return [link(`t${a} ${types[type]} t${b}`, lag)]
    })
    return {
      ...plan(
        tasks.map(({ days, six, started, priority }, i) =>
          task(`t${i}`, days, {
            effort: 'fixed_duration',
            priority,
            ...(six && { calendar: 'six' }),
            ...(started === 0 && days > 0 && { actualStart: at('2024-03-04T08:00'), percentComplete: 20 }),
          }),
        ),
        texts,
        {
          calendars: [standard, { ...standard, id: 'six', week: [[], office, office, office, office, office, office] }],
          resources: ['r0', 'r1', 'r2'].map(id => ({ id, name: id, kind: 'work' as const, maxUnits: capacity })),
          assignments: tasks.map(({ resource, units }, i) => ({
            id: `a${i}`,
            task: `t${i}`,
            resource: `r${resource}`,
            units,
          })),
        },
      ),
      mode,
    }
  })
