// 计划模板: made from a plan or one of its summaries, laid out into a plan, and the beginning of a new one.
import { takeTemplate } from '@yingzao/engines/plan-template'
import { asId, isPlainDate, type Json } from '@yingzao/kernel/entity'
import { act, create, get, refuse, write } from '@yingzao/kernel/server'
import { v7 as newId } from 'uuid'
import { plan } from './plan.entity.ts'
import { editPlan, openPlan } from './public.ts'
import { reckon } from './reckon.ts'
import { planTemplate } from './template.entity.ts'
import { contentOf, insertion } from './template.ts'

/** The edits that put a template into a plan; nothing is changed. They go through `plan.edit`, as anybody's edits do. */
export const expandTemplate = act('schedule.expand_template', async (ctx, input) => {
  const record = await get(ctx, planTemplate, String(input.template))
  const { plan: value } = await openPlan(ctx, String(input.plan))
  const under = typeof input.under === 'string' ? input.under : undefined
  if (under !== undefined && !value.tasks.some(each => each.id === under)) throw refuse('schedule.no_such_task', {})
  return insertion(contentOf(record.content), value, {
    counts: input.counts,
    ...(under === undefined ? {} : { under }),
  })
})

export const makeTemplate = act('schedule.make_template', async (ctx, input) => {
  const { plan: value } = await openPlan(ctx, String(input.plan))
  const root = typeof input.task === 'string' ? input.task : undefined
  if (root !== undefined && !value.tasks.some(each => each.id === root)) throw refuse('schedule.no_such_task', {})
  const dates = new Map(reckon(value).tasks.map(each => [each.id, each]))
  const { template, linksLeft, datesTurned } = takeTemplate(value, dates, root)
  const id = newId()
  const content: Json = JSON.parse(JSON.stringify(template))
  await create(ctx, planTemplate, {
    id: asId('plan_template', id),
    ...{ name: String(input.name), project_type: typeOf(input.project_type), content },
    description: typeof input.description === 'string' ? input.description : null,
  })
  return { template: id, tasks: template.tasks.length, links_left: linksLeft, dates_turned: datesTurned }
})

export const startPlan = act('schedule.start_plan', async (ctx, input) => {
  const record = await get(ctx, planTemplate, String(input.template))
  const start = input.start_on
  if (!isPlainDate(start)) throw refuse('schedule.invalid_edit', { reason: 'start_on' })
  return write(ctx, async ctx => {
    const made = await create(ctx, plan, {
      ...{ name: String(input.name), project: asId('project', String(input.project)), start_on: start },
      ...(typeof input.calendar === 'string' ? { calendar: asId('calendar', input.calendar) } : {}),
    })
    const { plan: value } = await openPlan(ctx, made.id)
    const { edits, tasks } = insertion(contentOf(record.content), value, { counts: input.counts })
    const summary = begun[ctx.lang](record.name).slice(0, 300)
    await editPlan(ctx, made.id, { base: 0, edits, summary })
    return { plan: made.id, tasks }
  })
})

type ProjectType = keyof typeof planTemplate.def.fields.project_type.options
const types = planTemplate.def.fields.project_type.options
const isType = (value: unknown): value is ProjectType => typeof value === 'string' && Object.hasOwn(types, value)
const typeOf = (value: unknown): ProjectType => (isType(value) ? value : 'other')

const begun = {
  zh: (name: string) => `由模板“${name}”生成`,
  en: (name: string) => `From the template “${name}”`,
}
