// A valid record of any entity, made from its declaration: required fields, what places it, and what it refers to.
import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '@yingzao/kernel/context'
import type { FieldDef, Json } from '@yingzao/kernel/entity'
import { isReadOnly, targetOf } from '@yingzao/kernel/registry/shape'
import { create, list } from '@yingzao/kernel/server'
import { sql } from 'kysely'

/** Values that a declaration alone does not tell, laid over the sample: `{ project: { short_name: 'A', role: at => at.find('role', { code: 'pmo' }) } }`. */
export type Samples = Readonly<Record<string, Readonly<Record<string, SampleValue>>>>
type SampleValue = Json | ((at: SamplePlace) => Json | Promise<Json>)
export interface SamplePlace {
  readonly company: string
  readonly user: string
  /** The id of the record that has these values. */
  find(entity: string, values: Readonly<Record<string, Json>>): Promise<string>
  /** The id of a new record that has these values. */
  make(entity: string, values?: Readonly<Record<string, Json>>): Promise<string>
  /** The same, and past its approval: effective, at this stage, without what it would have posted. */
  approved(entity: string, values?: Readonly<Record<string, Json>>, stage?: string): Promise<string>
}

export interface Sampler {
  /** What creates a new record; never twice the same. */
  input(entity: string, given?: Readonly<Record<string, Json>>): Promise<Record<string, Json>>
  /** A value for a field that is not the one it has, where its kind has more than one. */
  other(entity: string, field: string, than: Json | undefined): Promise<Json>
  /** A record of the entity that samples refer to, made once. */
  id(entity: string): Promise<string>
}

let serial = 0
/** Texts of the patterns that declarations use; the first that fits is taken. */
const texts = (n: number): readonly string[] => [
  `样本 ${n}`,
  `sample${n}`,
  `S${n}`,
  `${n}`,
  `${String(n).padStart(11, '1')}`,
  `91350100M000100Y${String(n % 100).padStart(2, '0')}`,
  `a@b${n}.cn`,
  '#336699',
  '08:00-12:00',
]

/** Kinds whose samples are the same every time, or soon repeat. */
const repeating: ReadonlySet<string> = new Set(['ref', 'user', 'org_unit', 'choice', 'flag'])

/** Of a set that must be unique together and does not differ by itself, the field to refer to something new with. */
function distinguishing(fields: Readonly<Record<string, FieldDef>>, set: readonly string[]): string | undefined {
  if (!set.every(name => repeating.has(fields[name]?.kind ?? ''))) return undefined
  return set.find(name => fields[name]?.kind === 'user') ?? set.find(name => fields[name]?.kind === 'ref')
}

/** `ctx` is the system's; `company` and `user` are what fields of those kinds point at. */
export function createSampler(ctx: Ctx, company: string, user: string, samples: Samples): Sampler {
  const made = new Map<string, Promise<string>>()

  const sampler: Sampler = {
    async input(entity, given = {}) {
      const def = ctx.registry.entities.get(entity)?.def
      if (!def) throw new Error(`no entity ${entity}`)
      const places = new Set([def.place?.company, def.place?.department, def.place?.project])
      const distinct = new Set(def.unique?.flatMap(set => distinguishing(def.fields, set) ?? []))
      const input: Record<string, Json> = {}
      for (const [name, field] of Object.entries(def.fields)) {
        const wanted = name in given || name in (samples[entity] ?? {})
        if (isReadOnly(field) || wanted) continue
        const needed = (field.required && field.default === undefined) || places.has(name) || field.unique
        if (needed && field.when === undefined)
          input[name] = distinct.has(name) ? await another(field) : await value(entity, name, field)
      }
      for (const [name, sample] of Object.entries(samples[entity] ?? {}))
        input[name] = typeof sample === 'function' ? await sample(place) : sample
      return { ...input, ...given }
    },
    async other(entity, name, than) {
      const field = ctx.registry.entities.get(entity)?.def.fields[name]
      if (!field) throw new Error(`no field ${entity}.${name}`)
      const first = await value(entity, name, field)
      // Two numbers drawn one after the other are never the same.
      return isDeepStrictEqual(first, than) ? value(entity, name, field) : first
    },
    id(entity) {
      const known = made.get(entity) ?? makeOne(entity)
      made.set(entity, known)
      return known
    },
  }

  const place: SamplePlace = {
    company,
    user,
    async find(entity, values) {
      const filter = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { eq: value }]))
      const { items } = await list(ctx, entity, { filter, limit: 1 })
      if (!items[0]) throw new Error(`no ${entity} with ${JSON.stringify(values)}`)
      return items[0].id
    },
    make: async (entity, values) => (await create(ctx, entity, await sampler.input(entity, values))).id,
    async approved(entity, values, stage) {
      const id = await place.make(entity, values)
      await sql`update ${sql.id(ctx.tenant, entity)} set state = 'effective'
        ${stage === undefined ? sql`` : sql`, stage = ${stage}`} where id = ${id}::uuid`.execute(ctx.db)
      return id
    },
  }
  /** A new record to refer to, so that a set of references is unique. */
  const another = async (field: FieldDef): Promise<string> => {
    const entity = targetOf(field) ?? ''
    return (await create(ctx, entity, await sampler.input(entity))).id
  }

  async function makeOne(entity: string): Promise<string> {
    // What is there anyway (roles, kinds) need not be made.
    const { items } = await list(ctx, entity, { limit: 1 })
    return items[0]?.id ?? (await create(ctx, entity, await sampler.input(entity))).id
  }

  async function value(entity: string, name: string, field: FieldDef): Promise<Json> {
    const n = ++serial
    switch (field.kind) {
      case 'text':
      case 'long_text':
      case 'secret':
      case 'serial': {
        const pattern = field.kind === 'text' && field.pattern !== undefined ? new RegExp(field.pattern) : null
        const max = 'max' in field ? (field.max ?? 1000) : 1000
        const text = texts(n).find(each => each.length <= max && (pattern?.test(each) ?? true))
        if (text === undefined)
          throw new Error(`${entity}.${name}: no sample fits the pattern: give one in \`samples\``)
        return text
      }
      case 'integer':
      case 'duration':
        return Math.min(field.max ?? 1000, (field.min ?? 0) + (n % 50))
      case 'number':
      case 'money':
        return within(field, String(1 + (n % 90)))
      case 'percent':
        return within(field, `0.${10 + (n % 80)}`)
      case 'date':
        return `2026-${String(1 + (n % 12)).padStart(2, '0')}-15`
      case 'instant':
        return `2026-01-15T08:${String(n % 60).padStart(2, '0')}:00.000Z`
      case 'flag':
        return n % 2 === 0
      case 'choice':
        return chosen(field.options, n)
      case 'multi_choice':
        return [chosen(field.options, n)]
      case 'user':
        return user
      case 'org_unit':
        return field.type === 'department' ? department() : company
      case 'ref':
        return sampler.id(field.to)
      case 'multi_ref':
        return [await sampler.id(field.to)]
      case 'lines':
        return [await sampler.input(field.of)]
      case 'json':
        return { n }
      case 'file':
        return []
    }
  }
  const within = ({ min, max }: { min?: string; max?: string }, text: string) =>
    min !== undefined && Number(min) > Number(text) ? min : max !== undefined && Number(max) < Number(text) ? max : text
  const chosen = (options: Readonly<Record<string, { readonly retired?: boolean }>>, n: number): string => {
    const living = Object.entries(options).flatMap(([code, option]) => (option.retired ? [] : [code]))
    return living[n % living.length] ?? ''
  }
  let made1: Promise<string> | undefined
  const department = (): Promise<string> => {
    made1 ??= create(ctx, 'org_unit', { name: '样本部门', type: 'department', parent: company }).then(unit => unit.id)
    return made1
  }
  return sampler
}
