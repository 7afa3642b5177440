// What axe-core finds serious or critical on a page as it stands now.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Runs in the page, where these projects know no DOM: hence a string, as below. */
const rest = `Promise.allSettled(document.getAnimations()
  .filter(each => Number.isFinite(Number(each.effect?.getComputedTiming().endTime)))
  .map(each => each.finished)).then(() => {})`

interface Violation {
  readonly id: string
  readonly impact: string
  readonly where: readonly string[]
}

/**
 * Fails with the elements that break WCAG 2.2 AA. What moves comes to rest first: half faded in, every text is too faint.
 * What merely waits for an answer is judged as it is, because it may stand like that for long.
 */
export async function accessible(page: Page): Promise<void> {
  await page.evaluate(rest)
  await page.evaluate(axe)
  const found: Violation[] = await page.evaluate(`
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(result =>
      result.violations
        .filter(each => each.impact === 'serious' || each.impact === 'critical')
        .map(each => ({ id: each.id, impact: each.impact, where: each.nodes.slice(0, 5).map(node => node.html.slice(0, 200) + ' :: ' + node.failureSummary) })))`)
  expect(found).toEqual([])
}
