// 附件 of documents: papers come and go while it is a draft; once submitted they are only added.
import { allow, defineModule, entity, f } from '@yingzao/kernel/entity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFailure } from '../client/index.ts'
import { type Person, type TestApp, testApp } from '../testing/app.ts'

const gatePass = entity('gate_pass', {
  label: { zh: '出门单', en: 'Gate pass' },
  kind: 'document',
  title: 'goods',
  number: 'CM-{yyyy}{mm}-{seq:4}',
  fields: {
    goods: f.text({ zh: '物品', en: 'Goods' }, { required: true }),
    company: f.orgUnit({ zh: '公司', en: 'Company' }, { required: true }),
    remark: f.text({ zh: '备注', en: 'Remark' }, { open: true }),
  },
  place: { company: 'company' },
  access: [allow('gate_clerk', 'read create update submit'), allow('gate_guard', 'read')],
})
const gate = defineModule({
  name: 'gate',
  label: { zh: '门卫', en: 'Gate' },
  entities: [gatePass],
  roles: {
    gate_clerk: { label: { zh: '开单员', en: 'Clerk' }, at: ['company'] },
    gate_guard: { label: { zh: '门卫', en: 'Guard' }, at: ['company'] },
  },
})

let app: TestApp
let clerk: Person
let guard: Person
beforeAll(async () => {
  app = await testApp({ modules: [gate] })
  clerk = await app.as('gate_clerk')
  guard = await app.as('gate_guard')
})
afterAll(() => app?.close())

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFailure(error) ? error.code : String(error)),
  )
const paper = (words: string) => new Blob([words], { type: 'text/plain' })

test('papers of a draft come and go; to an effective document they are added and never taken away', async () => {
  const papers = clerk.entity('gate_pass').attachments
  const made = await clerk.entity('gate_pass').create({ goods: '钢管', company: app.company })
  const wrong = await papers.add(made.id, paper('wrong'), 'wrong.txt')
  await papers.remove(made.id, wrong.id)
  const signed = await papers.add(made.id, paper('signed'), 'signed.txt')

  await clerk.entity('gate_pass').run(made.id, 'submit')
  const effective = await clerk.entity('gate_pass').get(made.id)
  expect(effective).toMatchObject({ state: 'effective', _can: expect.arrayContaining(['attach']) })
  await papers.add(made.id, paper('receipt'), 'receipt.txt')
  // Its remark is still open to change, its papers are not.
  expect(await codeOf(papers.remove(made.id, signed.id))).toBe('discussion.kept')
  expect((await papers.list(made.id)).map(each => each.name)).toEqual(['signed.txt', 'receipt.txt'])

  const read = await guard.entity('gate_pass').get(made.id)
  expect(read._can).not.toContain('attach')
  expect(await codeOf(guard.entity('gate_pass').attachments.add(made.id, paper('x'), 'x.txt'))).toBe('access.denied')
})
