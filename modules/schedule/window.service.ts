// 时段计划导出: the rows of a year, quarter, month or week as an Excel file, as this reader sees them on the page.
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { dayOf, formatDay, parseDay } from '@yingzao/engines/schedule'
import { type Column, writeSheet } from '@yingzao/formats/xlsx'
import { rightsOf } from '@yingzao/kernel/access/rights'
import { isNone } from '@yingzao/kernel/access/rows'
import { type Ctx, handle, list, refuse } from '@yingzao/kernel/server'
import { plan } from './plan.entity.ts'
import { quantitiesOf, quantityQuery } from './quantity.ts'
import { readPlan } from './read.ts'
import { reckon } from './reckon.ts'
import { windowAt, windowUnits, windowView } from './window.ts'
import { partWords, windowTitle } from './window-words.ts'

export default handle(plan, {
  async window_sheet(ctx, record, input) {
    if (isNone(rightsOf(ctx, plan.name).rows('export'))) throw refuse('access.denied', { function: 'export' })
    const unit = windowUnits.find(each => each === input.unit)
    const day = typeof input.on === 'string' ? parseDay(input.on) : undefined
    if (unit === undefined || day === undefined) throw refuse('schedule.invalid_edit', { reason: 'on' })
    const value = await readPlan(ctx, record)
    const schedule = reckon(value)
    const depth = typeof input.depth === 'number' ? input.depth : undefined
    const view = windowView(value, schedule, windowAt(unit, day, schedule), depth)
    const quantities = await quantitiesIn(ctx, record.id)
    const names = await namesOf(
      ctx,
      view.rows.flatMap(each => each.responsible ?? []),
    )
    const { lang } = ctx
    const promised = new Map(view.milestones.map(each => [each.id, each]))
    const title = windowTitle(view.window, lang)
    const stream = new PassThrough()
    const whole = buffer(stream)
    await writeSheet(
      stream,
      columns.map(({ header, ...column }) => ({ ...column, header: header[lang] })),
      view.rows.map(row => {
        const quantity = quantities.get(row.id)
        const milestone = promised.get(row.id)
        const of = (share: number) => (quantity ? Math.round(quantity.total * share * 1000) / 1000 : null)
        return [
          row.number,
          `${'  '.repeat(row.level)}${row.name}`,
          dateOf(row.start),
          dateOf(row.finish),
          share(row.begin),
          share(row.end),
          share(row.end - row.begin),
          share(row.done),
          of(row.begin),
          of(row.end),
          quantity?.unit ?? null,
          row.part === null ? null : partWords[row.part][lang],
          milestone?.promised == null ? null : dateOf(milestone.promised),
          milestone?.days ?? null,
          row.responsible === null ? null : (names.get(row.responsible) ?? null),
        ]
      }),
      { sheet: title },
    )
    return {
      name: `${record.name} ${title}.xlsx`,
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      base64: (await whole).toString('base64'),
    }
  },
})

const dateOf = (minute: number) => formatDay(dayOf(minute))
/** In whole percent. */
const share = (value: number) => Math.round(value * 100)

const columns: readonly (Omit<Column, 'header'> & { readonly header: { readonly zh: string; readonly en: string } })[] =
  [
    { header: { zh: '序号', en: 'No.' }, kind: 'text', width: 8 },
    { header: { zh: '任务名称', en: 'Task' }, kind: 'text', width: 44 },
    { header: { zh: '开始', en: 'Start' }, kind: 'date', width: 12 },
    { header: { zh: '完成', en: 'Finish' }, kind: 'date', width: 12 },
    { header: { zh: '期初计划（%）', en: 'Planned at begin (%)' }, kind: 'number', width: 12 },
    { header: { zh: '期末计划（%）', en: 'Planned at end (%)' }, kind: 'number', width: 12 },
    { header: { zh: '本期计划（%）', en: 'In the period (%)' }, kind: 'number', width: 12 },
    { header: { zh: '已完成（%）', en: 'Done so far (%)' }, kind: 'number', width: 12 },
    { header: { zh: '期初累计工程量', en: 'Quantity at begin' }, kind: 'number', width: 14 },
    { header: { zh: '期末累计工程量', en: 'Quantity at end' }, kind: 'number', width: 14 },
    { header: { zh: '单位', en: 'Unit' }, kind: 'text', width: 8 },
    { header: { zh: '类别', en: 'Kind' }, kind: 'text', width: 10 },
    { header: { zh: '基线完成（里程碑）', en: 'Baseline finish (milestones)' }, kind: 'date', width: 16 },
    { header: { zh: '偏差（天）', en: 'Deviation (days)' }, kind: 'number', width: 12 },
    { header: { zh: '负责人', en: 'Responsible' }, kind: 'text', width: 12 },
  ]

/** As far as this reader sees the reports. */
async function quantitiesIn(ctx: Ctx, id: string) {
  const { entity, fields, sort, limit } = quantityQuery
  if (!ctx.registry.entities.has(entity) || isNone(rightsOf(ctx, entity).rows('read'))) return quantitiesOf([])
  const filter = { plan: { eq: id }, total_qty: { empty: false } } as const
  const found = await list(ctx, entity, { filter, fields, sort, limit })
  return quantitiesOf(found.items)
}

/** As far as this reader sees the people. */
async function namesOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const some = [...new Set(ids)].slice(0, 500)
  if (some.length === 0 || isNone(rightsOf(ctx, 'user').rows('read'))) return new Map()
  const found = await list(ctx, 'user', { filter: { id: { in: some } }, fields: ['name'], limit: 500 })
  return new Map(found.items.map(each => [String(each.id), String(each.name)]))
}
