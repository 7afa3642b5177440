// An import never moves a date silently: stored and computed values are compared and each difference gets its reason.
import { expect, test } from 'vitest'
import { checkAgainstStored } from './index.ts'
import { at, DAY, link, plan, scheduled, task } from './testing/plan-maker.ts'

test('a plan that agrees with its file has no differences', () => {
  const stored = { start: at('2024-03-04T08:00'), finish: at('2024-03-05T17:00'), totalFloat: 0.2, critical: true }
  const input = plan([task('a', 2, { stored }), task('b', 1)])
  const check = checkAgainstStored(input, scheduled(input))
  expect([check.tasks, check.agreeing, check.differences]).toEqual([1, 1, []])
  expect(check.fields.start).toEqual({ compared: 1, equal: 1, sameMoment: 0 })
  expect(check.fields.earlyStart.compared).toBe(0)
})

test('Friday evening and Monday morning are listed as the same moment of work', () => {
  const stored = { finish: at('2024-03-11T08:00') }
  const input = plan([task('a', 5, { stored })])
  const check = checkAgainstStored(input, scheduled(input))
  expect(check.agreeing).toBe(1)
  expect(check.differences).toEqual([
    {
      task: 'a',
      field: 'finish',
      stored: stored.finish,
      computed: at('2024-03-08T17:00'),
      reason: { kind: 'same_moment' },
    },
  ])
})

test('a difference names what holds our date, and those behind it name the task they follow', () => {
  const wrong = { start: at('2024-03-11T08:00') }
  const input = plan(
    [task('a', 2, { stored: wrong }), task('b', 1, { stored: { ...wrong, totalFloat: DAY } })],
    [link('a FS b')],
  )
  const check = checkAgainstStored(input, scheduled(input))
  expect([check.tasks, check.agreeing]).toEqual([2, 0])
  expect(check.differences.map(({ task, field, reason }) => [task, field, reason])).toEqual([
    ['a', 'start', { kind: 'computed', why: { kind: 'project_start' } }],
    ['b', 'start', { kind: 'follows', task: 'a' }],
    ['b', 'totalFloat', { kind: 'computed', why: { kind: 'project_finish' } }],
  ])
})

test('inactive and external tasks are not compared', () => {
  const stored = { start: at('2020-01-01T08:00') }
  const input = plan([task('a', 2, { stored, inactive: true }), task('b', 2, { stored, external: true })])
  expect(checkAgainstStored(input, scheduled(input)).tasks).toBe(0)
})
