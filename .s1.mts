import { session } from './.shot.mts'
const { browser, page, base } = await session('planner', { lang: 'zh' })
await page.screenshot({ path: '/tmp/pg/home0.png' })
await page.goto(base + '/schedule/plan'); await page.waitForTimeout(2500)
await page.screenshot({ path: '/tmp/pg/plans.png' })
const r = await page.evaluate(async () => { const a = await fetch('/api/v1/plan/query', { method: 'POST', headers: { 'content-type': 'application/json', 'x-yingzao-client': 'web' }, body: JSON.stringify({ fields: ['name','task_count'] }) }); return a.json() })
console.log(JSON.stringify(r).slice(0, 800))
const id = r.items[0].id
await page.goto(base + '/schedule/plan/' + id); await page.waitForTimeout(5000)
await page.screenshot({ path: '/tmp/pg/gantt.png' })
await browser.close()
