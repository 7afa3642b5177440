// 生成、核定、追加: a draft gets the lines that contracts and requests say; the company decides each; a supplement comes on top.
import { compare } from '@yingzao/engines/money'
import { asId, isDecimal, isId, type Json } from '@yingzao/kernel/entity'
import { asSystem, create, get, handle, list, patch, refuse, refuseInput } from '@yingzao/kernel/server'
import { fundsPlan } from './funds-plan.entity.ts'
import { isOver, proposeLines } from './propose.ts'

export default handle(fundsPlan, {
  generate: async (ctx, record) => {
    if (isOver(record.month, ctx.today)) throw refuse('funds_plan.past', { month: record.month })
    const system = asSystem(ctx)
    const plan = await get(system, fundsPlan, record.id)
    const proposed = await proposeLines(ctx, plan.project, plan.month)
    // What a person wrote stays; what was proposed before is proposed again.
    const remove = plan.lines.filter(line => line.why !== null).map(line => line.id)
    const own = new Set(plan.lines.flatMap(line => (line.why === null && line.contract !== null ? line.contract : [])))
    const upsert = proposed.filter(line => line.payable !== null || line.contract === null || !own.has(line.contract))
    await patch(system, fundsPlan.name, plan.id, plan.version, { lines: { upsert: [...upsert], remove } })
    return { lines: upsert.length, kept: plan.lines.length - remove.length }
  },

  decide: async (ctx, record, input) => {
    const plan = await get(asSystem(ctx), fundsPlan, record.id)
    const amounts = amountsOf(input.amounts)
    const lines = new Map(plan.lines.map(line => [String(line.id), line]))
    const upsert = amounts.map(({ id, amount }, at) => {
      const line = lines.get(id)
      if (!line) throw refuseInput([{ path: `amounts.${at}.id`, code: 'funds_plan.no_line' }])
      return { id: asId('funds_plan_line', id), approved_amount: amount }
    })
    await patch(asSystem(ctx), fundsPlan.name, plan.id, plan.version, { lines: { upsert } })
    const { approved_in_amount, approved_out_amount } = await get(asSystem(ctx), fundsPlan, record.id)
    return { approved_in_amount, approved_out_amount }
  },

  supplement: async (ctx, record) => {
    const system = asSystem(ctx)
    const { items } = await list(system, fundsPlan, {
      filter: {
        ...{ project: { eq: record.project }, month: { eq: record.month }, kind: { eq: 'supplement' } },
        state: { in: ['draft', 'rejected'] },
      },
      fields: ['name'],
      limit: 1,
    })
    if (items[0]) throw refuse('funds_plan.in_work', { name: items[0].name ?? '' })
    const made = await create(system, fundsPlan.name, {
      name: `${record.name ?? record.month} ${ctx.lang === 'zh' ? '追加' : 'supplement'}`,
      ...{
        project: record.project,
        month: record.month,
        kind: 'supplement',
        base: record.base ?? record.id,
        lines: [],
      },
    })
    return { id: made.id }
  },
})

function amountsOf(value: Json | undefined): { id: string; amount: `${number}` }[] {
  const wrong = (path: string) => refuseInput([{ path, code: 'field.type', values: { expected: '[{ id, amount }]' } }])
  if (!Array.isArray(value) || value.length === 0 || value.length > 1000) throw wrong('amounts')
  return value.map((each: Json, at) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) throw wrong(`amounts.${at}`)
    const { id, amount } = { id: null, amount: null, ...each }
    if (!isId(id) || !isDecimal(amount) || compare(amount, '0') < 0) throw wrong(`amounts.${at}`)
    return { id, amount }
  })
}
