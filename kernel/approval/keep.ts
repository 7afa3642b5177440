// Rows of approval: one instance read whole, and what an action changed written in one statement, by compare-and-set.
import {
  blockAt,
  type Effect,
  type Flow,
  type State,
  type Task,
  type Token,
  type TrailItem,
  takeableOf,
} from '@yingzao/engines/approval'
import type { FieldRight, Json } from '@yingzao/kernel/entity'
import { type CompiledQuery, type RawBuilder, sql } from 'kysely'
import { v7 as newId } from 'uuid'
import { hiddenIn } from '../access/delegation.ts'
import type { Ctx } from '../context.ts'
import { noPapers, type Papers } from '../documents/paper.ts'
import type { Draft } from '../records/draft.ts'
import { refuse } from '../refuse.ts'
import type { Shape } from '../registry/shape.ts'
import { dueAt } from './due.ts'
import { tellOf } from './tell.ts'

/** Days for which those who took part may still look at the document. */
const remembered = 90

export interface Instance {
  readonly id: string
  readonly flow: Flow
  readonly definition: string | null
  readonly state: State
  /** The values that decide its route, as they were when it was last returned. */
  readonly route: Json
}
export const sourceOf = (instance: string): string => `approval ${instance}`
const copySource = (instance: string): string => `copy ${instance}`

export interface InstanceRow {
  readonly id: string
  readonly flow: Flow
  readonly definition: string | null
  readonly state: State['state']
  readonly starter: string | null
  readonly decisions: Record<string, number>
  readonly stale: boolean
  readonly resume: State['resume']
  readonly route: Json
  readonly tokens: Token[] | null
  readonly tasks: Task[] | null
  readonly trail: TrailItem[] | null
}

/** Asks for the newest instance of the document in one of the states. The document's row must be locked by whoever writes. */
export function askInstance(
  ctx: Ctx,
  document: string,
  states: readonly State['state'][],
  /** Only what judged the document itself, not its void. */
  itself = false,
): CompiledQuery<InstanceRow> {
  const of = (name: string) => sql.id(ctx.tenant, name)
  return sql<InstanceRow>`select i.id, i.flow, i.definition, i.state, i.starter, i.decisions, i.stale, i.resume, i.route,
      (select json_agg(json_build_object('id', k.id, 'path', k.path, 'state', k.state, 'from', k."from", 'back', k.back,
        'groups', k.groups) order by k.seq) from ${of('approval_token')} k where k.instance = i.id) as tokens,
      (select json_agg(json_build_object('id', t.id, 'token', t.token, 'step', t.step, 'user', t."user", 'for', t."for",
        'group', t."group", 'order', t."order", 'state', t.state, 'acted', t.acted, 'reminded', t.reminded) order by t.seq)
        from ${of('approval_task')} t where t.instance = i.id) as tasks,
      (select json_agg(json_build_object('seq', r.seq, 'act', r.act, 'user', r."user", 'for', r."for", 'step', r.step,
        'to', r."to", 'back', r.back, 'opinion', r.opinion) order by r.seq)
        from ${of('approval_trail')} r where r.instance = i.id) as trail
    from ${of('approval_instance')} i
    where i.document = ${document}::uuid and i.state = any(${[...states]}::text[])
      ${itself ? sql`and not i.flow ? 'voids'` : sql``}
    order by i.started_at desc, i.id desc limit 1`.compile(ctx.db)
}

export async function loadInstance(
  ctx: Ctx,
  document: string,
  states: readonly State['state'][],
  itself = false,
): Promise<Instance | null> {
  return instanceOf((await ctx.db.executeQuery(askInstance(ctx, document, states, itself))).rows)
}

/** What `askInstance` found, or null. */
export function instanceOf([row]: readonly InstanceRow[]): Instance | null {
  if (!row) return null
  const { id, flow, definition, route, tokens, tasks, trail, ...rest } = row
  return {
    id,
    flow,
    definition,
    route,
    state: { ...rest, tokens: tokens ?? [], tasks: tasks ?? [], trail: trail ?? [] },
  }
}

/** What an action made of an instance, not yet written. */
export interface Prepared {
  readonly id: string
  readonly flow: Flow
  readonly definition: string | null
  readonly before: State | null
  readonly after: State
  readonly effects: readonly Effect[]
}

interface Extra {
  /** Field → [before, after] of an approver's edit, for its line in the trail. */
  readonly diff?: Readonly<Record<string, Json>>
  /** To compare with when it is sent again. */
  readonly route?: Json
  /** Given with what was said. */
  readonly papers?: Papers
  /** Open tasks whose clock starts anew. */
  readonly renew?: string
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What a person says; the rest follows from it. */
const spoken: ReadonlySet<string> = new Set([
  ...['approved', 'rejected', 'returned', 'transferred'],
  ...['added_before', 'added_after', 'added_beside'],
])

export async function keep(ctx: Ctx, shape: Shape, draft: Draft, prepared: Prepared, extra: Extra = {}): Promise<void> {
  const { id, flow, before, after, effects } = prepared
  const of = (name: string) => sql.id(ctx.tenant, name)
  const { papers } = extra
  const endedAt = after.state === 'running' ? null : ctx.now
  const resume = after.resume === null ? null : JSON.stringify(after.resume)
  const route = extra.route === undefined ? null : JSON.stringify(extra.route)
  const was = new Map((before?.tasks ?? []).map(task => [task.id, task]))
  const stood = new Map((before?.tokens ?? []).map(token => [token.id, token]))
  const tokens = after.tokens.flatMap((token, seq) =>
    same(token, stood.get(token.id)) ? [] : [{ ...token, instance: id, seq }],
  )
  const tasks = []
  for (const [seq, task] of after.tasks.entries()) {
    const old = was.get(task.id)
    const renewed = task.state === 'open' && (old?.state !== 'open' || extra.renew === task.id)
    if (old && same(task, old) && !renewed) continue
    const step = blockAt(flow, after.tokens.find(token => token.id === task.token)?.path ?? '')
    const hours = step?.is === 'step' ? step.timeout?.hours : undefined
    const due = renewed && hours !== undefined ? await dueAt(ctx, hours) : null
    const acted = task.acted !== null && task.acted !== (old?.acted ?? null) ? ctx.now : null
    tasks.push({
      ...task,
      instance: id,
      seq,
      was: old?.state ?? null,
      due_at: due,
      renewed,
      acted_at: acted,
      unacted: task.acted === null,
    })
  }
  const last = before?.trail.at(-1)?.seq ?? 0
  const trail = after.trail
    .filter(each => each.seq > last)
    .map(each => ({
      ...{ ...each, instance: id, diff: each.act === 'edited' ? (extra.diff ?? null) : null },
      ...(each.user === ctx.principal.user && spoken.has(each.act) && papers ? papers : noPapers),
    }))
  const copies = [...new Set(effects.flatMap(each => (each.is === 'copied' ? each.users : [])))]
  const instance =
    before === null
      ? sql`insert into ${of('approval_instance')} (id, entity, document, flow, definition, state, starter, decisions, stale, resume,
          route, started_at, ended_at)
        values (${id}::uuid, ${shape.name}, ${draft.id}::uuid, ${JSON.stringify(flow)}::jsonb, ${prepared.definition}::uuid,
          ${after.state}, ${after.starter}::uuid, ${JSON.stringify(after.decisions)}::jsonb, ${after.stale}, ${resume}::jsonb,
          ${route}::jsonb, ${ctx.now}::timestamptz, ${endedAt}::timestamptz)`
      : sql`update ${of('approval_instance')} set state = ${after.state}, decisions = ${JSON.stringify(after.decisions)}::jsonb,
          stale = ${after.stale}, resume = ${resume}::jsonb, route = coalesce(${route}::jsonb, route),
          ended_at = ${endedAt}::timestamptz where id = ${id}::uuid`
  const { rows } = await sql<{ moved: number }>`with
    instance as (${instance}),
    tokens as (insert into ${of('approval_token')} as k (id, instance, seq, path, state, "from", back, groups)
      select id, instance, seq, path, state, "from", back, groups from jsonb_to_recordset(${JSON.stringify(tokens)}::jsonb)
        as x(id uuid, instance uuid, seq integer, path text, state text, "from" jsonb, back text, groups jsonb)
      on conflict (id) do update set state = excluded.state, groups = excluded.groups returning k.id),
    given as materialized (select * from jsonb_to_recordset(${JSON.stringify(tasks)}::jsonb) as x(id uuid, instance uuid, token uuid, seq integer,
      step text, "user" uuid, "for" uuid, "group" uuid, "order" integer, state text, acted integer, reminded boolean, was text,
      due_at timestamptz, renewed boolean, acted_at timestamptz, unacted boolean)),
    made as (insert into ${of('approval_task')} (id, instance, token, seq, step, "user", "for", "group", "order", state, acted, reminded, at,
        acted_at, due_at)
      select id, instance, token, seq, step, "user", "for", "group", "order", state, acted, reminded, ${ctx.now}::timestamptz, acted_at, due_at
        from given where was is null returning id),
    moved as (update ${of('approval_task')} t set state = g.state, acted = g.acted, reminded = g.reminded, "order" = g."order",
        acted_at = case when g.unacted then null else coalesce(g.acted_at, t.acted_at) end,
        at = case when g.renewed and g.was <> 'open' then ${ctx.now}::timestamptz else t.at end,
        due_at = case when g.renewed then g.due_at else t.due_at end
      from given g where t.id = g.id and t.state = g.was returning t.id),
    trail as (insert into ${of('approval_trail')} (instance, seq, act, "user", "for", step, "to", back, opinion, signature, files, diff, at)
      select instance, seq, act, "user", "for", step, "to", back, opinion, signature, files, diff, ${ctx.now}::timestamptz
        from jsonb_to_recordset(${JSON.stringify(trail)}::jsonb) as x(instance uuid, seq integer, act text, "user" uuid, "for" uuid,
          step text, "to" jsonb, back text, opinion text, signature jsonb, files jsonb, diff jsonb)),
    copies as (insert into ${of('approval_copy')} (instance, "user", at)
      select ${id}::uuid, u, ${ctx.now}::timestamptz from unnest(${copies}::uuid[]) u on conflict do nothing)
    ${rightsKept(ctx, shape, draft, prepared, copies)}
    select ((select count(*) from made) + (select count(*) from moved))::integer as moved`.execute(ctx.db)
  // Compare-and-set: whoever was faster has changed a task since it was read.
  if (rows[0]?.moved !== tasks.length) throw refuse('approval.no_task')
  await tellOf(ctx, shape.name, draft.id, prepared)
}

interface Right {
  readonly functions: readonly string[]
  readonly fields: Readonly<Record<string, FieldRight>>
}

const allGroups = (shape: Shape): Readonly<Record<string, FieldRight>> =>
  Object.fromEntries(
    [shape, ...shape.lines.map(each => each.of)].flatMap(each =>
      [...each.fields.values()].map(field => [field.group, 'read'] as const),
    ),
  )

/** edit over read over hidden: who is asked at two steps sees what one of them shows him. */
const strength: readonly FieldRight[] = ['hidden', 'masked', 'read', 'edit']
const stronger = (a: FieldRight, b: FieldRight): FieldRight => (strength.indexOf(a) < strength.indexOf(b) ? b : a)

/**
 * Who judges sees all that is judged, except what his steps hide; whoever acted, or got a copy, may still look, and what his
 * steps hid stays hidden.
 */
export function rightsFrom(shape: Shape, flow: Flow, state: State): ReadonlyMap<string, Right> {
  const seen = allGroups(shape)
  const functions = new Map<string, Set<string>>()
  const rules = new Map<string, Readonly<Record<string, FieldRight>>[]>()
  const give = (user: string, more: readonly string[]) =>
    functions.set(user, new Set([...(functions.get(user) ?? []), ...more]))
  const running = state.state === 'running'
  if (state.starter !== null && running)
    give(state.starter, ['read', 'remind', 'copy_to', ...(flow.voids ? ['withdraw'] : [])])
  for (const task of state.tasks) {
    const open = task.state === 'open'
    if (!open && (task.acted === null || task.state === 'skipped')) continue
    const step = blockAt(flow, state.tokens.find(token => token.id === task.token)?.path ?? '')
    const own: Readonly<Record<string, FieldRight>> = step?.is === 'step' ? (step.fields ?? {}) : {}
    const edits = open && Object.values(own).includes('edit')
    give(task.user, open ? [...judging, ...(edits ? ['update', 'amend'] : [])] : ['read'])
    const now = open ? own : Object.fromEntries(Object.entries(own).map(([name, right]) => [name, looked(right)]))
    rules.set(task.user, [...(rules.get(task.user) ?? []), now])
  }
  if (running) for (const user of functions.keys()) if (takeableOf(state, user)) give(user, ['take_back'])
  return new Map(
    [...functions].map(([user, of]) => {
      const steps = rules.get(user) ?? []
      const names = new Set(steps.flatMap(each => Object.keys(each)))
      const ruled = [...names].map(name => [name, steps.map(each => each[name] ?? 'read').reduce(stronger)] as const)
      return [
        user,
        { functions: [...of].sort(), fields: steps.length === 0 ? {} : { ...seen, ...Object.fromEntries(ruled) } },
      ]
    }),
  )
}
const looked = (right: FieldRight): FieldRight => (right === 'edit' ? 'read' : right)
/** A copy shows no more than the steps of whoever gets it: nobody copies himself what is hidden from him. */
const lookedAt = (right: Right | undefined, shape: Shape): Right['fields'] =>
  right && Object.keys(right.fields).length > 0
    ? Object.fromEntries(Object.entries(right.fields).map(([name, each]) => [name, looked(each)]))
    : allGroups(shape)
const grantOf = (user: string, source: string, right: Right) =>
  ({ id: newId(), user, source, ...right, hides: hiddenIn(right.fields) }) as const
const narrowed = (
  table: RawBuilder<unknown>,
  less: readonly object[],
  until: RawBuilder<unknown>,
) => sql`, less as (update ${table} g
    set fields = x.fields, hides = array(select jsonb_array_elements_text(x.hides)), until = ${until}
    from jsonb_to_recordset(${JSON.stringify(less)}::jsonb) as x("user" uuid, source text, fields jsonb, hides jsonb)
    where g.source = x.source and g."user" = x."user")`
const judging = ['read', 'approve', 'reject', 'return', 'transfer', 'add_signer', 'copy_to']

/** What the action changes of rights, as parts of the statement that keeps it. */
function rightsKept(
  ctx: Ctx,
  shape: Shape,
  draft: Draft,
  { id, flow, before, after }: Prepared,
  copies: readonly string[],
): RawBuilder<unknown> {
  const had = before ? rightsFrom(shape, flow, before) : new Map<string, Right>()
  const have = rightsFrom(shape, flow, after)
  const changed = [...new Set([...had.keys(), ...have.keys()])].filter(user => !same(had.get(user), have.get(user)))
  const turned = before?.state !== after.state && before !== null
  const running = after.state === 'running'
  // Who has some right to it before and after still reads the same kinds of documents.
  for (const user of [...changed.filter(each => had.has(each) !== have.has(each)), ...copies])
    ctx.unit?.delegated.add(user)
  if (changed.length === 0 && copies.length === 0 && !turned) return sql``
  const [own, copied] = [sourceOf(id), copySource(id)]
  const rows = changed.flatMap(user => {
    const right = have.get(user)
    return right ? [grantOf(user, own, right)] : []
  })
  for (const user of copies)
    rows.push(grantOf(user, copied, { functions: ['read'], fields: lookedAt(have.get(user), shape) }))
  // A copy from before his step shows no more than the step.
  const less = changed.flatMap(user => {
    const right = have.get(user)
    return right && hiddenIn(right.fields).length > 0 && !copies.includes(user)
      ? [grantOf(user, copied, { functions: ['read'], fields: lookedAt(right, shape) })]
      : []
  })
  const of = sql.id(ctx.tenant, 'record_grant')
  const withCopies = (users: readonly string[]) => sql`((source = ${own} and "user" = any(${changed}::uuid[]))
    or (source = ${copied} and "user" = any(${users}::uuid[])))`
  const replaced = withCopies(copies)
  // One statement writes no row twice: what is narrowed gets its end with it.
  const written = withCopies([...copies, ...less.map(each => each.user)])
  // Whoever took part looks on for a while after the end, as long as it takes while it runs.
  const until = running
    ? sql`null::timestamptz`
    : sql`${ctx.now}::timestamptz + interval '${sql.raw(`${remembered}`)} days'`
  return sql`, gone as (delete from ${of} where ${replaced}),
    given_rights as (insert into ${of} (id, "user", entity, record, functions, fields, hides, source, at, until)
      select id, "user", ${shape.name}, ${draft.id}::uuid, array(select jsonb_array_elements_text(functions)), fields,
        array(select jsonb_array_elements_text(hides)), source,
        ${ctx.now}::timestamptz, ${turned ? until : sql`null::timestamptz`} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as x(id uuid, "user" uuid, functions jsonb, fields jsonb, hides jsonb, source text))
    ${less.length > 0 ? narrowed(of, less, until) : sql``}
    ${turned ? sql`, kept_rights as (update ${of} set until = ${until} where source in (${own}, ${copied}) and not ${written})` : sql``}`
}
