// Takes the pictures of the README from a running demo: `npx tsx docs/picture/shoot.ts http://127.0.0.1:8787 zh PASSWORD`.
import { fileURLToPath } from 'node:url'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const [url = '', lang = 'zh', password = ''] = process.argv.slice(2)
const words = {
  zh: { fit: '适合窗口', locale: 'zh-CN' },
  en: { fit: 'Fit', locale: 'en-GB' },
}[lang === 'en' ? 'en' : 'zh']

const browser = await launchBrowser()
try {
  const context = await browser.newContext({ locale: words.locale, viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await signIn(page, 'boss')
  await page.waitForTimeout(2500)
  await keep(page, 'home')
  await context.clearCookies()
  await signIn(page, 'planner')
  const plans: { items: { id: string; task_count: number }[] } = await (
    await page.request.get(`${url}/api/v1/plan`)
  ).json()
  const largest = plans.items.sort((a, b) => b.task_count - a.task_count)[0]
  await page.goto(`${url}/schedule/plan/${largest?.id}`)
  await page.getByRole('button', { name: words.fit }).first().click()
  await page.waitForTimeout(1500)
  const chart = await page.locator('canvas').last().boundingBox()
  if (!chart) throw new Error('no timeline')
  // Down to the critical works of next year, closer, and the pointer asks one bar for its reason.
  await page.mouse.move(chart.x + chart.width * 0.68, chart.y + 300)
  await page.mouse.wheel(0, 2130)
  await page.waitForTimeout(500)
  await page.keyboard.down('Control')
  for (let step = 0; step < 3; step++) await page.mouse.wheel(0, -120)
  await page.keyboard.up('Control')
  await page.waitForTimeout(800)
  const bar = await criticalBar(page, chart)
  if (bar) await page.mouse.move(bar.x, bar.y, { steps: 4 })
  await page.waitForTimeout(900)
  await keep(page, 'gantt')
} finally {
  await browser.close()
}

async function signIn(page: Page, login: string): Promise<void> {
  await page.goto(url)
  await page.locator('input').first().fill(login)
  await page.locator('input[type=password]').fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation').first().waitFor()
  await page.waitForLoadState('networkidle')
}

async function keep(page: Page, name: string): Promise<void> {
  const file = fileURLToPath(new URL(`${name}-${lang}.png`, import.meta.url))
  await sharp(await page.screenshot())
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(file)
}

/** The canvas has no elements to ask: a wide reddish stretch not too far down is a critical bar. */
async function criticalBar(page: Page, area: { x: number; y: number; width: number; height: number }) {
  const { data, info } = await sharp(await page.screenshot())
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  for (let y = Math.round(area.y + 160); y < area.y + area.height * 0.7; y++) {
    for (let x = Math.round(area.x), run = 0; x < Math.min(area.x + area.width, info.width) - 20; x++) {
      const at = (y * info.width + x) * 3
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]]
      run = r > 220 && g < 200 && b < 200 && r - g > 40 ? run + 1 : 0
      if (run >= 14) return { x: x - 7, y: y + 4 }
    }
  }
  return undefined
}
