// A template before it is published: a real record printed by it as drawn pages, counted nowhere.
import type { Page } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import type { Shape } from '@yingzao/kernel/registry/shape'
import { get } from '@yingzao/kernel/server'
import type { PrintTemplate } from '../client/print.ts'
import { pictureOf } from './picture.ts'
import { withCode } from './print.ts'
import { renderPages } from './render.ts'
import { readSubject, sheetOfRecord } from './sheet-of-record.ts'
import { moment } from './value.ts'
import { say } from './words.ts'

/** Long documents show their first pages. */
const most = 6

export interface Previewed {
  readonly pages: readonly Page[]
  /** Signatures, as addresses of data; the logo is the editor's own. */
  readonly pictures: Readonly<Record<string, string>>
}

/** With the rights of who looks; `kept` is the template whose logo is shown. */
export async function previewPages(
  ctx: Ctx,
  shape: Shape,
  record: string,
  template: PrintTemplate,
  kept: string | null,
): Promise<Previewed> {
  const subject = await readSubject(ctx, shape, record)
  const logo = kept === null ? null : await pictureOf(ctx, (await get(ctx, 'print_template', kept)).logo)
  const foot = say(ctx.lang, 'printedBy', { name: ctx.principal.name, at: moment(ctx.now, ctx.zone) })
  const bare = await sheetOfRecord(subject, { template, logo, foot, watermark: say(ctx.lang, 'preview') })
  const code = template.head.code ? say(ctx.lang, 'preview') : null
  const pages = await renderPages(withCode(bare, code, '', { author: '', subject: '', keywords: '' }))
  const shown = pages.slice(0, most)
  const named = new Set(
    shown.flatMap(page => page.marks.flatMap(mark => (mark.is === 'picture' ? [mark.picture] : []))),
  )
  const pictures = Object.fromEntries(
    Object.entries(bare.pictures).flatMap(([name, { bytes }]) =>
      named.has(name) && name !== 'logo'
        ? [[name, `data:image/jpeg;base64,${Buffer.from(bytes).toString('base64')}`] as const]
        : [],
    ),
  )
  return { pages: shown, pictures }
}
