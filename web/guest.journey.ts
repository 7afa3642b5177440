// 外部协作: invited from the screen, a supervisor opens the letter on his phone, enters the code, signs and confirms; whoever invited
// him sees it.

import { contractSite } from '@yingzao/modules/contract/testing/site'
import { openMailer } from '@yingzao/platform/inbox/mail'
import { type TestApp, testApp } from '@yingzao/platform/testing'
import { launchBrowser } from '@yingzao/platform/testing/browser'
import type { Browser } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtWeb, sit } from './testing/browse.ts'

const letters: string[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      const raw = Buffer.concat(parts).toString('latin1')
      const coded = /base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(raw)?.[1]
      letters.push(coded ? Buffer.from(coded, 'base64').toString() : raw.replace(/=\r?\n/g, '').replace(/=3D/g, '='))
      done()
    })
  },
})
const found = (pattern: RegExp) =>
  expect.poll(() => letters.findLast(each => pattern.test(each))?.match(pattern)?.[1]).toBeTruthy()
const last = (pattern: RegExp): string => letters.findLast(each => pattern.test(each))?.match(pattern)?.[1] ?? ''

let app: TestApp
let browser: Browser
beforeAll(async () => {
  await new Promise<void>(ready => smtp.listen(0, '127.0.0.1', ready))
  const address = smtp.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const mailer = openMailer(`smtp://127.0.0.1:${port}`, '营造 <yingzao@example.cn>')
  app = await testApp({ web: builtWeb, post: { mailer, url: 'https://yz.example.cn', product: '营造', together: 40 } })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await app?.close()
  await new Promise<void>(done => smtp.close(done))
})

test('invited on the screen, confirmed on a phone by a link and a code, seen by the inviter', async () => {
  const site = await contractSite(app)
  const agreed = await site.agree('109000.00')
  const made = await site.change(
    agreed,
    [{ name: '抽水台班', unit: '台班', qty: '4', price: '545', item: site.item }],
    {
      description: '连续暴雨，基坑积水，24 日至 27 日抽水',
    },
  )
  const desk = await sit(browser, app, site.keeper)
  await desk.go(`/contract/variation/${made.id}`)
  await desk.page.getByRole('tab', { name: '外部' }).click()
  await desk.page.getByRole('button', { name: '邀请外部确认' }).click()
  const dialog = desk.page.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('李工')
  await dialog.getByLabel('邮箱').fill('li@example.cn')
  await dialog.getByLabel('附言').fill('请核对台班数量')
  await dialog.getByText('对方看到的内容').click()
  await desk.accessible()
  await dialog.getByRole('button', { name: '发送邀请' }).click()
  await desk.said('邀请已发给 li@example.cn')
  await desk.page.getByText('尚未打开').waitFor()

  await found(/\/guest(#yzg_[\w-]+)/)
  const guest = await sit(browser, app, null, { phone: true })
  const { page } = guest
  await page.goto(`${app.url}/guest${last(/\/guest(#yzg_[\w-]+)/)}`)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await page.getByLabel('6 位验证码').waitFor()
  await guest.accessible()
  await found(/\b(\d{6})\b\s/)
  await page.getByLabel('6 位验证码').fill(last(/\b(\d{6})\b\s/))
  await page.getByRole('button', { name: '进入', exact: true }).click()
  await page.getByText('请核对台班数量').waitFor()
  await page.getByText('抽水台班').waitFor()
  // In English as well as in Chinese, without losing the place.
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('More or less by').waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('button', { name: '确认变更签证' }).click()
  const pad = page.getByRole('img', { name: /签名/ })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no sheet to sign on')
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 200, box.y + 100, { steps: 6 })
  await page.mouse.up()
  await guest.accessible()
  await page.getByRole('button', { name: '确认变更签证' }).click()
  await page.getByText('已记录，谢谢。').waitFor()
  await guest.accessible()
  guest.calm()

  await desk.page
    .getByRole('img', { name: '李工 · 单位' })
    .or(desk.page.getByAltText(/李工.*的签名/))
    .first()
    .waitFor()
  await desk.page.getByText('已确认').first().waitFor()
  await desk.accessible()
  desk.calm()
  await guest.close()
  await desk.close()
})
