// The axis of the portfolio: marks at round months, few enough that their words never touch, however long the projects.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProjectLine } from './project-line.ts'
import { axisOf, LATE } from './timeline-axis.ts'

const day = (days: number) => new Date(Date.UTC(2020, 0, 1) + days * 86_400_000).toISOString().slice(0, 10)
const line = (start: number, length: number): ProjectLine => ({
  id: '',
  name: '',
  company: '',
  health: 'good',
  start: day(start),
  contract: day(start + length),
  forecast: day(start + length),
  progress: 0,
  plan: null,
  critical: 0,
  milestone: null,
  warnings: 0,
})

test('words keep a fifth of the axis apart and stay on it', () => {
  fc.assert(
    fc.property(fc.nat(4000), fc.integer({ min: 1, max: 15_000 }), (start, length) => {
      const { ticks } = axisOf([line(start, length)], day(start + Math.floor(length / 2)))
      expect(ticks.length).toBeLessThan(8)
      for (const tick of ticks) expect(tick.at >= 0 && tick.at <= 1).toBe(true)
      const words = ticks.filter(tick => tick.at <= LATE)
      for (const [i, tick] of words.slice(1).entries()) expect(tick.at - words[i]!.at).toBeGreaterThan(0.19)
      for (const tick of ticks) expect(tick.label).toMatch(/^\d{4}-\d{2}$/)
    }),
  )
})
