// The plan as an arrow network: opened from the Gantt, walked along its links by keyboard, on paper, as a picture and as a drawing.

import { readFileSync } from 'node:fs'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

let app: TestApp
let browser: Browser
let planner: Person
let plan: string

beforeAll(async () => {
  app = await testApp({ web: builtWeb })
  browser = await launchBrowser()
  const pmo = await app.as('pmo')
  const project = await pmo.entity('project').create({
    name: '云溪路站',
    type: 'rail',
    company: app.company,
    start_on: '2026-03-02',
    finish_on: '2026-03-31',
  })
  planner = await app.as('planner', { at: { kind: 'project', id: project.id }, name: '何清扬' })
  plan = String(
    (await planner.entity('plan').create({ name: '总进度计划', project: project.id, start_on: '2026-03-02' })).id,
  )
  const task = (id: string, name: string, days: number) => ({
    kind: 'task.add',
    task: { id, name, kind: 'task', duration: days * 480, constraint: { type: 'asap' } },
  })
  const link = (from: string, to: string) => ({
    kind: 'link.add',
    link: { id: crypto.randomUUID(), from, to, type: 'FS', lag: { kind: 'working', minutes: 0 } },
  })
  const [dig, drain, base, wall] = Array.from({ length: 4 }, () => crypto.randomUUID())
  const edits = [
    task(dig ?? '', '土方开挖', 10),
    task(drain ?? '', '降水', 5),
    task(base ?? '', '底板混凝土', 8),
    task(wall ?? '', '侧墙', 9),
    link(dig ?? '', base ?? ''),
    link(drain ?? '', base ?? ''),
    link(base ?? '', wall ?? ''),
  ]
  await planner.entity('plan').run(plan, 'edit', { edits, base: 0 })
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
})

test('from the Gantt to the network and along it by keyboard', async () => {
  const { page, go, calm, accessible, close } = await sit(browser, app, planner)
  await go(`/schedule/plan/${plan}`)
  // The ways to look at a plan are tabs: arrows walk them, the address keeps the one that is open.
  const tabs = page.getByRole('tab')
  await page.getByRole('tab', { name: '横道图' }).focus()
  const names = (await tabs.allInnerTexts()).map(each => each.trim())
  for (let at = names.indexOf('横道图') + 1; at <= names.indexOf('网络图'); at++) {
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => tabs.nth(at).evaluate(tab => tab === document.activeElement)).toBe(true)
  }
  await expect.poll(() => page.url()).toContain('tab=network')
  await expect.poll(() => page.getByRole('tab', { name: '网络图' }).getAttribute('aria-selected')).toBe('true')
  const dig = page.getByRole('button', { name: /^土方开挖，/ })
  await dig.waitFor()
  // Excavation and drainage begin and end together: a dummy tells them apart, and drainage waits five days in a wave.
  await expect.poll(() => page.locator('.yz-net-node circle').count()).toBe(5)
  expect(await page.locator('.yz-net-dummy .yz-net-line[d^="M"]').count()).toBe(1)
  await dig.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('.yz-net-about').innerText()).toContain('底板混凝土')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.locator('.yz-net-about').innerText()).toContain('侧墙')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.locator('.yz-net-about').innerText()).toContain('底板混凝土')
  await accessible()
  calm()
  await close()
})

test('the network is printed and saved as a picture and a drawing; a phone shows it too', async () => {
  const { page, go, calm, close } = await sit(browser, app, planner, { lang: 'en' })
  await page.addInitScript('window.print = () => {}')
  await go(`/schedule/plan/${plan}?tab=network`)
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  await choose('Print or PDF, A4 landscape')
  await expect.poll(() => page.locator('.yz-net-print svg > title').count()).toBe(1)
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBe(1)
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect.poll(() => page.locator('.yz-net-print').count()).toBe(0)
  // The picture is twice as sharp as the screen, and Chinese words stand in it: the title alone darkens its corner.
  const [picture] = await Promise.all([page.waitForEvent('download'), choose('Whole as PNG')])
  expect(picture.suggestedFilename()).toBe('总进度计划.png')
  const png = readFileSync(await picture.path())
  expect(png.readUInt32BE(20)).toBeGreaterThan(400)
  const dark = await page.evaluate(async content => {
    const bytes = Uint8Array.from(atob(content), letter => letter.charCodeAt(0))
    const drawn = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const canvas = new OffscreenCanvas(240, 80)
    const pen = canvas.getContext('2d')
    pen?.drawImage(drawn, 0, 0)
    const pixels = pen?.getImageData(0, 0, 240, 80).data ?? []
    let count = 0
    for (let i = 0; i < pixels.length; i += 4) if ((pixels[i] ?? 255) < 128) count++
    return count
  }, png.toString('base64'))
  expect(dark).toBeGreaterThan(300)
  const [download] = await Promise.all([page.waitForEvent('download'), choose('Whole as SVG')])
  expect(download.suggestedFilename()).toBe('总进度计划.svg')
  const drawing = readFileSync(await download.path(), 'utf8')
  expect(drawing).toContain('底板混凝土')
  expect(drawing).not.toContain('class="yz-net-touch" d=""')
  calm()
  await close()
  const phone = await sit(browser, app, planner, { phone: true, dark: true })
  await phone.go(`/schedule/plan/${plan}?tab=network`)
  await phone.page.getByRole('button', { name: /^土方开挖，/ }).waitFor()
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await phone.accessible()
  await phone.page.getByRole('tab', { name: '横道图' }).click()
  await phone.page.locator('.yzg-row').first().waitFor()
  await expect.poll(() => phone.page.url()).not.toContain('tab=')
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  // Everything one can do to the plan is behind one button that is in view.
  const more = await phone.page.getByRole('button', { name: '更多操作' }).boundingBox()
  expect((more?.x ?? 390) + (more?.width ?? 0)).toBeLessThanOrEqual(390)
  await phone.accessible()
  phone.calm()
  await phone.close()
})
