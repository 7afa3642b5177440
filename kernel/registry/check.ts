// Boot checks of one entity: every name it mentions must exist and fit. A typo fails the boot, not a request.
import { type EntityDef, type FieldDef, fieldsTold, titleFields } from '@yingzao/kernel/entity'
import { allFunctions, attaching } from '../records/can.ts'
import { choicesOf, numberParts } from '../records/number.ts'
import type { Registry } from '../registry.ts'
import type { Problem } from './problem.ts'
import { type Shape, targetOf } from './shape.ts'

const systemNames: ReadonlySet<string> = new Set([
  ...[
    'id',
    'version',
    'created_at',
    'created_by',
    'updated_at',
    'updated_by',
    'deleted_at',
    'deleted_by',
    'deleted_with',
  ],
])
const documentNames: ReadonlySet<string> = new Set([
  'number',
  'state',
  'stage',
  'effective_at',
  'void_reason',
  'reverses',
])
const namePattern = /^[a-z][a-z0-9_]*$/
/** PostgreSQL cuts names at 63 bytes; join tables are called entity__field. */
const longestName = 50

export function checkEntity(registry: Registry, shape: Shape): Problem[] {
  const { def, name } = shape
  const problems: Problem[] = []
  const say = (message: string) => problems.push({ file: shape.file, message: `${name}: ${message}` })

  if (!namePattern.test(name) || name.length > longestName)
    say(`a name is singular snake_case of at most ${longestName} letters`)
  if (name.startsWith('yz_')) say('names that start with "yz_" are the kernel’s own tables')
  for (const [field, declared] of Object.entries(def.fields)) checkField(registry, shape, field, declared, say)
  const known = (field: string, where: string) => {
    if (!shape.fields.has(field) && field !== 'id') say(`${where} names the unknown field "${field}"`)
  }

  for (const title of titleFields(def)) known(title, 'title')
  for (const set of def.unique ?? []) for (const field of set) known(field, 'unique')
  for (const set of def.indexes ?? []) for (const field of set) known(field, 'indexes')
  if (def.tree) known(def.tree, 'tree')
  if (def.apart) known(def.apart, 'apart')
  checkPlace(registry, shape, say)
  checkStages(def, say)
  for (const [view, declared] of Object.entries(def.views ?? {})) {
    const fields =
      declared.kind === 'table'
        ? [...declared.columns, ...(declared.sort ?? []).map(key => key.replace(/^-/, '')), declared.group]
        : declared.kind === 'board'
          ? [declared.by]
          : declared.kind === 'calendar'
            ? [declared.from, declared.to]
            : declared.sections.flatMap(section => section.fields)
    for (const field of fields) if (field !== undefined) known(field, `view "${view}"`)
  }
  checkAccess(registry, shape, say)
  for (const action of [...Object.keys(def.verbs ?? {}), ...(def.transitions ?? []).map(each => each.action)])
    if (action === attaching) say(`verb "${action}" is a name of the store’s own`)
  if (def.kind === 'line') {
    if (!shape.parent) say('is of kind line, but no entity has a `lines` field of it')
    for (const part of ['number', 'stages', 'verbs', 'approval', 'posting', 'place', 'tells'] as const)
      if (def[part] !== undefined) say(`lines have no \`${part}\`: it belongs to the parent`)
  }
  for (const posting of def.posting ?? []) checkPosting(registry, shape, posting, say)
  checkTells(shape, say)
  checkGuests(shape, say)
  if (def.amount !== undefined && shape.fields.get(def.amount)?.def.kind !== 'money')
    say(`amount: "${def.amount}" is no money field`)
  const moneys = Object.entries(def.fields).flatMap(([field, { kind }]) => (kind === 'money' ? [field] : []))
  if (def.approvalWhen !== undefined && def.approval === undefined) say('`approvalWhen` is about an `approval`')
  // Powers to approve go by it: the first of several is right by chance only.
  if (def.approval !== undefined && def.amount === undefined && moneys.length > 1)
    say(`goes through approval and has several money fields (${moneys.join(', ')}): \`amount\` says which it is about`)
  const wholes = Object.entries(def.fields).filter(([, field]) => field.kind === 'ref' && field.onDelete === 'with')
  if (wholes.length > 1)
    say(`is part of several (${wholes.map(([field]) => field).join(', ')}): onDelete 'with' on one field only`)
  const serials = Object.values(def.fields).filter(field => field.kind === 'serial')
  if (def.number !== undefined && numberParts(def.number, '2026-11-21') === null)
    say('`number` knows {yyyy} {yy} {mm} {dd} and one {seq:4}')
  for (const { field, values } of choicesOf(def.number ?? '')) {
    const asked = def.fields[field]
    if (def.kind !== 'document' || asked?.kind !== 'choice' || values.some(each => !(each in asked.options)))
      say(`\`number\` asks "${field}": only a document's number, of a choice and its values`)
  }
  if (serials.length > 1) say('has more than one serial field')
  if (serials.length > 0 && def.number === undefined) say('has a serial field but no `number` pattern')
  return problems
}

function checkField(
  registry: Registry,
  shape: Shape,
  name: string,
  field: FieldDef,
  say: (text: string) => void,
): void {
  if (!namePattern.test(name) || name.length > longestName) say(`field "${name}": a name is snake_case`)
  const taken =
    systemNames.has(name) ||
    (shape.kind === 'document' && documentNames.has(name)) ||
    (shape.def.stages !== undefined && name === 'stage') ||
    (shape.kind === 'line' && name === 'parent') ||
    name.startsWith('_')
  if (taken) say(`field "${name}" is a name of the store’s own`)
  const target = targetOf(field)
  if (target !== null) {
    const to = registry.shapes.get(target)
    if (!to) say(`field "${name}" refers to the unknown entity "${target}"`)
    else if (to.kind === 'line') say(`field "${name}" refers to the lines "${target}": refer to their parent`)
    else if (field.kind === 'ref' && field.same !== undefined)
      for (const side of [shape, to])
        if (!side.fields.has(field.same))
          say(`field "${name}" asks for the same "${field.same}", which "${side.name}" does not have`)
  }
  if (field.kind === 'ref' && field.onDelete === 'clear' && field.required)
    say(`field "${name}" is required and cannot be cleared: say onDelete 'with' if it is part of the ${field.to}`)
  if (field.kind === 'ref' && field.onDelete === 'with' && shape.kind !== 'record')
    say(`field "${name}": onDelete 'with' is for records; a ${shape.kind} stands or hangs on its parent`)
  if (field.kind === 'lines') {
    const of = registry.shapes.get(field.of)
    if (!of) say(`field "${name}" has lines of the unknown entity "${field.of}"`)
    else if (of.kind !== 'line') say(`field "${name}": entity "${field.of}" (${of.file}) is not of kind line`)
  }
  if (shape.kind === 'line' && (field.kind === 'lines' || field.kind === 'multi_ref'))
    say(`field "${name}": lines hold no ${field.kind}`)
  if ((field.kind === 'choice' || field.kind === 'multi_choice') && Object.keys(field.options).length === 0)
    say(`field "${name}" has no options`)
  if (field.kind === 'text' && field.pattern !== undefined) {
    try {
      new RegExp(field.pattern, 'u')
    } catch {
      say(`field "${name}": the pattern is no regular expression`)
    }
  }
  if (field.formula !== undefined && (field.kind === 'lines' || field.kind === 'secret' || field.kind === 'serial'))
    say(`field "${name}": a ${field.kind} cannot be computed`)
  if (field.unique && ['lines', 'multi_ref', 'multi_choice', 'json', 'file', 'flag'].includes(field.kind))
    say(`field "${name}": a ${field.kind} cannot be unique`)
}

function checkPlace(registry: Registry, { name, def, fields }: Shape, say: (text: string) => void): void {
  const { company, department, project, owner, beside = {} } = def.place ?? {}
  const units = { entity: 'org_unit', word: 'place in the organisation' }
  const scope = registry.scopes.get('project')
  const parts = [
    ['company', company, units],
    ['department', department, units],
    ['project', project, { entity: scope?.entity ?? 'project', word: 'project' }],
    ['beside.company', beside.company, units],
    ['beside.department', beside.department, units],
    ['beside.project', beside.project, { entity: scope?.entity ?? 'project', word: 'project' }],
  ] as const
  for (const [part, field, { entity, word }] of parts) {
    if (field === undefined || field === 'id') continue
    const found = fields.get(field)?.def
    if (!found) say(`place.${part} names the unknown field "${field}"`)
    else if (targetOf(found) !== entity) say(`place.${part}: field "${field}" is not a ${word}`)
  }
  if (project !== undefined && !scope) say('place.project: no module registers the scope kind "project"')
  for (const field of owner ?? [])
    if (!(field === 'id' && name === 'user') && fields.get(field)?.def.kind !== 'user')
      say(`place.owner: field "${field}" is not of kind user`)
}

function checkStages(def: EntityDef, say: (text: string) => void): void {
  if (def.transitions && !def.stages) say('has transitions but no stages')
  for (const { from, to, action } of def.transitions ?? [])
    for (const stage of [...from, to])
      if (!def.stages?.[stage]) say(`transition "${action}" names the unknown stage "${stage}"`)
}

function checkAccess(registry: Registry, shape: Shape, say: (text: string) => void): void {
  const { def, fields, lines } = shape
  const functions = new Set(allFunctions(shape))
  const groups = new Set(
    [...fields.values(), ...lines.flatMap(each => [...each.of.fields.values()])].map(each => each.group),
  )
  for (const { role, functions: granted, fields: rights } of def.access) {
    if (!registry.roles.has(role)) say(`access names the unknown role "${role}"`)
    for (const each of granted)
      if (!functions.has(each)) say(`access of "${role}" names the unknown function "${each}"`)
    for (const group of Object.keys(rights))
      if (!groups.has(group) && !fields.has(group) && !isLineField(group, lines))
        say(`access of "${role}": no field or group is called "${group}"`)
  }
}
const isLineField = (name: string, lines: Shape['lines']): boolean =>
  lines.some(({ field, of }) => name.startsWith(`${field}.`) && of.fields.has(name.slice(field.length + 1)))

/** What guests see and do are the record's own fields and verbs. */
function checkGuests({ def, fields, lines, kind }: Shape, say: (text: string) => void): void {
  const { guests } = def
  if (!guests) return
  if (kind === 'line') say('lines have no `guests`: they belong to the parent')
  for (const name of guests.shows) {
    const [whole = '', inner] = name.split('.')
    const known = inner === undefined ? fields.has(name) : isLineField(name, lines)
    if (!known) say(`guests are shown the unknown field "${name}"`)
    else if (inner !== undefined && !guests.shows.includes(whole)) say(`guests are shown "${name}" but not "${whole}"`)
    if (fields.get(name)?.def.kind === 'secret') say(`guests are shown the secret "${name}"`)
  }
  if (guests.party && fields.get(guests.party.field)?.def.kind !== 'ref')
    say(`guests: "${guests.party.field}" is no reference to their party`)
  const { verb, lines: asked } = guests.answer ?? {}
  if (verb !== undefined && !def.verbs?.[verb]) say(`guests answer the unknown verb "${verb}"`)
  if (asked && !lines.some(({ field }) => field === asked.of)) say(`guests answer the unknown lines "${asked.of}"`)
  const before = guests.confirm?.before
  if (before !== undefined && before !== 'submit' && !def.transitions?.some(({ action }) => action === before))
    say(`guests confirm before the unknown action "${before}"`)
}

/** Whom it tells and what it says are the record's own fields. */
function checkTells({ def, fields }: Shape, say: (text: string) => void): void {
  for (const [name, tell] of Object.entries(def.tells ?? {})) {
    const to = fields.get(tell.to)?.def
    if (!namePattern.test(name)) say(`tell "${name}": a name is snake_case`)
    if (!to || targetOf(to) !== 'user') say(`tell "${name}": "${tell.to}" names no people`)
    if (tell.escalate && !(tell.escalate.hours > 0))
      say(`tell "${name}": it escalates after some hours, more than none`)
    for (const field of fieldsTold(tell)) {
      if (field === 'title') continue
      const told = fields.get(field)?.def
      if (!told) say(`tell "${name}": its text names the unknown field "${field}"`)
      else if (['lines', 'file', 'json', 'secret'].includes(told.kind))
        say(`tell "${name}": a ${told.kind} has no words`)
    }
  }
}

function checkPosting(
  registry: Registry,
  { fields }: Shape,
  posting: NonNullable<EntityDef['posting']>[number],
  say: (text: string) => void,
): void {
  const ledger = registry.ledgers.get(posting.to)
  if (!ledger) {
    say(`posts to the unknown ledger "${posting.to}"`)
    return
  }
  for (const dim of Object.keys(posting.dims))
    if (!(dim in ledger.def.dims) && !['company', 'project', 'on'].includes(dim))
      say(`posts the unknown dimension "${dim}" to ${posting.to} (${ledger.file})`)
  for (const measure of Object.keys(posting.measures))
    if (!(measure in ledger.def.measures))
      say(`posts the unknown measure "${measure}" to ${posting.to} (${ledger.file})`)
  if (posting.each !== undefined && fields.get(posting.each)?.def.kind !== 'lines')
    say(`posts each "${posting.each}", which is no lines field`)
}
