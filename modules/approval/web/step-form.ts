// A card's settings as fields of a form, and back: the same inputs as everywhere else.
import { bandOf, type Case, type Copy, inBand, type Step, type Who } from '@yingzao/engines/approval'
import { type FieldMeta, type Fields, f, isDecimal, type Json, type Label } from '@yingzao/kernel/entity'
import type { FlowInUse } from '../shape.ts'
import { design as w } from './text.ts'

export interface Surroundings {
  readonly fields: readonly FieldMeta[]
  readonly lines: FlowInUse['lines']
  readonly roles: Readonly<Record<string, Label>>
  readonly money: boolean
}
type Values = Readonly<Record<string, Json>>

const kinds = {
  role: w.byRole,
  users: w.byUsers,
  leader: w.byLeader,
  leaders: w.byLeaders,
  field: w.byField,
  power: w.byPower,
}
const kindOf = (who: Who): keyof typeof kinds =>
  'role' in who
    ? 'role'
    : 'power' in who
      ? 'power'
      : 'users' in who
        ? 'users'
        : 'field' in who
          ? 'field'
          : 'leader' in who
            ? 'leader'
            : 'leaders'

const people = (known: readonly FieldMeta[]): Record<string, Label> =>
  Object.fromEntries(known.flatMap(each => (each.kind === 'user' ? [[each.name, each.label]] : [])))

/** Which inputs a card has, by what is chosen in it so far. */
export function fieldsFor(
  block: Step | Copy,
  values: Values,
  { fields: known, lines, roles, money }: Surroundings,
  /** A copy at the end has no name. */
  nameless = false,
): Fields {
  const kind = values.kind
  const who: Fields = {
    ...(nameless
      ? {}
      : {
          zh: f.text(w.nameZh, { required: true, max: 60 }),
          en: f.text(w.nameEn, { required: true, max: 60 }),
        }),
    kind: f.choice(w.who, kinds, { required: true }),
    ...(kind === 'role' ? { role: f.choice(w.byRole, roles, { required: true, hint: w.roleNearest }) } : {}),
    ...(kind === 'users' ? { users: f.multiRef('user', w.byUsers, { required: true }) } : {}),
    ...(kind === 'leader' || kind === 'leaders'
      ? { level: f.integer(w[kind === 'leader' ? 'byLeader' : 'byLeaders'], { required: true, min: 1, max: 20 }) }
      : {}),
    ...(kind === 'leaders' ? { upTo: f.choice(w.upTo, roles, { hint: w.upToHint }) } : {}),
    ...(kind === 'field' ? { field: f.choice(w.byField, people(known), { required: true }) } : {}),
  }
  if (block.is === 'copy') return who
  const next: Record<string, Label> = {
    remind: w.nextRemind,
    superior: w.nextSuperior,
    ...(money ? {} : { approve: w.nextApprove, reject: w.nextReject }),
  }
  const nobody: Record<string, Label> = {
    refuse: w.emptyRefuse,
    admin: w.emptyAdmin,
    named: w.emptyNamed,
    ...(money ? {} : { pass: w.emptyPass }),
  }
  return {
    ...who,
    ...(kind === 'leaders'
      ? {}
      : { mode: f.choice(w.mode, { any: w.any, all: w.all, order: w.order }, { required: true }) }),
    ...(kind !== 'leaders' && values.mode === 'all' ? { percent: f.integer(w.percent, { min: 1, max: 100 }) } : {}),
    empty: f.choice(w.empty, nobody, { required: true }),
    ...(values.empty === 'named' ? { instead: f.multiRef('user', w.emptyNamed, { required: true }) } : {}),
    ...(money
      ? {}
      : {
          self: f.choice(w.self, { superior: w.selfSuperior, skip: w.selfSkip, self: w.selfSelf }, { required: true }),
        }),
    hours: f.integer(w.timeout, { min: 1, max: 2000 }),
    ...(typeof values.hours === 'number' ? { next: f.choice(w.next, next, { required: true }) } : {}),
    must: f.flag(w.must),
    sign: f.flag(w.sign),
    editable: f.multiChoice(w.edit, fieldsIn(known, lines, true)),
    hidden: f.multiChoice(w.hidden, fieldsIn(known, lines, false)),
  }
}
/** Of the header, then of the lines: “明细 · 单价”. Files are added and kept by themselves. */
function fieldsIn(known: readonly FieldMeta[], lines: FlowInUse['lines'], writable: boolean): Record<string, Label> {
  const may = (each: FieldMeta) => !(writable && (each.system || each.formula !== undefined || each.kind === 'file'))
  return Object.fromEntries([
    ...known.flatMap(each => (each.kind === 'lines' || !may(each) ? [] : [[each.name, each.label] as const])),
    ...lines.flatMap(line =>
      line.fields.flatMap(each =>
        may(each) ? [[`${line.name}.${each.name}`, both(line.label, each.label)] as const] : [],
      ),
    ),
  ])
}
const both = (line: Label, field: Label): Label => ({
  zh: `${line.zh} · ${field.zh}`,
  en: `${line.en} · ${field.en}`,
})

export function valuesOf(block: Step | Copy): Values {
  const { who } = block
  const base: Values = {
    ...{ zh: block.label.zh, en: block.label.en, kind: kindOf(who) },
    ...('role' in who
      ? { role: who.role }
      : 'users' in who
        ? { users: [...who.users] }
        : 'field' in who
          ? { field: who.field }
          : {}),
    ...('leader' in who
      ? { level: who.leader }
      : 'leaders' in who
        ? { level: who.leaders, upTo: who.upTo ?? null }
        : {}),
  }
  if (block.is === 'copy') return base
  const named = (rule: string) =>
    Object.entries(block.fields ?? {}).flatMap(([name, each]) => (each === rule ? [name] : []))
  return {
    ...base,
    mode: block.mode ?? 'any',
    percent: block.percent ?? null,
    empty: typeof block.empty === 'object' ? 'named' : (block.empty ?? 'refuse'),
    instead: typeof block.empty === 'object' ? [...block.empty.users] : [],
    self: block.self ?? 'superior',
    hours: block.timeout?.hours ?? null,
    next: block.timeout?.next ?? 'superior',
    must: block.must ?? false,
    sign: block.sign ?? false,
    editable: named('edit'),
    hidden: named('hidden'),
  }
}

const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const list = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
const whole = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
const oneOf = <T extends string>(value: Json | undefined, options: readonly T[]): T | undefined =>
  options.find(each => each === value)

function whoOf(values: Values): Who {
  switch (values.kind) {
    case 'users':
      return { users: list(values.users) }
    case 'field':
      return { field: text(values.field) }
    case 'leader':
      return { leader: whole(values.level) ?? 1 }
    case 'power':
      return { power: true }
    case 'leaders':
      return {
        leaders: whole(values.level) ?? 1,
        ...(typeof values.upTo === 'string' && values.upTo !== '' ? { upTo: values.upTo } : {}),
      }
    default:
      return { role: text(values.role) }
  }
}

export function withValues<B extends Step | Copy>(block: B, values: Values): Step | Copy {
  const base = { name: block.name, label: { zh: text(values.zh), en: text(values.en) }, who: whoOf(values) }
  if (block.is === 'copy') return { is: 'copy', ...base }
  const mode = oneOf(values.mode, ['any', 'all', 'order'])
  const percent = mode === 'all' ? whole(values.percent) : null
  const hours = whole(values.hours)
  const self = oneOf(values.self, ['superior', 'skip', 'self'])
  const named = oneOf(values.empty, ['refuse', 'pass', 'admin'])
  const fields = Object.fromEntries([
    ...list(values.editable).map(name => [name, 'edit' as const]),
    ...list(values.hidden).map(name => [name, 'hidden' as const]),
  ])
  return {
    is: 'step',
    ...base,
    ...(mode && mode !== 'any' && { mode }),
    ...(percent !== null && percent < 100 && { percent }),
    ...(values.empty === 'named'
      ? { empty: { users: list(values.instead) } }
      : named && named !== 'refuse' && { empty: named }),
    ...(self && self !== 'superior' && { self }),
    ...(values.must === true && { must: true }),
    ...(values.sign === true && { sign: true }),
    ...(hours !== null && {
      timeout: { hours, next: oneOf(values.next, ['remind', 'superior', 'approve', 'reject']) ?? 'remind' },
    }),
    ...(Object.keys(fields).length > 0 && { fields }),
  }
}

/** A condition: an interval of a figure, or any formula. */
export function caseFields(values: Values, known: readonly FieldMeta[]): Fields {
  const figures = Object.fromEntries(
    known.flatMap(each => (['money', 'number', 'integer'].includes(each.kind) ? [[each.name, each.label]] : [])),
  )
  const base: Fields = {
    zh: f.text(w.nameZh, { max: 60 }),
    en: f.text(w.nameEn, { max: 60 }),
    how: f.choice(w.interval, { interval: w.interval, formula: w.formula }, { required: true }),
  }
  return values.how === 'formula'
    ? { ...base, when: f.longText(w.when, { required: true, max: 500 }) }
    : {
        ...base,
        field: f.choice(w.field, figures, { required: true }),
        from: f.number(w.from, { scale: 2 }),
        to: f.number(w.to, { scale: 2 }),
      }
}
export function caseValues(given: Case): Values {
  const band = bandOf(given.when)
  const base: Values = { zh: given.label?.zh ?? '', en: given.label?.en ?? '' }
  return band ? { ...base, how: 'interval', ...band, when: given.when } : { ...base, how: 'formula', when: given.when }
}
export function caseOf(given: Case, values: Values): Case {
  const end = (value: Json | undefined) => (typeof value === 'string' && isDecimal(value) ? value : null)
  const when =
    values.how === 'formula' ? text(values.when) : inBand(text(values.field), end(values.from), end(values.to))
  return { block: given.block, when, label: { zh: text(values.zh), en: text(values.en) } }
}
