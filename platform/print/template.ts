// Which template a record is printed by: the published one of its entity for the reader's language, then for any; else the
// declared form. The entity `print_template` belongs to a module: without it every form is the declared one.
import type { Picture } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { asSystem, list } from '@yingzao/kernel/server'
import type { PrintTemplate } from '../client/print.ts'
import { declaredTemplate } from './declared.ts'
import { pictureOf } from './picture.ts'
import { readTemplate } from './read-template.ts'

export interface Effective {
  readonly template: PrintTemplate
  readonly logo: Picture | null
}

export async function templateOf(ctx: Ctx, shape: Shape): Promise<Effective> {
  const declared = { template: declaredTemplate(shape, ctx.lang), logo: null }
  if (!ctx.registry.entities.has('print_template')) return declared
  const { items } = await list(asSystem(ctx), 'print_template', {
    filter: { entity: { eq: shape.name }, stage: { eq: 'published' } },
    fields: ['lang', 'content', 'logo'],
    limit: 10,
  })
  const found = items.find(each => each.lang === ctx.lang) ?? items.find(each => each.lang === 'any')
  if (!found) return declared
  const read = readTemplate(found.content, shape)
  // A field it names may have gone with an update of its module: then the declared form is printed.
  return read.ok ? { template: read.template, logo: await pictureOf(ctx, found.logo) } : declared
}
