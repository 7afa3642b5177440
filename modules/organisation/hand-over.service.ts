// 离职交接: a leaver's login ends at once and what he was responsible for goes to a successor. What he did stays his: the
// history keeps the name it had. Responsibilities are found by declaration, so a new module needs no line here.
import { handTasks, openTasksOf } from '@yingzao/kernel/approval/hand-over'
import { type Id, isId, titleField } from '@yingzao/kernel/entity'
import { Refusal } from '@yingzao/kernel/refuse'
import { act, all, asSystem, type Ctx, create, type Input, list, patch, refuse, remove } from '@yingzao/kernel/server'
import { setPassword } from '@yingzao/platform/auth/credential'
import { forgetAttempts } from '@yingzao/platform/auth/lockout'
import { defaultPolicy } from '@yingzao/platform/auth/policy'
import { revokeSessions } from '@yingzao/platform/auth/session'

export const preview = act('organisation.hand_over_preview', async (ctx, input) => {
  const leaver = await administered(ctx, input.leaver)
  const system = asSystem(ctx)
  const duties = await dutiesOf(system, leaver.id)
  const offices = await officesOf(system, leaver.id)
  return {
    duties: duties.map(({ entity, field, rows }) => ({
      entity,
      field,
      // An administrator hands over what he need not read: its names come along.
      entityLabel: system.registry.shapes.get(entity)?.def.label ?? { zh: entity, en: entity },
      fieldLabel: system.registry.shapes.get(entity)?.fields.get(field)?.def.label ?? { zh: field, en: field },
      count: rows.length,
      names: rows.slice(0, 5).map(row => row.title),
    })),
    offices: offices.length,
    approvals: await openTasksOf(system, leaver.id),
  }
})

export const handOver = act('organisation.hand_over', async (ctx, input) => {
  const leaver = await administered(ctx, input.leaver)
  const successor = await person(ctx, input.successor)
  if (successor.id === leaver.id) throw refuse('organisation.same_person')
  if (successor.active !== true) throw refuse('organisation.successor_left', { name: String(successor.name) })
  // In his own name: whoever may not change the leaver's record may not do this.
  await patch(ctx, 'user', leaver.id, undefined, { active: false, left_on: input.left_on ?? ctx.today })
  await revokeSessions(host(ctx), leaver.id)
  const system = asSystem(ctx)
  const kept: string[] = []
  let moved = 0
  for (const { entity, field, rows } of await dutiesOf(system, leaver.id))
    for (const row of rows) {
      if (await handed(system, entity, row.id, { [field]: successor.id })) moved++
      else kept.push(row.title)
    }
  for (const office of await officesOf(system, leaver.id)) {
    await pass(system, office, successor.id)
    moved++
  }
  moved += await handTasks(system, leaver.id, successor.id)
  return { moved, kept }
})

/** The password is made by the administrator's browser and never comes back from here: answers are kept for retries. */
export const issuePassword = act('organisation.issue_password', async (ctx, input) => {
  const user = await administered(ctx, input.user)
  await setPassword(host(ctx), user.id, String(input.password), true)
  await revokeSessions(host(ctx), user.id)
  await forgetAttempts(host(ctx), String(user.login))
  return { login: user.login }
})

const host = (ctx: Ctx) => ({
  db: ctx.db,
  tenant: ctx.tenant,
  registry: ctx.registry,
  now: () => new Date(ctx.now),
  policy: defaultPolicy,
})

async function person(ctx: Ctx, id: Input[string] | undefined) {
  const page = await list(ctx, 'user', { filter: { id: { eq: id ?? null } }, limit: 1 })
  const [found] = page.items
  if (!found) throw refuse('record.not_found', { entity: 'user' })
  return found
}

/** Somebody whose record the caller may change: the administrator of his part of the organisation. */
async function administered(ctx: Ctx, id: Input[string] | undefined) {
  const found = await person(ctx, id)
  const can: unknown = Reflect.get(found, '_can')
  if (!Array.isArray(can) || !can.includes('update')) throw refuse('access.denied', { function: 'user:update' })
  return found
}

interface Duty {
  readonly entity: string
  readonly field: string
  readonly rows: readonly { readonly id: Id; readonly title: string }[]
}

/** Living records that name the person as responsible: their user fields. Documents tell who did something and stay. */
async function dutiesOf(system: Ctx, user: string): Promise<Duty[]> {
  const offices = new Set(officeKinds(system).map(each => each.entity))
  const found: Duty[] = []
  for (const shape of system.registry.shapes.values()) {
    if (shape.kind !== 'record' || offices.has(shape.name)) continue
    for (const field of shape.fields.values()) {
      if (field.def.kind !== 'user' || field.def.system || field.def.formula || isTrace(field.name)) continue
      // His own absence ends with him; what he stands in for goes to the successor.
      if (shape.name === 'approval_absence' && field.name === 'person') continue
      const title = titleField(shape.def, system.lang)
      const rows = await all(system, shape.name, { filter: { [field.name]: { eq: user } }, fields: [title] })
      if (rows.length > 0)
        found.push({
          entity: shape.name,
          field: field.name,
          rows: rows.flatMap(row =>
            isId(row.id) ? [{ id: row.id, title: String(Reflect.get(row, title) ?? '') }] : [],
          ),
        })
    }
  }
  return found
}
const isTrace = (field: string) => ['created_by', 'updated_by', 'deleted_by'].includes(field)

/** A record that may not be changed any more (a closed project) keeps its name. */
async function handed(system: Ctx, entity: string, id: Id, change: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    await patch(system, entity, id, undefined, change)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

interface OfficeKind {
  readonly entity: string
  readonly user: string
  readonly from: string
  readonly to: string
}
type Office = OfficeKind & { readonly id: Id; readonly row: Readonly<Record<string, unknown>> }

/** Roles held, and memberships that are roles held at a project. */
function officeKinds(system: Ctx): OfficeKind[] {
  const members = system.registry.scopes.get('project')?.members
  return [
    { entity: 'role_holding', user: 'user', from: 'from', to: 'to' },
    ...(members?.from && members.to
      ? [{ entity: members.entity, user: members.user, from: members.from, to: members.to }]
      : []),
  ]
}

async function officesOf(system: Ctx, user: string): Promise<Office[]> {
  const found: Office[] = []
  for (const kind of officeKinds(system)) {
    const rows: readonly Readonly<Record<string, unknown>>[] = await all(system, kind.entity, {
      filter: { [kind.user]: { eq: user } },
    })
    for (const row of rows) {
      const to = row[kind.to]
      if (isId(row.id) && !(typeof to === 'string' && to < system.today)) found.push({ ...kind, id: row.id, row })
    }
  }
  return found
}

/** The leaver's ends today, the successor's begins, unless he holds it already. */
async function pass(system: Ctx, office: Office, successor: string): Promise<void> {
  const { entity, user, from, to, row, id } = office
  const shape = system.registry.shapes.get(entity)
  const copied: Record<string, unknown> = {}
  for (const field of shape?.fields.values() ?? []) {
    const { name, def } = field
    if (!def.system && !def.formula && !systemFields.has(name) && row[name] !== undefined) copied[name] = row[name]
  }
  const given = { ...copied, [user]: successor, [from]: system.today }
  const same = Object.entries(copied).filter(
    ([name, value]) => ![user, from, to].includes(name) && typeof value === 'string' && isId(value),
  )
  const held = await list(system, entity, {
    filter: {
      [user]: { eq: successor },
      ...Object.fromEntries(same.map(([name, value]) => [name, { eq: String(value) }])),
    },
    limit: 1,
  })
  const begun = row[from]
  if (typeof begun === 'string' && begun > system.today) await remove(system, entity, id, undefined)
  else await patch(system, entity, id, undefined, { [to]: system.today })
  if (held.items.length === 0) await create(system, entity, given)
}

const systemFields = new Set([
  'id',
  'version',
  'created_at',
  'created_by',
  'updated_at',
  'updated_by',
  'deleted_at',
  'deleted_by',
])
