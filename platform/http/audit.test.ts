// The audit export over HTTP: the whole sealed history for administrators of everything, which the offline check finds untouched.
import { verifyAudit } from '@yingzao/kernel/change/verify'
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app?.close())

async function* linesOf(text: string) {
  for (const line of text.split('\n')) if (line) yield line
}
const fetched = async (person: Awaited<ReturnType<TestApp['as']>>) =>
  await person.transport.fetch('GET', '/audit/export', { headers: { accept: '*/*' } })

test('an administrator downloads the history, it verifies, and the download stands in it', async () => {
  const administrator = await app.as('administrator', { name: '罗亚东' })
  await fetched(administrator)
  // Sealing follows the writes; the second export holds the first one's line.
  await vi.waitFor(
    async () => {
      const answer = await fetched(administrator)
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="yingzao-audit-.*\.ndjson"$/)
      const text = await answer.text()
      expect(await verifyAudit(linesOf(text))).toMatchObject({ ok: true, first: null })
      expect(text).toContain('"action":"audit_export"')
      expect(text).toContain('罗亚东')
      expect(await verifyAudit(linesOf(text.replace('罗亚东', '罗亚西')))).toMatchObject({ ok: false })
    },
    { timeout: 30_000, interval: 100 },
  )
})

test('nobody else: a PMO, an administrator of a part, a stranger', async () => {
  const part = await app.as('administrator', { name: '分公司管理员' })
  const [holding] = (await part.entity('role_holding').list({ filter: { user: { eq: part.user } } })).items
  const branch = await part.entity('org_unit').create({ name: '分公司', type: 'company', parent: app.company })
  await part.entity('role_holding').patch(holding?.id ?? '', holding?.version ?? 0, { at_id: branch.id })
  for (const person of [part, await app.as('pmo')])
    await expect(fetched(person)).rejects.toMatchObject({ code: 'access.denied' })
  await expect(app.nobody.transport.fetch('GET', '/audit/export')).rejects.toMatchObject({ code: 'auth.required' })
})
