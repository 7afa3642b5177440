// From an uploaded file to a kept plan: read, computed, and written in one transaction, so that half of it is never seen.
import { dayOf, formatDay, MINUTES_PER_DAY, type Plan, parseDay } from '@yingzao/engines/schedule'
import { type FormatError, type Loss, type PlanFormat, readPlanFile, refusalMessage } from '@yingzao/formats/plan-file'
import { type Face, readChoices, readPlanTable } from '@yingzao/formats/plan-table'
import { asId, type FileRef, type Id, isId } from '@yingzao/kernel/entity'
import { asSystem, type Ctx, create, get, type Input, patch, refuse, write } from '@yingzao/kernel/server'
import { openFile } from '@yingzao/platform/files/open'
import { v7 as newId } from 'uuid'
import { project } from '../project/project.entity.ts'
import { adopt } from './adopt.ts'
import { becomeCurrent, type Told, writePlan } from './keep.ts'
import { plan } from './plan.entity.ts'
import { projectPlan, reckon } from './reckon.ts'
import { planColumns } from './rows.ts'

const mostTasks = 50_000

/** What a file holds, whatever kind it is of. */
export interface Read {
  readonly format: PlanFormat | 'xlsx' | 'csv'
  readonly encoding: string | null
  readonly plans: readonly Plan[]
  readonly loss: readonly Loss[]
  /** Of a spreadsheet: what was understood of it. */
  readonly face?: Face
}
export interface Upload {
  readonly file: FileRef
  readonly name: string
}

/** The plan of the file that the input names. */
export function chosenPlan(reading: Read, input: Input): Plan {
  const read = reading.plans[Number(input.index ?? 0)]
  if (!read) throw refuse('schedule.unreadable', { reason: `#${input.index}`, way_out: '' })
  if (read.tasks.length > mostTasks)
    throw refuse('schedule.too_many_tasks', { limit: mostTasks, count: read.tasks.length })
  return read
}

export interface Imported {
  /** The id that the new plan gets. */
  readonly plan: string
  readonly project: string
  readonly name: string
  readonly make_current: boolean
  readonly value: Plan
  readonly upload: Upload
  readonly loss: Read['loss']
}

/** Writes the plan whole or not at all; `told` hears how much of it is written. */
export async function keepImported(ctx: Ctx, imported: Imported, told?: Told) {
  const value = adopt(imported.value, newId)
  const schedule = reckon(value)
  return write(ctx, async ctx => {
    const owner = await get(ctx, project, imported.project)
    const record = await create(ctx, plan, {
      id: asId('plan', imported.plan),
      name: imported.name,
      project: owner.id,
      mode: value.mode,
      start_on: asDay(value.options.start),
      ...(value.options.statusDate === undefined ? {} : { status_on: asDay(value.options.statusDate) }),
      source_file: [imported.upload.file],
    })
    const system = asSystem(ctx)
    const { options, calendars, more } = planColumns(value)
    await patch(system, plan.name, record.id, undefined, {
      options,
      calendars,
      more,
      source: imported.upload.name.slice(0, 300),
    })
    if (imported.make_current) await becomeCurrent(ctx, record)
    const kept = await get(ctx, plan, record.id)
    const empty: Plan = { ...value, tasks: [], links: [], resources: [], assignments: [] }
    await writePlan(ctx, kept, empty, value, told)
    const figures = await projectPlan(ctx, kept, value, schedule)
    return { plan: record.id, figures, loss: imported.loss }
  })
}

const asDay = (minute: number) => formatDay(dayOf(minute)) as `${number}-${number}-${number}`

/** Refuses what cannot be read with the way out. */
export async function readUpload(ctx: Ctx, input: Input) {
  const file = fileOf(input.file)
  if (!file) throw refuse('schedule.unreadable', { reason: 'file', way_out: '' })
  const upload = await openFile(ctx, file.id)
  const reading = sheet.test(upload.name)
    ? await readSheetFile(ctx, upload.content, input)
    : await readFile(ctx, upload)
  return { file: { ...file, name: upload.name, size: upload.size }, name: upload.name, reading }
}

const sheet = /\.(xlsx|xlsm|csv)$/i
/** Bytes of a sheet that holds no more rows than a plan may have tasks. */
const largestSheet = 50_000_000

async function readFile(
  ctx: Ctx,
  { content, name }: { readonly content: AsyncIterable<Uint8Array>; readonly name: string },
): Promise<Read> {
  const reading = await readPlanFile(content, name)
  if (!reading.ok) throw unreadable(ctx, reading.error)
  return reading
}

/** A plan kept in a spreadsheet, by the columns that the input says or that their headers tell. */
async function readSheetFile(ctx: Ctx, content: AsyncIterable<Uint8Array>, input: Input): Promise<Read> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of content) {
    size += part.length
    if (size > largestSheet) throw unreadable(ctx, { code: 'format.too_large', values: { limit: largestSheet } })
    parts.push(part)
  }
  const today = (parseDay(ctx.today) ?? 0) * MINUTES_PER_DAY
  const reading = await readPlanTable(Buffer.concat(parts), readChoices(input.table), { today })
  if (!reading.ok) throw unreadable(ctx, reading.error)
  const { format, plan, face, loss } = reading
  return { format, encoding: null, plans: [plan], loss, face }
}

function unreadable(ctx: Ctx, error: FormatError) {
  return refuse('schedule.unreadable', { reason: refusalMessage(error)[ctx.lang], way_out: '', code: error.code })
}

/** A file field's value: one or several references. */
function fileOf(value: unknown): FileRef | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value
  if (typeof one === 'string' && isId(one)) return { id: asId('file', one), name: '', size: 0, type: '' }
  if (typeof one !== 'object' || one === null || !('id' in one) || !isId(one.id)) return undefined
  const text = (key: 'name' | 'type') =>
    key in one && typeof (one as Record<string, unknown>)[key] === 'string'
      ? String((one as Record<string, unknown>)[key])
      : ''
  return { id: one.id as Id<'file'>, name: text('name'), size: 0, type: text('type') }
}
