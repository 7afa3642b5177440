import { launchBrowser } from '/work/wt/pages/platform/testing/browser.ts'
const port = process.env.PORT!
const base = `http://127.0.0.1:${port}`
export async function session(login: string, opts: { lang?: 'zh'|'en', theme?: 'light'|'dark', phone?: boolean } = {}) {
  const { lang = 'zh', theme = 'light', phone = false } = opts
  const browser = await launchBrowser()
  const context = await browser.newContext({ locale: lang === 'zh' ? 'zh-CN' : 'en-US', viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 }, hasTouch: phone, isMobile: phone, colorScheme: theme })
  const page = await context.newPage()
  page.on('console', m => { if (m.type() === 'error' || m.type()==='warning') console.log('CONSOLE', m.type(), m.text().slice(0, 300)) })
  page.on('pageerror', e => console.log('PAGEERROR', e.message.slice(0, 500)))
  await page.addInitScript(([l, t]) => { localStorage.setItem('yingzao.lang', l!); localStorage.setItem('yingzao.theme', t!) }, [lang, theme])
  await page.goto(base)
  await page.waitForSelector('input[type=password]', { timeout: 30000 })
  const inputs = page.locator('input')
  await inputs.nth(0).fill(login)
  await page.fill('input[type=password]', 'Demo-2026-pass')
  await page.keyboard.press('Enter')
  await page.waitForSelector('main', { timeout: 30000 })
  await page.evaluate(async ([l,t]) => { await fetch('/api/v1/session', { method: 'PATCH', headers: { 'content-type': 'application/json', 'x-yingzao-client': 'web' }, body: JSON.stringify({ lang: l, theme: t }) }) }, [lang, theme])
  await page.reload(); await page.waitForSelector('main')
  return { browser, page, base }
}
