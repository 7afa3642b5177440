// From a computed plan to its arrow network: weekends, summaries, lags and progress.
import { expect, test } from 'vitest'
import { calendarClock, compute, type Plan } from '../schedule/index.ts'
import { at, link, plan, summary, task } from '../schedule/testing/plan-maker.ts'
import { arrowDiagram, frontLine, planArrows } from './index.ts'

function arrowsOf(made: Plan) {
  const outcome = compute(made)
  const clock = calendarClock(made.calendars, made.options.calendar)
  if (!outcome.ok || !clock.ok) throw new Error('the plan does not compute')
  const arrows = planArrows(made, outcome.schedule, clock.clock)
  const drawn = arrowDiagram(arrows, { gap: 0 })
  if (!drawn.ok) throw new Error(drawn.error.code)
  return { arrows, schedule: outcome.schedule, ...drawn }
}

test('work that ends on Friday and work that begins on Monday meet in one circle', () => {
  const { diagram, broken } = arrowsOf(plan([task('a', 5), task('b', 2)], [link('a FS b')]))
  expect(diagram.nodes).toHaveLength(3)
  expect(diagram.dummies).toEqual([])
  expect(broken).toEqual([])
})

test('summaries of the first level are lanes and have no arrows; their links are those of their tasks', () => {
  const made = plan(
    [
      summary('south'),
      task('dig', 3, { parent: 'south' }),
      summary('north'),
      task('drive', 2, { parent: 'north' }),
      task('cap', 1, { parent: 'north' }),
    ],
    [link('south FS north')],
  )
  const { diagram } = arrowsOf(made)
  expect(diagram.lanes.map(lane => lane.name)).toEqual(['south', 'north'])
  expect(diagram.arrows.map(arrow => arrow.task).sort()).toEqual(['cap', 'dig', 'drive'])
  const to = diagram.arrows.find(arrow => arrow.task === 'dig')?.to
  expect(
    diagram.arrows
      .filter(arrow => arrow.from === to)
      .map(arrow => arrow.task)
      .sort(),
  ).toEqual(['cap', 'drive'])
})

test('start to start after two days splits the predecessor there', () => {
  const { diagram } = arrowsOf(plan([task('a', 5), task('b', 5)], [link('a SS b', 2)]))
  expect(diagram.arrows.filter(arrow => arrow.task === 'a')).toHaveLength(2)
})

test('half done is half way along the arrow', () => {
  const made = plan([task('a', 4, { percentComplete: 50 }), task('b', 1)], [link('a FS b')])
  const { arrows, diagram, schedule } = arrowsOf(made)
  const [first] = schedule.tasks
  const status = first!.finish
  const line = frontLine(diagram, arrows.tasks, arrows.reached, status)
  const point = line.find(each => each.task === 'a')
  expect(point?.time).toBeLessThan(status)
  expect(point?.time).toBeGreaterThan(at('2024-03-04T08:00'))
})
