// What cannot be printed is not kept; a published edition stays as it is, and a new one takes the place of the one before.

import { asSystem, type Ctx, hooks, list, refuse, run } from '@yingzao/kernel/server'
import { readTemplate } from '@yingzao/platform/print/read-template'
import { printTemplate } from './print-template.entity.ts'

export default hooks(printTemplate, {
  async beforeSave(ctx, record, before) {
    const shape = ctx.registry.shapes.get(record.entity)
    if (!shape || shape.kind === 'line') throw refuse('print_template.unknown', { entity: record.entity })
    const same = (['content', 'logo', 'entity', 'lang'] as const).every(
      name => JSON.stringify(before?.[name]) === JSON.stringify(record[name]),
    )
    if (before && before.stage !== 'draft' && !same) throw refuse('print_template.published')
    const read = readTemplate(record.content, shape)
    if (!read.ok) throw refuse(`print_template.${read.reason}`, { at: read.at })
    if (record.stage !== 'published' || before?.stage === 'published') return undefined
    return { edition: record.edition ?? (await nextEdition(ctx, record.entity, record.lang)), published_at: ctx.now }
  },
  async afterSave(ctx, after, before) {
    if (after?.stage !== 'published' || before?.stage === 'published') return
    const { items } = await list(asSystem(ctx), printTemplate, {
      filter: { entity: { eq: after.entity }, lang: { eq: after.lang }, stage: { eq: 'published' } },
      limit: 50,
    })
    for (const { id } of items) if (id !== after.id) await run(asSystem(ctx), printTemplate, id, 'retire')
  },
})

async function nextEdition(ctx: Ctx, entity: string, lang: string): Promise<number> {
  const { items } = await list(asSystem(ctx), printTemplate, {
    filter: { entity: { eq: entity }, lang: { in: [lang] } },
    fields: ['edition'],
    limit: 500,
  })
  return Math.max(0, ...items.map(each => each.edition ?? 0)) + 1
}
