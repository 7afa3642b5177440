// Companies we deal with: who they are, what runs out, who is on the blacklist, who was registered twice.
import type { PlainDate } from '@yingzao/kernel/entity'
import { systemContext } from '@yingzao/platform/http/context'
import { type Person, type TestApp, testApp } from '@yingzao/platform/testing/app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { coreOf, likeness } from './alike.ts'
import type { AlikePair } from './alike-shape.ts'
import { counterparty } from './counterparty.entity.ts'
import { demandContractable } from './public.ts'
import { standing } from './standing.jobs.ts'
import { creditCode } from './testing/credit-code.ts'

let app: TestApp
let finance: Person
let now = new Date('2026-03-02T01:00:00Z')
const people: Person[] = []
beforeAll(async () => {
  app = await testApp({ now: () => now })
  finance = await as('finance')
})
afterAll(() => app?.close())
async function as(role: string): Promise<Person> {
  const person = await app.as(role)
  people.push(person)
  return person
}
async function at(moment: string): Promise<void> {
  now = new Date(moment)
  for (const each of people) Object.assign(each, await app.again(each))
}
const supplier = (name: string, more: object = {}) =>
  finance
    .entity(counterparty)
    .create({ name, roles: ['supplier'], taxpayer: 'general', credit_code: creditCode(), ...more })
const refused = (code: string) => ({ problem: { code } })
const atFault = (path: string, code: string) => ({ problem: { errors: [{ path, code }] } })

describe('who they are', () => {
  test('a credit code with a slip of the pen is refused at its field; small letters and spaces are put right', async () => {
    const right = creditCode()
    const wrong = `${right.slice(0, 17)}${right.endsWith('0') ? '1' : '0'}`
    await expect(supplier('云州建材有限公司', { credit_code: wrong })).rejects.toMatchObject(
      atFault('credit_code', 'counterparty.credit_code'),
    )
    const made = await supplier('云州建材有限公司', {
      credit_code: ` ${right.slice(0, 9).toLowerCase()} ${right.slice(9)}`,
    })
    expect(made.credit_code).toBe(right)
  })

  test('a code is registered once, and one company may be client and supplier', async () => {
    const credit_code = creditCode()
    const made = await supplier('云州置业有限公司', { credit_code, roles: ['client', 'supplier'] })
    expect(made.roles).toEqual(['client', 'supplier'])
    await expect(supplier('云州置业', { credit_code })).rejects.toMatchObject(atFault('credit_code', 'field.unique'))
  })

  test('a natural person has no credit code; a company must have one', async () => {
    const person = { name: '王大力', roles: ['labour'], taxpayer: 'person' } as const
    const made = await finance.entity(counterparty).create({ ...person, identity_no: '110101199003071234' })
    expect(made.credit_code).toBeNull()
    await expect(
      finance.entity(counterparty).create({ name: '无代码公司', roles: ['supplier'], taxpayer: 'small' }),
    ).rejects.toMatchObject(atFault('credit_code', 'field.required'))
  })

  test('of two accounts one is the default', async () => {
    const account = (number: string) => ({ bank: '云州银行', number, main: true })
    await expect(
      supplier('双户公司', { accounts: [account('6222020000001111'), account('6222020000002222')] }),
    ).rejects.toMatchObject(atFault('accounts', 'counterparty.two_default_accounts'))
  })
})

describe('what others may see', () => {
  test('a masked number is seen whole by who may ask for it, one at a time, and the history says who did', async () => {
    const accounts = [{ bank: '云州银行城北支行', number: '6222020200098765432' }]
    const made = await supplier('云州打码有限公司', { accounts, phone: '13812345678' })
    const [line] = made.accounts
    const [legal, engineer, keeper] = [await as('legal'), await as('cost_engineer'), await as('storekeeper')]
    const ask = (who: Person, field: string, id = line?.id) => who.entity(counterparty).unmask(made.id, field, id)

    expect((await legal.entity(counterparty).get(made.id)).accounts[0]?.number).toBe('****5432')
    expect(await ask(legal, 'accounts.number')).toBe('6222020200098765432')
    const [told] = await finance.entity(counterparty).history(made.id)
    expect(told).toMatchObject({
      ...{ op: 'action', action: 'unmask', unmasked: 'accounts.number', by: { id: legal.user }, diff: [] },
    })
    expect(JSON.stringify(await finance.entity(counterparty).history(made.id))).not.toContain('98765432')

    // Who sees it anyway leaves no trace; who only sees it masked, or not at all, does not get it.
    expect(await ask(finance, 'accounts.number')).toBe('6222020200098765432')
    await expect(ask(engineer, 'accounts.number')).rejects.toMatchObject(refused('access.denied'))
    await expect(ask(keeper, 'accounts.number')).rejects.toMatchObject(refused('access.denied'))
    await expect(ask(keeper, 'phone')).rejects.toMatchObject(refused('access.denied'))
    await expect(ask(legal, 'accounts.nothing')).rejects.toMatchObject(refused('access.denied'))
    await expect(ask(legal, 'version')).rejects.toMatchObject(refused('access.denied'))
    await expect(ask(legal, 'accounts.number', made.id)).rejects.toMatchObject(refused('record.not_found'))
    expect(await finance.entity(counterparty).history(made.id)).toHaveLength(2)
    expect(await legal.entity(counterparty).get(made.id)).toMatchObject({
      _masked: ['identity_no', 'accounts.number'],
    })
    expect((await legal.entity(counterparty).get(made.id))._can).toContain('unmask')
    expect((await engineer.entity(counterparty).get(made.id))._can).not.toContain('unmask')
  })

  test('account numbers: finance and cashier whole, cost engineers the last four, a foreman none; never in a file', async () => {
    const number = '6222020212345678'
    const made = await supplier('有账号公司', {
      accounts: [{ bank: '云州银行云溪支行', number, main: true }],
      phone: '13812345678',
    })
    const seen = async (role: string) => {
      const record = await (await as(role)).entity(counterparty).get(made.id)
      return record.accounts[0]?.number
    }
    expect(await seen('finance')).toBe(number)
    expect(await seen('cashier')).toBe(number)
    expect(await seen('cost_engineer')).toBe('****5678')
    const pmo = await as('pmo')
    const file = await (await pmo.entity(counterparty).exportFile('csv')).text()
    expect(file).toContain('有账号公司')
    expect(file).not.toContain(number)
    expect(file).not.toContain('5678,')
    const project = await pmo
      .entity('project' as string)
      .create({ name: '工地', type: 'building', company: app.company })
    const foreman = await app.as('foreman', { at: { kind: 'project', id: project.id } })
    const record: Readonly<Record<string, unknown>> = await foreman.entity(counterparty).get(made.id)
    expect(record).toMatchObject({ name: '有账号公司' })
    expect(JSON.stringify(record)).not.toContain('5678')
    expect(record).not.toHaveProperty('phone')
    await expect(foreman.entity(counterparty).create({ name: 'x', roles: ['labour'] })).rejects.toMatchObject(
      refused('access.denied'),
    )
  })
})

describe('qualifications', () => {
  const until = (valid_to: PlainDate | null) => ({ kind: 'safety', name: '安全生产许可证', valid_to }) as const

  test('warn a month ahead and are expired the day after the last; the morning check says it once', async () => {
    await at('2026-03-02T01:00:00Z')
    const keeper = await as('cost_engineer')
    const made = await supplier('资质公司', {
      handler: keeper.user,
      qualifications: [until('2026-04-10'), until(null)],
    })
    const told = async () => (await keeper.inbox.read({})).items.map(each => each.text)
    expect(made).toMatchObject({ qualification: 'valid', qualified_to: '2026-04-10' })
    const morning = async (day: PlainDate) => {
      await at(`${day}T01:00:00Z`)
      const ctx = { ...systemContext(app.host, 'test'), today: day }
      await standing.run(
        ctx,
        {},
        Object.assign(async () => {}, { signal: new AbortController().signal }),
      )
      return (await finance.entity(counterparty).get(made.id)).qualification
    }
    expect(await morning('2026-03-09')).toBe('valid')
    expect(await told()).toEqual([])
    expect(await morning('2026-03-10')).toBe('expiring')
    expect(await told()).toEqual(['“资质公司”的资质将于 2026-04-10 到期，请提前更新'])
    expect(await morning('2026-04-10')).toBe('expiring')
    expect(await morning('2026-04-11')).toBe('expired')
    expect(await told()).toHaveLength(2)
    const { version } = await finance.entity(counterparty).get(made.id)
    expect(await morning('2026-04-12')).toBe('expired')
    expect((await finance.entity(counterparty).get(made.id)).version).toBe(version)
    const renewed = await finance.entity(counterparty).patch(made.id, version, {
      qualifications: {
        upsert: [{ ...until('2029-04-10') }],
        remove: (await finance.entity(counterparty).get(made.id)).qualifications.flatMap(each =>
          each.valid_to === '2026-04-10' ? [each.id] : [],
        ),
      },
    })
    expect(renewed).toMatchObject({ qualification: 'valid', qualified_to: '2029-04-10' })
    await at('2026-03-02T01:00:00Z')
  })

  test('none on file is said so', async () => {
    expect((await supplier('无资质公司')).qualification).toBe('none')
  })
})

describe('the blacklist', () => {
  test('stops new contracts while it lasts, says why, and is a right of its own', async () => {
    const made = await supplier('拖欠工资劳务公司', { roles: ['labour'] })
    const project = await (await as('pmo'))
      .entity('project' as string)
      .create({ name: '工地二', type: 'building', company: app.company })
    const manager = await app.as('project_manager', { at: { kind: 'project', id: project.id } })
    const how = { reason: '拖欠农民工工资', from_on: '2026-03-01', to_on: '2026-08-31' }
    await expect(manager.entity(counterparty).run(made.id, 'blacklist', how)).rejects.toMatchObject(
      refused('access.denied'),
    )
    await expect(
      finance.entity(counterparty).run(made.id, 'blacklist', { ...how, to_on: '2026-02-01' }),
    ).rejects.toMatchObject(refused('counterparty.blacklist_period'))
    await finance.entity(counterparty).run(made.id, 'blacklist', how)
    const ctx = systemContext(app.host, 'test')
    const contract = (on: PlainDate) => demandContractable(ctx, made.id, on)
    await expect(contract('2026-03-01')).rejects.toMatchObject({
      code: 'counterparty.blacklisted',
      values: { name: '拖欠工资劳务公司', reason: '拖欠农民工工资' },
    })
    await expect(contract('2026-08-31')).rejects.toMatchObject({ code: 'counterparty.blacklisted' })
    await contract('2026-02-28')
    await contract('2026-09-01')
    await finance.entity(counterparty).run(made.id, 'lift', { reason: '已结清工资' })
    await contract('2026-03-01')
    const history = await finance.entity(counterparty).history(made.id)
    expect(JSON.stringify(history)).toContain('拖欠农民工工资')
  })

  test('ends by itself the morning after its last day', async () => {
    const made = await supplier('限期黑名单公司')
    await finance.entity(counterparty).run(made.id, 'blacklist', { reason: '围标', to_on: '2026-03-31' })
    const run = async (today: PlainDate) => {
      await standing.run(
        { ...systemContext(app.host, 'test'), today },
        {},
        Object.assign(async () => {}, { signal: new AbortController().signal }),
      )
      return (await finance.entity(counterparty).get(made.id)).standing
    }
    expect(await run('2026-03-31')).toBe('blacklisted')
    expect(await run('2026-04-01')).toBe('good')
  })
})

describe('registered twice', () => {
  test('legal forms, brackets, width and spaces make no other company', () => {
    expect(coreOf('云州（集团） 建材有限责任公司')).toBe(coreOf('云州建材股份有限公司'))
    expect(likeness('恒信混凝土有限公司', '恒信商品混凝土有限公司')).toBeGreaterThan(0.8)
    expect(likeness('恒信混凝土有限公司', '宏远钢材有限公司')).toBeLessThan(0.3)
    expect(likeness('ACME Steel Co., Ltd.', 'Acme steel limited')).toBe(1)
  })

  test('a name typed before registering finds what is there; an empty one looks through the register', async () => {
    const one = await supplier('青禾混凝土有限公司')
    const two = await supplier('青禾（商品）混凝土有限责任公司')
    await supplier('远山塔机租赁有限公司')
    const find = async (name?: string) =>
      (await finance.perform<{ pairs: AlikePair[] }>('counterparty.find_alike', name ? { name } : {})).pairs
    const [best] = await find('青禾混凝土公司')
    expect(best).toMatchObject({ a: { id: one.id, name: '青禾混凝土有限公司' }, b: null, likeness: 1 })
    const all = await find()
    expect(all).toContainEqual(
      expect.objectContaining({
        a: expect.objectContaining({ id: expect.stringMatching(new RegExp(`${one.id}|${two.id}`)) }),
        b: expect.objectContaining({ id: expect.stringMatching(new RegExp(`${one.id}|${two.id}`)) }),
      }),
    )
    expect(JSON.stringify(all)).not.toContain('远山塔机')
  })
})
