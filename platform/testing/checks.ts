// standardChecks(module): what every entity of every module must do, derived from its declaration and asked over HTTP:
// 401, 403, 404, 409, 422, 428, history, and a round trip through a file.
import type { Entity, Json, Label, Module } from '@yingzao/kernel/entity'
import { isReadOnly } from '@yingzao/kernel/registry/shape'
import { create } from '@yingzao/kernel/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Failure, newId } from '../client/index.ts'
import { systemContext } from '../http/context.ts'
import { type At, type Person, type TestApp, type TestOptions, testApp } from './app.ts'
import { createSampler, type Sampler, type Samples } from './sample.ts'

export interface CheckOptions {
  /** Values that the declaration alone does not tell (rules over several fields, hooks). */
  readonly samples?: Samples
  /** A field that may be changed freely, where the first one found may not; with two values where samples would not do. */
  readonly change?: Readonly<
    Record<string, string | { readonly field: string; readonly values: readonly [Json, Json] }>
  >
  /** How the application is started: for modules that a test declares. */
  readonly app?: TestOptions
}

/**
 * In a module's test file: `standardChecks(module)`. Starts the application with all modules and checks the words and
 * actions of this one and each of its entities that people reach by itself.
 */
export function standardChecks(module: Module, options: CheckOptions = {}): void {
  const entities = module.entities.filter(({ def }) => def.kind !== 'line' && !def.internal)
  describe(`standard checks of ${module.name}`, () => {
    let app: TestApp
    beforeAll(async () => {
      app = await testApp(options.app)
    })
    afterAll(() => app?.close())
    moduleChecks(() => app, module)
    for (const entity of entities) describe(entity.name, () => entityChecks(() => app, entity, options))
  })
}

function moduleChecks(app: () => TestApp, module: Module): void {
  test('every word is said in Chinese and in English, with the same values in it', () => {
    const labels: readonly (readonly [string, Label])[] = [
      [module.name, module.label],
      ...module.entities.flatMap(({ name, def }) => [
        [name, def.label] as const,
        ...Object.entries(def.fields).map(([field, { label }]) => [`${name}.${field}`, label] as const),
        ...Object.entries(def.verbs ?? {}).map(([verb, { label }]) => [`${name}.${verb}`, label] as const),
        ...Object.entries(def.rules ?? {}).map(([rule, { message }]) => [`${name}.${rule}`, message] as const),
      ]),
      ...module.actions.map(({ name, label }) => [name, label] as const),
      ...Object.entries(module.refusals),
    ]
    const values = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
    for (const [name, { zh, en }] of labels) {
      expect(zh.trim(), name).not.toBe('')
      expect(en, name).toMatch(/[A-Za-z]/)
      expect(en, name).not.toMatch(/[\u4e00-\u9fff]/)
      expect(values(en), name).toEqual(values(zh))
    }
  })

  test('its actions refuse nobody without a session and a member who was not granted them', async () => {
    const stranger = await app().as()
    for (const { name, roles, needs } of module.actions) {
      expect(await refusal(app().nobody.perform(name)), name).toMatchObject({ status: 401 })
      const open = roles ? roles.includes('member') : needs === undefined
      if (!open) expect(await refusal(stranger.perform(name)), name).toMatchObject({ status: 403 })
    }
  })
}

interface Cast {
  readonly sampler: Sampler
  /** Holds the role that may do most. */
  readonly maker: Person
  readonly makes: ReadonlySet<string>
  /** A member without any role. */
  readonly stranger: Person
  readonly strangerReads: boolean
}

function entityChecks(app: () => TestApp, entity: Entity, { samples = {}, change = {} }: CheckOptions): void {
  const { name, def } = entity
  let cast: Cast
  beforeAll(async () => {
    cast = await castOf(app(), entity, samples)
  })
  /** Through the maker if his role may create, else as the system would: then only reading is checked. */
  const make = async (): Promise<{ readonly id: string; readonly version: number; readonly [field: string]: Json }> => {
    const input = await cast.sampler.input(name)
    return cast.makes.has('create')
      ? cast.maker.entity<string>(name).create(input)
      : create(systemContext(app().host, 'test'), name, input)
  }
  const chosen = change[name]
  const changed = changeable(entity, typeof chosen === 'object' ? chosen.field : chosen)
  const other = async (field: string, than: Json | undefined, time: 0 | 1) =>
    typeof chosen === 'object' ? chosen.values[time] : cast.sampler.other(name, field, than)

  test('401: nobody without a session reads or writes', async () => {
    expect(await refusal(app().nobody.entity(name).list())).toMatchObject({ status: 401 })
    expect(await refusal(app().nobody.entity<string>(name).create({}))).toMatchObject({ status: 401 })
  })

  test('403: a member without a role does nothing that members are not granted', async () => {
    const mayCreate = granted(entity, 'member').has('create')
    if (!cast.strangerReads) expect(await refusal(cast.stranger.entity(name).list())).toMatchObject({ status: 403 })
    else await cast.stranger.entity(name).list({ limit: 1 })
    if (!mayCreate) {
      const input = await cast.sampler.input(name)
      expect(await refusal(cast.stranger.entity<string>(name).create(input))).toMatchObject({ status: 403 })
    }
  })

  test('404: what does not exist and what may not be seen look the same', async () => {
    const missing = await refusal(cast.maker.entity(name).get(newId()))
    expect(missing).toMatchObject({ status: 404, code: 'record.not_found' })
    if (cast.strangerReads) return
    const made = await make()
    const unseen = await refusal(cast.stranger.entity(name).get(made.id))
    expect({ ...unseen, request_id: '' }).toEqual({ ...missing, request_id: '' })
  })

  test('a sample is made, read back and found in the list', async () => {
    const made = await make()
    expect(await cast.maker.entity(name).get(made.id)).toMatchObject({ id: made.id, version: made.version })
    const page = await cast.maker.entity(name).list({ filter: { id: { eq: made.id } } })
    expect(page.items.map(item => item.id)).toEqual([made.id])
  })

  test('409 and 428: a change names the version it was made on, and a second one is told of the first', async () => {
    if (!cast.makes.has('update') || changed === null)
      return expect(cast.makes.has('update') && changed !== null).toBe(false)
    const made = await make()
    const input = { [changed]: await other(changed, made[changed], 0) }
    const first = await cast.maker.entity<string>(name).patch(made.id, made.version, input)
    expect(first.version).toBeGreaterThan(made.version)
    const stale = await refusal(
      cast.maker
        .entity<string>(name)
        .patch(made.id, made.version, { [changed]: await other(changed, first[changed], 1) }),
    )
    expect(stale).toMatchObject({ status: 409, code: 'record.stale', current: { id: made.id } })
    const unconditional = cast.maker.transport.call('PATCH', `/${name}/${made.id}`, { body: input })
    expect(await refusal(unconditional)).toMatchObject({ status: 428 })
    const history = await cast.maker.entity(name).history(made.id)
    expect(history.some(entry => entry.op === 'create')).toBe(true)
    expect(history.flatMap(entry => entry.diff.map(each => each.field))).toContain(changed)
  })

  test('422: unknown, missing and wrong entries are told by field', async () => {
    if (!cast.makes.has('create')) return expect(cast.makes.has('create')).toBe(false)
    const input = await cast.sampler.input(name)
    const unknown = await refusal(cast.maker.entity<string>(name).create({ ...input, no_such_field: 1 }))
    expect(unknown.errors?.map(each => each.path)).toContain('no_such_field')
    for (const [field, declared] of Object.entries(def.fields)) {
      if (!declared.required || declared.default !== undefined || isReadOnly(declared) || !(field in input)) continue
      const { [field]: _, ...rest } = await cast.sampler.input(name)
      const missing = await refusal(cast.maker.entity<string>(name).create(rest))
      expect(missing, field).toMatchObject({ status: 422 })
      expect(
        missing.errors?.map(each => each.path),
        field,
      ).toContain(field)
    }
    for (const { message } of unknown.errors ?? []) expect(message).toMatch(/[\u4e00-\u9fff]/)
  })

  test('what is exported comes back by import and changes nothing', async () => {
    if (!cast.makes.has('export')) {
      expect(await refusal(cast.maker.entity(name).exportFile('csv'))).toMatchObject({ status: 403 })
      return
    }
    const made = await make()
    const before = await cast.maker.entity(name).get(made.id)
    const file = await cast.maker.entity(name).exportFile('csv', { filter: { id: { eq: made.id } } })
    const text = await file.text()
    expect(text).toContain(made.id)
    if (!cast.makes.has('import') || !cast.makes.has('update')) return
    const preview = await cast.maker.entity(name).importPreview(new Blob([text]), 'x.csv')
    expect(preview.bad).toEqual([])
    expect(preview.rows).toEqual({ total: 1, good: 1, bad: 0 })
    const { job } = await cast.maker.entity(name).importConfirm(preview.id)
    expect(await cast.maker.jobs.wait(job)).toMatchObject({ state: 'done', result: { bad: 0 } })
    expect(steady(await cast.maker.entity(name).get(made.id))).toEqual(steady(before))
  })
}

/** All but what every write changes. */
function steady(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { version: _, updated_at: __, updated_by: ___, ...rest } = record
  return rest
}

async function castOf(app: TestApp, entity: Entity, samples: Samples): Promise<Cast> {
  const stranger = await app.as()
  const somebody = await app.as()
  const sampler = createSampler(systemContext(app.host, 'test'), app.company, somebody.user, samples)
  const role = strongest(app, entity)
  const maker = await app.as(role.name, role.at === 'project' ? { at: await projectPlace(app, sampler) } : {})
  return {
    sampler,
    maker,
    makes: granted(entity, role.name),
    stranger,
    strangerReads: granted(entity, 'member').has('read'),
  }
}

async function projectPlace(app: TestApp, sampler: Sampler): Promise<At> {
  const project = app.host.registry.scopes.get('project')?.entity
  if (!project) throw new Error('a role is held at projects, but no module registers them')
  return { kind: 'project', id: await sampler.id(project) }
}

/** The role that may do most to the entity, preferably held at the company and over all its rows. */
function strongest(app: TestApp, { name, def }: Entity): { readonly name: string; readonly at: 'company' | 'project' } {
  const roles = [...new Set(def.access.map(grant => grant.role))].flatMap(role => {
    const places = app.host.registry.roles.get(role)?.at ?? []
    const at = places.includes('company') ? 'company' : places.includes('project') ? 'project' : null
    if (at === null || role === 'member') return []
    const whole = def.access.some(grant => grant.role === role && grant.scope === 'all')
    return [
      {
        name: role,
        at,
        weight: granted({ name, def }, role).size + (at === 'company' ? 50 : 0) + (whole ? 100 : 0),
      } as const,
    ]
  })
  const best = roles.sort((a, b) => b.weight - a.weight)[0]
  if (!best) throw new Error(`${name}: no role that is held at a company or project is granted anything`)
  return best
}

const granted = ({ def }: Entity, role: string): ReadonlySet<string> =>
  new Set(def.access.filter(grant => grant.role === role).flatMap(grant => grant.functions))

const free: ReadonlySet<string> = new Set([
  'text',
  'long_text',
  'integer',
  'number',
  'money',
  'percent',
  'date',
  'flag',
])

/** A field of the basic group that stands for itself. */
function changeable({ def }: Entity, chosen: string | undefined): string | null {
  if (chosen !== undefined) return chosen
  const places = new Set(Object.values(def.place ?? {}).flat())
  const found = Object.entries(def.fields).filter(
    ([name, field]) =>
      free.has(field.kind) &&
      !isReadOnly(field) &&
      !places.has(name) &&
      field.when === undefined &&
      (field.group ?? 'basic') === 'basic' &&
      !('pattern' in field && field.pattern !== undefined),
  )
  return (found.find(([, field]) => field.kind === 'text') ?? found[0])?.[0] ?? null
}

async function refusal(work: Promise<unknown>) {
  try {
    await work
  } catch (error) {
    if (error instanceof Failure) return error.problem
    throw error
  }
  throw new Error('it was not refused')
}
