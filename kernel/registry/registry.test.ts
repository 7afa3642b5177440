// What fails the boot, and what it says.
import { allow, defineModule, type Entity, entity, f, ledger, type Module, post, table } from '@yingzao/kernel/entity'
import { expect, test } from 'vitest'
import { act, handle, hooks, job, type Registration } from '../serve.ts'
import { contract, enterprise } from '../testing/enterprise.ts'
import { findings } from '../testing/world.ts'
import { buildRegistry } from './build.ts'
import { RegistryError } from './problem.ts'

const label = { zh: '名', en: 'Name' }
const name = f.text(label)

function problems(
  entities: readonly Entity[],
  more: Partial<Module> = {},
  registrations: readonly Registration[] = [],
): string[] {
  try {
    buildRegistry({
      modules: [
        {
          value: defineModule({
            name: 'shop',
            label,
            entities,
            roles: { seller: { label, at: ['company'] } },
            ...more,
          }),
          file: 'modules/shop/module.ts',
        },
      ],
      registrations: registrations.map(value => ({ value, file: 'modules/shop/shop.service.ts', module: 'shop' })),
    })
    return []
  } catch (error) {
    if (error instanceof RegistryError) return error.problems.map(each => `${each.file}: ${each.message}`)
    throw error
  }
}
const shop = (declaration: Partial<Parameters<typeof entity>[1]>) =>
  problems([entity('shop_order', { label, fields: { name }, access: [], ...declaration } as never)])

test('the test enterprise and the kernel itself boot', () => {
  const registry = buildRegistry(findings())
  expect([...registry.modules.keys()]).toEqual(['kernel', 'enterprise'])
  expect(registry.shapes.get('t_contract_line')?.parent).toEqual({ entity: 't_contract', field: 'lines' })
  expect(registry.refusals.get('t_contract.order')).toMatchObject({ en: 'Due before it is signed' })
})

test('R1 two declarations of one name name both files', () => {
  const twice = () =>
    buildRegistry({
      modules: [
        { value: enterprise, file: 'modules/a/module.ts' },
        {
          value: defineModule({
            name: 'other',
            label,
            entities: [contract],
            roles: { clerk: { label, at: ['company'] } },
          }),
          file: 'modules/b/module.ts',
        },
      ],
      registrations: findings().registrations?.map(each => ({ ...each, module: 'enterprise' })) ?? [],
    })
  expect(twice).toThrow('modules/b/module.ts: entity "t_contract" is declared twice, also in modules/a/module.ts')
  expect(twice).toThrow('modules/b/module.ts: role "clerk" is declared twice, also in modules/a/module.ts')
})

test('R1 an entity that its module does not list is found out', () => {
  const order = entity('shop_order', { label, fields: { name }, access: [] })
  expect(() =>
    buildRegistry({
      modules: [{ value: defineModule({ name: 'shop', label }), file: 'modules/shop/module.ts' }],
      entities: [{ value: order, file: 'modules/shop/order.entity.ts', module: 'shop' }],
    }),
  ).toThrow('modules/shop/order.entity.ts: entity "shop_order" is not listed in `entities` of module "shop"')
})

test('R2 names that do not exist', () => {
  const nowhere = { kind: 'ref', to: 'nowhere', label } as const
  expect(shop({ fields: { name, to: nowhere } })).toEqual([
    'modules/shop/module.ts: shop_order: field "to" refers to the unknown entity "nowhere"',
  ])
  expect(shop({ fields: { name, to: { kind: 'ref', to: 'shop_order', same: 'project', label } } })[0]).toContain(
    'field "to" asks for the same "project", which "shop_order" does not have',
  )
  expect(shop({ title: 'titel' as never })[0]).toContain('title names the unknown field "titel"')
  expect(shop({ place: { company: 'name', project: 'x' } })).toHaveLength(3)
  expect(shop({ place: { owner: ['name'] } })[0]).toContain('place.owner: field "name" is not of kind user')
  expect(shop({ access: [allow('buyer', 'read')] })[0]).toContain('unknown role "buyer"')
  expect(shop({ access: [allow('seller', 'read sell', { fields: { price: 'read' } })] })).toHaveLength(2)
  expect(shop({ views: { list: table('name nmae', { sort: '-crated_at' }) } })).toHaveLength(2)
  expect(shop({ unique: [['name', 'code']], indexes: [['date']], tree: 'parent' })).toHaveLength(3)
  expect(shop({ stages: { a: { label } }, transitions: [{ from: ['a'], to: 'b', action: 'go', label }] })[0]).toContain(
    'unknown stage "b"',
  )
  expect(
    shop({
      posting: [post(ledger('cash', { label, dims: {}, measures: {}, balance: [] }), { dims: {}, measures: {} })],
    })[0],
  ).toContain('unknown ledger "cash"')
  const moneys = {
    kind: 'document',
    approval: 'none',
    fields: { name, fee: f.money(label), sum: f.money(label) },
  } as const
  const which = 'has several money fields (fee, sum): `amount` says which it is about'
  expect(shop(moneys).join()).toContain(which)
  expect(shop({ ...moneys, amount: 'sum' }).join()).not.toContain(which)
  expect(problems([], { needs: ['bank'] })[0]).toContain('needs module "bank", which is not installed')
  expect(shop({ fields: { name, version: f.integer(label) } })[0]).toContain('a name of the store’s own')
  expect(shop({ fields: { Name: name } })[0]).toContain('snake_case')
  expect(shop({ fields: { name, code: f.serial(label) } })[0]).toContain('no `number` pattern')
  expect(shop({ fields: { name, code: f.serial(label) }, number: 'X-{yyyy}-{month}' })[0]).toContain('`number`')
})

test('R2 a card of the home page names functions, roles, metrics, actions and fields that are there', () => {
  const card = { name: 'shop.goods', label, says: label, size: 6, empty: label } as const
  const found = problems([entity('shop_order', { label, fields: { name }, access: [] })], {
    cards: [
      { ...card, needs: 'goods:read', home: { nobody: 1 }, reads: 'shop.cards', figures: [{ metric: 'shop.sum' }] },
      {
        ...card,
        needs: 'shop_order:read',
        home: { seller: 1 },
        list: { entity: 'shop_order', filter: {}, fields: 'colour', sort: 'name' },
      },
    ],
  })
  for (const part of ['"goods:read"', '"nobody"', '"shop.cards"', '"shop.sum"', 'declared twice', '"colour"'])
    expect(found.join('\n')).toContain(part)
})

test('R3 a formula is marked where it is wrong', () => {
  const [problem] = shop({
    fields: { name, price: f.money(label), total: f.money(label, { formula: 'price * nmae' }) },
  })
  expect(problem).toMatch(
    /^modules.shop.module.ts: shop_order: formula of "total": .*nmae.*\n {6}price \* nmae\n {14}\^$/,
  )
  expect(shop({ rules: { odd: { check: 'name >', message: label } } })[0]).toContain('rule "odd"')
  expect(shop({ rules: { odd: { check: 'name + 1 > 2', message: label } } })[0]).toMatch(/rule "odd": .*\n/)
  expect(shop({ fields: { name: f.text(label, { when: 'name' }) } })[0]).toContain('when of "name"')
  expect(shop({ fields: { name, who: f.user(label, { where: 'actve' }) } })[0]).toContain('where of "who"')
  expect(shop({ fields: { name: f.text(label, { default: '=tomorrow()' }) } })[0]).toContain('default of "name"')
  const on = f.date(label, { default: '=tomorrow()' })
  const order = entity('shop_order', { label, fields: { name }, verbs: { sell: { label, input: { on } } }, access: [] })
  expect(problems([order], {}, [handle(order, { sell: async () => null })])[0]).toContain('default of input "on"')
})

test('R3 a rule over a reference is checked against the other entity, and the error names both files', () => {
  const good = entity('shop_good', { label, fields: { name, price: f.money(label), tax: f.secret(label) }, access: [] })
  const order = (check: string) =>
    problems([
      good,
      entity('shop_order', {
        label,
        fields: { name, good: f.ref('shop_good' as never, label), amount: f.money(label) },
        rules: { price: { check, message: label } },
        access: [],
      }),
    ])
  expect(order('amount <= good.price')).toEqual([])
  expect(order('good.created_by = current_user()')).toEqual([])
  expect(order('amount <= good.prise')[0]).toMatch(
    /^modules.shop.module.ts: shop_order: rule "price": .*“prise” here; did you mean price.*, over shop_good \(modules.shop.module.ts\)\n {6}amount <= good\.prise\n {21}\^$/,
  )
  expect(order('name = good.price')[0]).toContain('over shop_good (modules/shop/module.ts)')
  expect(order('good.tax = name')[0]).toContain('“tax”')
  expect(order('good.created_by.name = name')[0]).toContain('rule "price"')
  expect(order('id.amount > 1')[0]).toContain('leave out "id."')
})

test('R4 what is stored, filled in or asked of the form itself stays within the record', () => {
  const good = f.user(label)
  for (const field of [
    f.text(label, { formula: 'good.name' }),
    f.text(label, { default: '=good.name' }),
    f.text(label, { when: 'good.name = "x"' }),
  ])
    expect(shop({ fields: { name, good, field } })[0]).toContain('what is stored stays within the record')
})

test('R4 a stored value depends on nothing that passes', () => {
  for (const formula of ['days_between(today(), day)', 'days_between(day, month_start())'])
    expect(shop({ fields: { name, day: f.date(label), late: f.integer(label, { formula }) } })[0]).toContain(
      'wrong tomorrow',
    )
  expect(
    shop({ fields: { name, a: f.money(label, { formula: 'b + 1' }), b: f.money(label, { formula: 'a + 1' }) } })[0],
  ).toContain('in a circle: a → b → a')
})

test('R5 lines hang on one parent', () => {
  const line = entity('shop_line', { kind: 'line', label, fields: { name }, access: [] })
  const lines = { kind: 'lines', of: 'shop_line', label } as const
  expect(problems([line])[0]).toContain('no entity has a `lines` field of it')
  const parent = (name_: string) => entity(name_, { label, fields: { name, lines }, access: [] } as never)
  expect(problems([line, parent('shop_order'), parent('shop_bill')])[0]).toContain(
    'lines "shop_line" hang on shop_bill.lines and on shop_order.lines',
  )
  expect(problems([parent('shop_order')])[0]).toContain('lines of the unknown entity "shop_line"')
  expect(
    problems([
      entity('shop_order', {
        label,
        fields: { name, lines: { kind: 'lines', of: 'user', label } },
        access: [],
      } as never),
    ])[0],
  ).toContain('not of kind line')
})

test('R6 declarations and code belong together', () => {
  const order = entity('shop_order', { label, fields: { name }, access: [], verbs: { sell: { label } } })
  const none = async () => undefined
  expect(problems([order])).toEqual([
    'modules/shop/module.ts: verb "shop_order.sell" has no code: handle(…) it in a *.service.ts',
  ])
  expect(problems([order], {}, [handle(order, { sell: none })])).toEqual([])
  expect(problems([order], {}, [handle(order, { sell: none, buy: none })])[0]).toContain(
    'verb "buy" is not declared by shop_order',
  )
  expect(problems([order], {}, [handle(order, { sell: none }), handle(order, { sell: none })])[0]).toContain(
    'verb "shop_order.sell" is declared twice',
  )
  expect(problems([], { actions: [{ name: 'shop.count', label }] })[0]).toContain('action "shop.count" has no code')
  expect(problems([], {}, [act('shop.count', none)])[0]).toContain('declared by no module')
  expect(
    problems([], {}, [job('shop.tidy', { label, run: none }), job('shop.tidy', { label, run: none })])[0],
  ).toContain('job "shop.tidy" is declared twice')
  expect(problems([], {}, [hooks(order, {})])[0]).toContain('which is no entity')
})

test('R2 a part has one whole, and what is required is not cleared', () => {
  const project = (onDelete: 'clear' | 'with', required = false) =>
    f.ref('t_project', label, { onDelete, ...(required ? { required } : {}) })
  const declared = (fields: Parameters<typeof entity>[1]['fields']) => shop({ fields: { name, ...fields } }).join('\n')
  expect(declared({ a: project('with'), b: project('with') })).toContain('is part of several (a, b)')
  expect(declared({ a: project('clear', true) })).toContain('field "a" is required and cannot be cleared')
})
