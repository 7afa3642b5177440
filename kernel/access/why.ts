// whyRights(): what somebody may do on an entity, or with one record, and which role, held where, by which grant gives it.
// The same parts that compile() puts into the predicate are asked one by one, so that the answer cannot differ from the rule.
import type { FieldRight, Scope } from '@yingzao/kernel/entity'
import { sql } from 'kysely'
import type { Ctx, HeldRole, Principal } from '../context.ts'
import { isPossible } from '../records/can.ts'
import { asRecord } from '../records/draft.ts'
import { type Asked, flags } from '../records/flag.ts'
import { lockRecord } from '../records/lock.ts'
import { Refusal, refuse } from '../refuse.ts'
import { isReadOnly, type Shape } from '../registry/shape.ts'
import { shapeOf } from '../registry.ts'
import type { GrantRow } from './book.ts'
import { grantableOf } from './grantable.ts'
import { fieldRight, placeRows, rightsOf, type Source, scopeRows, sourcesOf, type Use, useOf } from './rights.ts'
import { isNone, type Rows } from './rows.ts'

/** One way to a right: a role held somewhere and one of its grants. */
export interface Way {
  readonly role: string
  readonly at: HeldRole['at']
  readonly from: HeldRole['from']
  readonly to: HeldRole['to']
  readonly scope: Scope
  /** With a record: does it lie where the role is held, and in the grant's scope? Null without one. */
  readonly inPlace: boolean | null
  readonly inScope: boolean | null
}
export interface FunctionWhy {
  readonly function: string
  /** With a record: on it; without: on some record. */
  readonly allowed: boolean
  /** On every record there is. */
  readonly everywhere: boolean
  /** Does the record's state or stage allow it now? Null when the asker may not read the record: its state is a value. */
  readonly possible: boolean | null
  /** Every grant of a role the person holds that names the function, also those that do not reach the record. */
  readonly ways: readonly Way[]
  /** The right comes (also) from a task, a copy or an invitation to this record. */
  readonly delegated: boolean
}
export interface FieldWhy {
  readonly field: string
  readonly right: FieldRight
  /** Every grant that gives this right or a better one, also those that do not reach the record. */
  readonly ways: readonly (Way & { readonly right: FieldRight })[]
  readonly delegated: boolean
}
export interface RightsWhy {
  readonly functions: readonly FunctionWhy[]
  readonly fields: readonly FieldWhy[]
}

/**
 * `principal` is the person asked about, as `loadPrincipal` gives him. No value of the record leaves here: who may grant
 * rights may know whom they reach, also where he reads nothing himself. A record that is not there is refused
 * (`record.not_found`).
 */
export async function whyRights(
  ctx: Ctx,
  principal: Principal,
  entity: string,
  record: string | null,
): Promise<RightsWhy> {
  const shape = shapeOf(ctx.registry, entity)
  const book = principal.rights
  if (!book) return { functions: [], fields: [] }
  const his: Ctx = { ...ctx, principal }
  const rights = rightsOf(his, entity)
  const can = grantableOf(ctx.registry, shape)
  const sources = sourcesOf(principal, book, entity)
  const parts = new Map<Source, Record<Use, readonly [place: Rows, scope: Rows]>>()
  for (const source of sources) {
    const at = (use: Use) =>
      [
        placeRows(ctx.registry, book, shape, source.held, use),
        scopeRows(ctx.registry, principal, book, shape, source.grant.scope, use),
      ] as const
    parts.set(source, { read: at('read'), act: at('act'), change: at('change') })
  }
  const asked: Rows[] = [
    ...[...parts.values()].flatMap(part => [...part.read, ...part.act, ...part.change]),
    ...can.functions.map(fn => rights.rows(fn)),
    ...[...can.fields.keys()].flatMap(name => fieldUses.map(use => rights.field(name, use))),
  ]
  const holds = record === null ? (rows: Rows) => !isNone(rows) : await onRecord(ctx, shape, record, asked)
  const wayOf = (source: Source, use: Use): Way => {
    const [place, scope] = parts.get(source)?.[use] ?? [[], []]
    const { role, at, from, to } = source.held
    const inPlace = record === null ? null : holds(place)
    const inScope = record === null ? null : holds(scope)
    return { role, at, from, to, scope: source.grant.scope, inPlace, inScope }
  }
  const isPossibleNow = record === null ? () => null : await stateOf(ctx, his, shape, record)
  return {
    functions: can.functions.map((fn): FunctionWhy => {
      const use = useOf(shape, fn)
      const ways = sources.filter(({ grant }) => grant.functions.includes(fn)).map(source => wayOf(source, use))
      const allowed = holds(rights.rows(fn))
      return {
        function: fn,
        allowed,
        everywhere: rights.rows(fn) === 'all',
        possible: isPossibleNow(fn),
        ways,
        delegated: record !== null && allowed && !ways.some(reaches),
      }
    }),
    fields: [...can.fields].map(([name, field]) => {
      const [edits, reads, masked] = [
        holds(rights.field(name, 'update')) || (record === null && holds(rights.field(name, 'create'))),
        holds(rights.field(name, 'read')),
        holds(rights.field(name, 'masked')),
      ]
      const right = edits && !isReadOnly(field.def) ? 'edit' : reads ? 'read' : masked ? 'masked' : 'hidden'
      const ways = sources.flatMap(source =>
        givenBy(source.grant, shape, name, isReadOnly(field.def), record === null)
          .filter(given => rank[given] >= Math.max(rank[right], rank.masked))
          .map(given => ({ ...wayOf(source, given === 'edit' ? 'change' : 'read'), right: given })),
      )
      const delegated =
        record !== null && right !== 'hidden' && !ways.some(way => rank[way.right] >= rank[right] && reaches(way))
      return { field: name, right, ways, delegated }
    }),
  }
}

const reaches = (way: Way): boolean => way.inPlace === true && way.inScope === true
const rank: Readonly<Record<FieldRight, number>> = { hidden: 0, masked: 1, read: 2, edit: 3 }

/** The rights that one grant gives on a field: to change it, and to read it or its mask, each where its function reaches. */
function givenBy(grant: GrantRow, shape: Shape, name: string, readOnly: boolean, anywhere: boolean): FieldRight[] {
  const right = fieldRight(grant, shape, name)
  const has = (fn: string) => grant.functions.includes(fn)
  const edits = right === 'edit' && !readOnly && (has('update') || (anywhere && has('create')))
  const shows = right !== 'hidden' && has('read')
  return [...(edits ? ['edit' as const] : []), ...(shows ? [right === 'masked' ? right : ('read' as const)] : [])]
}

const fieldUses = ['read', 'masked', 'create', 'update'] as const

/** One statement: is the record among each of these sets? */
async function onRecord(ctx: Ctx, shape: Shape, id: string, sets: readonly Rows[]): Promise<(rows: Rows) => boolean> {
  const asked = flags({ tenant: ctx.tenant, entity: shape.name, alias: 't' }, 'all')
  const answers = new Map<string, Asked>(sets.map(rows => [JSON.stringify(rows), asked.ask(rows)]))
  const { rows } = await sql<Record<string, unknown>>`
    select ${sql.join([sql`true as found`, ...asked.columns()])} from ${sql.id(ctx.tenant, shape.name)} t
    where t.id = ${id}::uuid and t.deleted_at is null`.execute(ctx.db)
  const [row] = rows
  if (!row) throw refuse('record.not_found', { entity: shape.name })
  return rows => answers.get(JSON.stringify(rows))?.(row) ?? false
}

async function stateOf(ctx: Ctx, his: Ctx, shape: Shape, id: string): Promise<(fn: string) => boolean | null> {
  try {
    const { draft } = await lockRecord(ctx, shape, id, {}, { lock: false })
    const record = asRecord(draft)
    return fn => isPossible(his, shape, fn, record)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'record.not_found') return () => null
    throw error
  }
}
