// The doors of the page of print templates: what is printed how, the declared form to start from, and a preview as drawn pages.
import type { Json, Label } from '@yingzao/kernel/entity'
import { refuse } from '@yingzao/kernel/refuse'
import { act, type Ctx, list } from '@yingzao/kernel/server'
import { declaredTemplate } from '@yingzao/platform/print/declared'
import { previewPages } from '@yingzao/platform/print/preview'
import { readTemplate } from '@yingzao/platform/print/read-template'
import { printTemplate } from './print-template.entity.ts'
import type { Declared, Edition, Overview, Preview } from './shape.ts'

export const overview = act('print_template.overview', async (ctx): Promise<Overview> => {
  const { items } = await list(ctx, printTemplate, {
    filter: { stage: { in: ['draft', 'published'] } },
    fields: ['name', 'entity', 'lang', 'edition'],
    sort: ['-created_at'],
    limit: 500,
  })
  const of = (entity: string, stage: string) =>
    items.filter(each => each.entity === entity && each.stage === stage).map(edition)
  const entities = [...ctx.registry.shapes.values()]
    .filter(({ kind, def }) => kind !== 'line' && !def.internal)
    // Documents are what is printed most.
    .sort((a, b) => Number(b.kind === 'document') - Number(a.kind === 'document'))
    .map(({ name, module, def }) => ({
      ...{ entity: name, module, label: def.label satisfies Label },
      ...{ published: of(name, 'published'), drafts: of(name, 'draft') },
    }))
  return { entities }
})

const edition = (row: Edition): Edition => ({
  ...{ id: row.id, version: row.version, name: row.name, lang: row.lang, edition: row.edition },
})

export const declared = act(
  'print_template.declared',
  async (ctx, input): Promise<Declared> => ({
    template: declaredTemplate(shapeFor(ctx, input.entity), input.lang === 'en' ? 'en' : 'zh'),
  }),
)

export const preview = act('print_template.preview', async (ctx, input): Promise<Preview> => {
  const shape = shapeFor(ctx, input.entity)
  const content: Json = JSON.parse(JSON.stringify(input.content ?? null))
  const read = readTemplate(content, shape)
  if (!read.ok) throw refuse(`print_template.${read.reason}`, { at: read.at })
  const kept = typeof input.template === 'string' ? input.template : null
  return previewPages(ctx, shape, String(input.record), read.template, kept)
})

function shapeFor(ctx: Ctx, name: unknown) {
  const shape = ctx.registry.shapes.get(String(name))
  if (!shape || shape.kind === 'line') throw refuse('print_template.unknown', { entity: String(name).slice(0, 80) })
  return shape
}
