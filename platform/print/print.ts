// Printing a record: rendered with what its reader may see, counted, and kept in the history so that paper can be checked
// against it. The first print is the original, each later one a copy.
import type { Matrix } from '@yingzao/formats/pdf'
import type { Ctx } from '@yingzao/kernel/context'
import type { Json } from '@yingzao/kernel/entity'
import { recordChanges } from '@yingzao/kernel/records/change'
import { lockRecord } from '@yingzao/kernel/records/lock'
import { refuse } from '@yingzao/kernel/refuse'
import { shapeOf } from '@yingzao/kernel/registry'
import { asSystem, write } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import QRCode from 'qrcode'
import { v7 as newId } from 'uuid'
import { bytesDigest, codeOf, markField, printAction, sheetDigest } from './code.ts'
import { renderPdf } from './render.ts'
import { type Bare, readSubject, sheetOfRecord, titleOf } from './sheet-of-record.ts'
import { templateOf } from './template.ts'
import type { SentSheet } from './thread-message.ts'
import { moment, printed } from './value.ts'
import { say, type Word } from './words.ts'

export interface Printed {
  readonly pdf: Uint8Array
  readonly pages: number
  readonly copy: number
  readonly code: string
  /** Name of the file, without its ending. */
  readonly name: string
}

const attempts = 5
const stateWords: Readonly<Record<string, Word>> = {
  draft: 'draft',
  rejected: 'rejected',
  void: 'void',
  reversed: 'reversed',
}

/** `site`: where people reach this system, `https://yingzao.example.cn`. Refuses `record.not_found` like reading does. */
export async function printRecord(
  ctx: Ctx,
  entity: string,
  id: string,
  { site, signal }: { readonly site: string; readonly signal?: AbortSignal },
): Promise<Printed> {
  const shape = shapeOf(ctx.registry, entity)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const subject = await readSubject(ctx, shape, id)
    const copy = (await printsOf(ctx, id)) + 1
    const effective = await templateOf(ctx, shape)
    const by = { name: ctx.principal.name, at: moment(ctx.now, ctx.zone) }
    const foot = `${say(ctx.lang, 'printedBy', by)} · ${say(ctx.lang, 'copyNo', { count: copy })}`
    const bare = await sheetOfRecord(subject, {
      ...effective,
      foot,
      watermark: watermarkOf(ctx, subject.record.state, copy),
    })
    const change = newId()
    const digest = sheetDigest(digested(bare))
    const code = codeOf(change, digest)
    const sheet = withCode(bare, effective.template.head.code ? code : null, site, {
      author: ctx.principal.name,
      subject: shape.def.label[ctx.lang],
      // The file says which print it is, so that it can be checked without its picture being read.
      keywords: code,
    })
    const { pdf, pages } = await renderPdf(sheet, signal ? { signal } : {})
    const mark: Readonly<Record<string, Json>> = { sheet: digest, file: bytesDigest(pdf), copy }
    const kept = await write(ctx, async inside => {
      const { draft } = await lockRecord(asSystem(inside), shape, id, {})
      // Somebody printed or changed it meanwhile: what was rendered is not what would be true now.
      if (draft.version !== subject.record.version || (await printsOf(inside, id)) + 1 !== copy) return false
      const diff = { [markField]: [null, mark] as const }
      await recordChanges(inside, [
        { id: change, entity, record: id, version: draft.version, op: 'action', action: printAction, diff },
      ])
      return true
    })
    const number = shape.fields.get('number')
    const no =
      number && typeof subject.record.number === 'string' ? printed(subject.record.number, number.def, subject.how) : ''
    if (kept) return { pdf, pages, copy, code, name: `${bare.head.title} ${no || titleOf(subject)}` }
  }
  throw refuse('print.busy')
}

/** How often a record was printed: the history counts. */
async function printsOf(ctx: Ctx, id: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.id(ctx.tenant, 'change')}
    where record = ${id}::uuid and action = ${printAction} and op = 'action' and diff ? ${markField}`.execute(ctx.db)
  return rows[0]?.n ?? 0
}

function watermarkOf(ctx: Ctx, state: Json | undefined, copy: number): string | null {
  const word = typeof state === 'string' ? stateWords[state] : undefined
  const words = [...(word ? [word] : []), ...(copy > 1 ? (['copy'] as const) : [])]
  return words.length === 0 ? null : words.map(each => say(ctx.lang, each)).join(' · ')
}

/** Everything on the sheet as JSON; pictures by their digests. */
function digested({ pictures, ...bare }: Bare): Json {
  const named = Object.fromEntries(Object.entries(pictures).map(([name, { bytes }]) => [name, bytesDigest(bytes)]))
  const whole: Json = JSON.parse(JSON.stringify({ ...bare, pictures: named }))
  return whole
}

/** The address a phone opens; the code stands behind the question mark, which no log keeps. */
export const verifyAddress = (site: string, code: string): string => `${site}/verify?c=${code.replaceAll('-', '')}`

export function withCode(bare: Bare, code: string | null, site: string, about: SentSheet['about']): SentSheet {
  if (code === null) return { ...bare, about }
  return {
    ...bare,
    about,
    head: { ...bare.head, code: { matrix: matrixOf(verifyAddress(site, code)), text: inLines(code) } },
  }
}

/** Three lines below the square, as large as that allows. */
const inLines = (code: string): string => code.replace(/((?:[^-]+-){2}[^-]+)-/g, '$1\n')

function matrixOf(text: string): Matrix {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  return { size: modules.size, dark: Array.from(modules.data, module => module !== 0) }
}
