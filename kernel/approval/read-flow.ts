// A flow that came as JSON, from an administrator's page or a file: read strictly, with bounds, or refused with its place.
import {
  type Block,
  type Case,
  checkFlow,
  conditionsOf,
  copiesOf,
  type FieldRule,
  type Flow,
  type Step,
  stepsOf,
  type Who,
} from '@yingzao/engines/approval'
import { isId, type Json } from '@yingzao/kernel/entity'
import { compileOrSay } from '../ledgers/compile.ts'
import { environmentOf } from '../registry/formula-type.ts'
import type { Shape } from '../registry/shape.ts'
import type { Registry } from '../registry.ts'

export type ReadFlow =
  | { readonly ok: true; readonly flow: Flow }
  | { readonly ok: false; readonly at: string; readonly reason: string }

class Wrong {
  readonly at: string
  readonly reason: string
  constructor(at: string, reason: string) {
    this.at = at
    this.reason = reason
  }
}
type Obj = { readonly [key: string]: Json }
const deepest = 30
const isObject = (value: Json | undefined): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const object = (value: Json | undefined, at: string): Obj => {
  if (!isObject(value)) throw new Wrong(at, 'object')
  return value
}
const array = (value: Json | undefined, at: string): readonly Json[] => {
  if (!Array.isArray(value)) throw new Wrong(at, 'list')
  return value
}
const textOf = (value: Json | undefined, at: string, max = 500): string => {
  if (typeof value !== 'string' || value.length > max) throw new Wrong(at, 'text')
  return value
}
const oneOf = <T extends string>(value: Json | undefined, options: readonly T[], at: string): T | undefined => {
  if (value === undefined || value === null) return undefined
  const found = options.find(each => each === value)
  if (found === undefined) throw new Wrong(at, options.join(' | '))
  return found
}
const whole = (value: Json | undefined, at: string): number | undefined => {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Wrong(at, 'number')
  return value
}
const words = (value: Json | undefined, at: string) => {
  const given = object(value, at)
  return { zh: textOf(given.zh, `${at}.zh`, 60), en: textOf(given.en, `${at}.en`, 60) }
}
const peopleIn = (value: Json | undefined, at: string): string[] =>
  array(value, at).map((each, index) => {
    if (!isId(each)) throw new Wrong(`${at}.${index}`, 'id')
    return each
  })

function whoOf(value: Json | undefined, at: string): Who {
  const given = object(value, at)
  if (given.role !== undefined) return { role: textOf(given.role, `${at}.role`, 60) }
  if (given.field !== undefined) return { field: textOf(given.field, `${at}.field`, 60) }
  if (given.users !== undefined) return { users: peopleIn(given.users, `${at}.users`) }
  if (given.leader !== undefined) return { leader: whole(given.leader, `${at}.leader`) ?? 0 }
  if (given.leaders !== undefined)
    return {
      leaders: whole(given.leaders, `${at}.leaders`) ?? 0,
      ...(given.upTo === undefined || given.upTo === null ? {} : { upTo: textOf(given.upTo, `${at}.upTo`, 60) }),
    }
  if (given.power === true) return { power: true }
  throw new Wrong(at, 'role | field | users | leader | leaders | power')
}

function stepOf(given: Obj, at: string): Step {
  const empty = isObject(given.empty)
    ? { users: peopleIn(given.empty.users, `${at}.empty.users`) }
    : oneOf(given.empty, ['refuse', 'pass', 'admin'], `${at}.empty`)
  const time =
    given.timeout === undefined || given.timeout === null ? undefined : object(given.timeout, `${at}.timeout`)
  const rules = given.fields === undefined || given.fields === null ? undefined : object(given.fields, `${at}.fields`)
  const fields: Record<string, FieldRule> = {}
  for (const [name, rule] of Object.entries(rules ?? {}))
    fields[name] = oneOf(rule, ['hidden', 'read', 'edit'], `${at}.fields.${name}`) ?? 'read'
  const mode = oneOf(given.mode, ['all', 'any', 'order'], `${at}.mode`)
  const percent = whole(given.percent, `${at}.percent`)
  const self = oneOf(given.self, ['superior', 'skip', 'self'], `${at}.self`)
  const next = time && oneOf(time.next, ['remind', 'superior', 'approve', 'reject'], `${at}.timeout.next`)
  return {
    is: 'step',
    name: textOf(given.name, `${at}.name`, 60),
    label: words(given.label, `${at}.label`),
    who: whoOf(given.who, `${at}.who`),
    ...(mode && { mode }),
    ...(percent !== undefined && { percent }),
    ...(empty && { empty }),
    ...(self && { self }),
    ...(given.must === true && { must: true }),
    ...(given.sign === true && { sign: true }),
    ...(time && { timeout: { hours: whole(time.hours, `${at}.timeout.hours`) ?? 0, next: next ?? 'remind' } }),
    ...(rules && { fields }),
  }
}

function blockOf(value: Json | undefined, at: string, depth: number): Block {
  if (depth > deepest) throw new Wrong(at, `depth ≤ ${deepest}`)
  const given = object(value, at)
  const inside = (each: Json | undefined, name: string) => blockOf(each, `${at}.${name}`, depth + 1)
  switch (given.is) {
    case 'step':
      return stepOf(given, at)
    case 'copy':
      return {
        is: 'copy',
        name: textOf(given.name, `${at}.name`, 60),
        label: words(given.label, `${at}.label`),
        who: whoOf(given.who, `${at}.who`),
      }
    case 'sequence':
    case 'parallel':
      return { is: given.is, of: array(given.of, `${at}.of`).map((each, index) => inside(each, `of.${index}`)) }
    case 'choice': {
      const cases = array(given.cases, `${at}.cases`).map((each, index): Case => {
        const one = object(each, `${at}.cases.${index}`)
        const label =
          one.label === undefined || one.label === null ? {} : { label: words(one.label, `${at}.cases.${index}.label`) }
        return {
          ...label,
          when: textOf(one.when, `${at}.cases.${index}.when`),
          block: inside(one.block, `cases.${index}.block`),
        }
      })
      return { is: 'choice', cases, otherwise: inside(given.otherwise, 'otherwise') }
    }
    default:
      throw new Wrong(`${at}.is`, 'step | copy | sequence | choice | parallel')
  }
}

/** Shape only: names of roles and fields are checked by `faultOf` against the entity. */
export function readFlow(value: Json | undefined): ReadFlow {
  try {
    const given = object(value, 'flow')
    const dedup = oneOf(given.dedup, ['consecutive', 'first', 'last', 'none'], 'dedup')
    const withdraw = oneOf(given.withdraw, ['before_first', 'always', 'never'], 'withdraw')
    const escalation = isObject(given.escalation) ? stepOf(given.escalation, 'escalation') : undefined
    const copies = Array.isArray(given.copies)
      ? given.copies.map((each, index) => whoOf(each, `copies.${index}`))
      : undefined
    const flow: Flow = {
      name: textOf(given.name, 'name', 60),
      label: words(given.label, 'label'),
      root: blockOf(given.root, 'root', 0),
      ...(escalation && { escalation }),
      ...(dedup && { dedup }),
      ...(withdraw && { withdraw }),
      ...(copies && { copies }),
    }
    return { ok: true, flow }
  } catch (thrown) {
    if (thrown instanceof Wrong) return { ok: false, at: thrown.at, reason: thrown.reason }
    throw thrown
  }
}

/** Does the document move money? Then nothing is approved by itself. */
export const movesMoney = (shape: Shape): boolean =>
  [shape, ...shape.lines.map(each => each.of)].some(each =>
    [...each.fields.values()].some(field => field.def.kind === 'money'),
  )

/** What keeps the flow from judging documents of the entity; null when nothing does. */
export function faultOf(
  registry: Registry,
  shape: Shape,
  flow: Flow,
  /** Codes of roles that administrators made. */
  roles: ReadonlySet<string> = new Set(),
): { step: string | null; reason: string } | null {
  const [wrong] = checkFlow(flow, movesMoney(shape))
  if (wrong) return { step: wrong.step, reason: wrong.code }
  const reasons: string[] = []
  const environment = environmentOf(registry.shapes, shape)
  for (const condition of conditionsOf(flow.root))
    compileOrSay(condition, environment, { kind: 'flag' }, say => reasons.push(say))
  if (reasons[0] !== undefined) return { step: null, reason: reasons[0] }
  const whos: [string | null, Who][] = [
    ...stepsOf(flow.root),
    ...copiesOf(flow.root),
    ...(flow.escalation ? [flow.escalation] : []),
  ].map(each => [each.name, each.who])
  for (const who of flow.copies ?? []) whos.push([null, who])
  for (const [step, who] of whos) {
    const role = 'role' in who ? who.role : 'leaders' in who ? who.upTo : undefined
    if (role !== undefined && !registry.roles.has(role) && !roles.has(role)) return { step, reason: `role "${role}"` }
    if ('field' in who && shape.fields.get(who.field)?.def.kind !== 'user')
      return { step, reason: `field "${who.field}"` }
  }
  for (const { name, fields } of stepsOf(flow.root))
    for (const field of Object.keys(fields ?? {})) {
      const [first = '', inner] = field.split('.')
      const known =
        inner === undefined
          ? shape.fields.has(first)
          : shape.lines.find(each => each.field === first)?.of.fields.has(inner)
      if (!known) return { step: name, reason: `field "${field}"` }
    }
  return null
}
