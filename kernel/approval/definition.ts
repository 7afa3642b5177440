// Which definition a document starts with: the newest published edition of its flow, else the one its module ships.
import type { Flow } from '@yingzao/engines/approval'
import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { holds } from '../records/can.ts'
import { asRecord, type Draft } from '../records/draft.ts'
import type { Shape } from '../registry/shape.ts'

export interface Definition {
  readonly flow: Flow
  /** The record of the edition; null: shipped. */
  readonly id: string | null
}

/** Which flow judges this document; null: none judges its kind, or none judges it (`approvalWhen`). */
export async function definitionFor(ctx: Ctx, shape: Shape, draft: Draft): Promise<Definition | null> {
  const { approval } = shape.conditions
  const isAsked = approval === null || holds(ctx, approval, asRecord(draft))
  return isAsked ? definitionOf(ctx, shape, shape.def.approval) : null
}

/** Null: documents of this kind need no approval. */
export async function definitionOf(ctx: Ctx, shape: Shape, name: string | undefined): Promise<Definition | null> {
  const shipped = name === undefined ? undefined : ctx.registry.flows.get(name)
  if (!shipped) return null
  const { rows } = await sql<{
    id: string
    content: Flow
  }>`select id, content from ${sql.id(ctx.tenant, 'approval_flow')}
    where name = ${shipped.name} and entity = ${shape.name} and stage = 'published' and deleted_at is null
    order by edition desc limit 1`.execute(ctx.db)
  const { module: _module, file: _file, ...flow } = shipped
  return rows[0] ? { flow: rows[0].content, id: rows[0].id } : { flow, id: null }
}
