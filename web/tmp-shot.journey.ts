import { loadDemo } from '@yingzao/demo/load'
import { plan } from '@yingzao/modules/schedule/plan.entity'
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import { test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

test('shots', async () => {
  const app: TestApp = await testApp({ web: builtWeb })
  const browser = await launchBrowser()
  const admin = await app.as('administrator')
  await loadDemo({
    lang: process.env.LANG_ === 'en' ? 'en' : 'zh',
    today: '2026-11-21',
    as: async user => (user === null ? admin : app.again({ ...admin, user: user as typeof admin.user, name: user })),
    setPassword: async () => {},
    say: () => {},
  })
  const pm = await admin.entity('user').list({ filter: { login: { eq: 'pm' } } })
  const person = await app.again({ ...admin, user: pm.items[0]?.id as typeof admin.user, name: 'pm', cookie: '' })
  const plans = await person.entity(plan).list({ sort: ['-task_count'] })
  const id = plans.items[0]!.id
  const out = '/tmp/shots'
  for (const [name, at] of Object.entries({
    zh: { lang: 'zh' },
    en: { lang: 'en' },
    dark: { lang: 'zh', dark: true },
    phone: { lang: 'zh', phone: true },
    phoneEn: { lang: 'en', phone: true, dark: true },
  } as const).filter(([n]) => !process.env.ONLY || process.env.ONLY.split(',').includes(n))) {
    const d = await sit(browser, app, person, at as never)
    await d.go(`/schedule/plan/${id}?tab=resources`)
    await d.page.locator('.yz-res-heat td button').first().waitFor()
    await d.page.waitForTimeout(500)
    await d.page.locator('.yz-res-heat td[data-level="5"] button').first().click()
    await d.page.waitForTimeout(300)
    await d.page.screenshot({ path: `${out}/${name}-load.png` })
    await d.accessible().catch(e => console.log(name, 'axe load', String(e).slice(0, 1500)))
    await d.page.locator('.yz-res-head .ant-segmented-item').nth(1).click()
    await d.page.screenshot({ path: `${out}/${name}-ask.png` })
    await d.page.locator('.yz-res-go .ant-btn-primary').click()
    await d.page.waitForTimeout(2500)
    await d.page.screenshot({ path: `${out}/${name}-running.png` })
    await d.page.locator('.yz-res-proposal').waitFor()
    await d.page.screenshot({ path: `${out}/${name}-proposal.png` })
    await d.page.locator('.yz-res-moves tbody .ant-checkbox-input').nth(1).click()
    await d.page.waitForTimeout(300)
    await d.accessible().catch(e => console.log(name, 'axe prop', String(e).slice(0, 1500)))
    await d.page.locator('.yz-res').evaluate(e => e.scrollTo(0, 99999))
    await d.page.screenshot({ path: `${out}/${name}-part.png` })
    try {
      d.calm()
    } catch (e) {
      console.log(name, String(e).slice(0, 800))
    }
    await d.close()
  }
  await browser.close()
  await app.close()
})
