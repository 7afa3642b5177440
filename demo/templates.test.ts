// The demo's templates are what a PMO would keep: they read, lay out and compute, in both languages.
import { expandTemplate, readTemplate, templatePlan } from '@yingzao/engines/plan-template'
import { compute } from '@yingzao/engines/schedule'
import { describe, expect, test } from 'vitest'
import { templates } from './plan/templates.ts'

describe.each(['zh', 'en'] as const)('%s', lang => {
  test.each(templates)('$type: it reads, lays out as one network and has no loose ends', ({ content }) => {
    const read = readTemplate(JSON.parse(JSON.stringify(content(lang))))
    if (!read.ok) throw new Error(JSON.stringify(read.fault))
    let last = 0
    const laid = expandTemplate(read.template, {}, () => `${++last}`)
    if (!laid.ok) throw new Error(JSON.stringify(laid.error))
    const plan = templatePlan({ ...read.template, ...laid.plan }, '', 20_000 * 1440)
    const outcome = compute(plan)
    expect(outcome.ok).toBe(true)
    const [from, to] = [new Set(plan.links.map(each => each.from)), new Set(plan.links.map(each => each.to))]
    const loose = plan.tasks.filter(({ id, kind }) => kind !== 'summary' && (!from.has(id) || !to.has(id)))
    // The first milestone and the last.
    expect(loose).toHaveLength(2)
  })
})
