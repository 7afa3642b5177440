// 常用税率: puts the shipped rates that are missing into the register; what is there stays as it is.
import { act, all, asSystem, type Ctx, create } from '@yingzao/kernel/server'
import { standardRates } from './standard.ts'
import { taxRate } from './tax-rate.entity.ts'

const there = async (ctx: Ctx) =>
  new Set((await all(asSystem(ctx), taxRate, { fields: ['code'] })).map(({ code }) => code))

export const standard = act('tax_rate.standard', async ctx => {
  const codes = await there(ctx)
  return { rates: standardRates.map(each => ({ ...each, there: codes.has(each.code) })) }
})

/** In the caller's name: whoever may not create rates may not do this. */
export const load = act('tax_rate.load_standard', async ctx => {
  const codes = await there(ctx)
  let made = 0
  for (const { code, zh, en, tax, method, periods, basis } of standardRates) {
    if (codes.has(code)) continue
    const lines = periods.map(([rate, from_on, to_on]) => ({ rate, from_on, to_on }))
    await create(ctx, taxRate, { code, name: zh, name_en: en, tax, method, basis, periods: lines })
    made++
  }
  return { made }
})
