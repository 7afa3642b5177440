// One paper is paid once: to who laid the money out, or under its contract, whichever came first.
import { type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { expenseItem } from '../cost-item/cost-item.entity.ts'
import { invoiceNo, invoiceSite, ourCompany } from '../invoice/testing/site.ts'
import { claim } from './claim.entity.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
  await ourCompany(app)
})
afterAll(() => app?.close())

const fault = (path: string, code: string, message: unknown) => ({
  problem: { errors: [expect.objectContaining({ path, code, message })] },
})

test('an invoice under a contract is not claimed, a claimed one is not paid under a contract, a loose one may be claimed', async () => {
  const at = await invoiceSite(app)
  const finance = await app.as('finance')
  const { id: expense_item } = await finance.entity(expenseItem).create({ code: 'F9', name: '材料零购' })
  await app.as('department_head', { at: { kind: 'company', id: app.company } })
  const engineer = await app.as('foreman', { at: { kind: 'company', id: app.company } })
  const spent = (invoice_no: string) =>
    engineer.entity(claim).create({ name: '垫付材料款', lines: [{ expense_item, amount: '109.00', invoice_no }] })

  const registered = await at.write('in', { lines: [at.line('109.00')] })
  await at.approve(registered.id)
  await expect(spent(registered.invoice_no)).rejects.toMatchObject(
    fault('lines.0.invoice_no', 'claim.invoice_of_contract', expect.stringContaining('合同')),
  )
  const loose = await at.write('in', { contract: null, project: at.project, lines: [at.line('109.00')] })
  await at.approve(loose.id)
  await spent(loose.invoice_no)

  const paper = invoiceNo()
  const mine = await spent(paper)
  const draft = await at.write('in', { invoice_no: paper, lines: [at.line('109.00')] })
  await engineer.entity(claim).run(mine.id, 'submit')
  const said = fault('invoice_no', 'claim.invoice_of_claim', expect.stringMatching(/报销单 BX-/))
  await expect(at.approve(draft.id)).rejects.toMatchObject(said)
  await expect(at.write('in', { invoice_no: paper })).rejects.toMatchObject({ problem: { status: 422 } })
  await engineer.entity(claim).run(mine.id, 'withdraw')
  expect(await at.approve(draft.id)).toBeDefined()

  // Written side by side and handed in at once, by two people: one is told so.
  const other = await app.as('foreman', { at: { kind: 'company', id: app.company } })
  const shared = invoiceNo()
  const both = [
    await spent(shared),
    await other.entity(claim).create({ name: '又报', lines: [{ expense_item, amount: '109.00', invoice_no: shared }] }),
  ]
  const handed = await Promise.allSettled([
    engineer.entity(claim).run(both[0]?.id ?? '', 'submit'),
    other.entity(claim).run(both[1]?.id ?? '', 'submit'),
  ])
  expect(handed.map(each => each.status).sort()).toEqual(['fulfilled', 'rejected'])
})
