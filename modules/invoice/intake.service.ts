// 电子发票收票: what the chosen files hold, compared with our companies, the counterparties and their contracts; accepted ones
// become drafts with the file, red ones are taken off their original, the others are refused in words.
import { type EInvoice, type EInvoiceReading, readInvoiceFile } from '@yingzao/formats/e-invoice'
import { refusalMessage } from '@yingzao/formats/message'
import { type FileRef, isId } from '@yingzao/kernel/entity'
import { act, type Ctx, Refusal } from '@yingzao/kernel/server'
import { openFile } from '@yingzao/platform/files/open'
import { problemOf } from '@yingzao/platform/http/problem'
import type { Intake, IntakeRow } from './intake-shape.ts'
import { takeIn } from './take-in.ts'

/** Together with `max` of the input: what one request may hold in memory is one file. */
const largest = 30 * 1024 * 1024

export default act('invoice.intake', async (ctx, input): Promise<Intake> => {
  const rows: IntakeRow[] = []
  for (const file of filesOf(input.files)) {
    const { name, content } = await openFile(ctx, file.id)
    for (const reading of await read(content, name)) rows.push(await rowOf(ctx, reading, { ...file, name }))
  }
  return { rows }
})

async function read(content: AsyncIterable<Uint8Array>, name: string): Promise<EInvoiceReading[]> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of content) {
    size += part.length
    if (size > largest) return [{ name, ok: false, error: { code: 'format.too_large', values: { limit: largest } } }]
    parts.push(part)
  }
  return readInvoiceFile(Buffer.concat(parts), name)
}

async function rowOf(ctx: Ctx, reading: EInvoiceReading, file: FileRef): Promise<IntakeRow> {
  if (!reading.ok) {
    const said = refusalMessage(reading.error)
    return { ...nothing, name: reading.name, reason: ctx.lang === 'zh' ? said.zh : said.en }
  }
  const { invoice: read } = reading
  const row = { ...nothing, name: reading.name, ...headOf(read) }
  try {
    return { ...row, ...(await takeIn(ctx, read, file)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { detail, errors } = problemOf(error, ctx.registry, ctx.lang, '')
    return { ...row, reason: errors?.map(each => each.message).join(' ') ?? detail }
  }
}

const nothing: Omit<IntakeRow, 'name'> = {
  ...{ outcome: 'refused', id: null, invoice_no: null, issued_on: null, direction: null },
  ...{ party: null, gross_amount: null, reason: null },
}
const headOf = (read: EInvoice) => ({
  ...{ invoice_no: read.number, issued_on: read.issuedOn, party: read.seller.name, gross_amount: read.gross },
})

const filesOf = (value: unknown): FileRef[] =>
  Array.isArray(value)
    ? value.flatMap((each: unknown) =>
        typeof each === 'object' && each !== null && 'id' in each && isId(each.id) && 'name' in each
          ? [{ id: each.id, name: String(each.name), size: 0, type: '' } as FileRef]
          : [],
      )
    : []
