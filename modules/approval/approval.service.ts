// The doors of the pages: boxes, trail, simulation, definitions in use. Everything is read with the asker's own rights.
import { boxes, boxOf, diagramOf, markRead, todoCount, trailOf } from '@yingzao/kernel/approval/read'
import { movesMoney, readFlow } from '@yingzao/kernel/approval/read-flow'
import { simulate } from '@yingzao/kernel/approval/simulate'
import { amountField } from '@yingzao/kernel/documents/amount'
import type { FieldMeta, Fields, Label } from '@yingzao/kernel/entity'
import { act, list, refuse } from '@yingzao/kernel/server'
import type { BoxAnswer, Edition, FlowInUse, FlowsAnswer } from './shape.ts'

/** Rows of a page of a box. */
const page = 50

export const box = act('approval.box', async (ctx, input): Promise<BoxAnswer> => {
  const wanted = boxes.find(each => each === input.box) ?? 'todo'
  const found = await boxOf(ctx, wanted, page, typeof input.from === 'number' ? input.from : 0)
  return { ...found, todo: await todoCount(ctx) }
})

export const trail = act('approval.trail', async (ctx, input) => {
  const entity = String(input.entity)
  if (ctx.registry.shapes.get(entity)?.kind !== 'document') throw refuse('record.unknown_entity', { entity })
  return { trail: await trailOf(ctx, entity, String(input.document)) }
})

export const diagram = act('approval.diagram', async (ctx, input) => {
  const entity = String(input.entity)
  if (ctx.registry.shapes.get(entity)?.kind !== 'document') throw refuse('record.unknown_entity', { entity })
  return { diagram: await diagramOf(ctx, entity, String(input.document)) }
})

export const seen = act('approval.seen', async (ctx, input) => {
  await markRead(ctx, String(input.document))
  return {}
})

export const simulation = act('approval.simulate', async (ctx, input) => {
  const shape = ctx.registry.shapes.get(String(input.entity))
  if (shape?.kind !== 'document') throw refuse('record.unknown_entity', { entity: String(input.entity) })
  return simulate(ctx, shape, input.values ?? {}, String(input.starter), input.content)
})

/** A flow from a file, as strictly as one that is saved; what it asks for may still be wrong until it is published. */
export const read = act('approval.read_flow', async (_ctx, input) => {
  const found = readFlow(input.content)
  if (!found.ok) throw refuse('approval.flow_form', { at: found.at, reason: found.reason })
  return { flow: found.flow }
})

export const flows = act('approval.flows', async (ctx): Promise<FlowsAnswer> => {
  const { items } = await list(ctx, 'approval_flow', { limit: 200, sort: ['-created_at'] })
  // Those that administrators made, too.
  const roles = await list(ctx, 'role', { limit: 200 })
  const found: FlowInUse[] = []
  for (const shape of ctx.registry.shapes.values())
    for (const name of new Set([shape.def.approval, shape.def.reversal?.approval])) {
      const shipped = name === undefined ? undefined : ctx.registry.flows.get(name)
      if (!shipped) continue
      const { module: _module, file: _file, ...flow } = shipped
      const own = items.filter(each => each.name === flow.name && each.entity === shape.name)
      found.push({
        ...{ name: flow.name, label: flow.label, entity: shape.name, entityLabel: shape.def.label, shipped: flow },
        fields: fieldsOf(shape.def.fields),
        lines: shape.lines.map(({ field, of }) => ({
          ...{ name: field, label: shape.def.fields[field]?.label ?? of.def.label },
          fields: fieldsOf(of.def.fields),
        })),
        money: movesMoney(shape),
        amount: amountField(shape)?.name ?? null,
        published: editionOf(own.find(each => each.stage === 'published')),
        draft: editionOf(own.find(each => each.stage === 'draft')),
      })
    }
  const shipped = [...ctx.registry.roles].map(([code, role]): [string, Label] => [code, role.label])
  const kept = roles.items.map(({ code, label_zh, label_en }): [string, Label] => [
    String(code),
    { zh: String(label_zh), en: String(label_en) },
  ])
  return { flows: found, roles: Object.fromEntries([...shipped, ...kept]) }
})

const fieldsOf = (fields: Fields): FieldMeta[] =>
  Object.entries(fields).map(([name, def]): FieldMeta => ({ ...def, name, right: 'edit', sortable: false }))

/** What is kept was read strictly when it was saved; one that an older version wrote otherwise is not offered. */
function editionOf(
  row:
    | { readonly id: string; readonly version: number; readonly edition?: unknown; readonly content?: unknown }
    | undefined,
): Edition | null {
  const read = row && readFlow(JSON.parse(JSON.stringify(row.content ?? null)))
  if (!row || !read?.ok) return null
  return {
    id: row.id,
    version: row.version,
    edition: typeof row.edition === 'number' ? row.edition : null,
    content: read.flow,
  }
}
