// The register knows every limit that is asked for, and its list shows what holds today.
import { all, create, get, job, patch } from '@yingzao/kernel/server'
import { valueIn } from './in-force.ts'
import { parameter } from './parameter.entity.ts'
import { type StandardParameter, standardParameters } from './standard.ts'

export const keepParameters = job('parameter.keep', {
  label: { zh: '限额与参数', en: 'Limits that hold today' },
  every: '*/5 * * * *',
  async run(ctx) {
    const there = await all(ctx, parameter, { fields: ['code', 'value'] })
    const codes = new Set(there.map(each => each.code))
    let made = 0
    const shipped: readonly (readonly [string, StandardParameter])[] = Object.entries(standardParameters)
    for (const [code, { zh, en, unit, values, basis }] of shipped) {
      if (codes.has(code)) continue
      const lines = values.map(([value, from_on, to_on]) => ({ value, from_on, to_on }))
      await create(ctx, parameter.name, { code, name: zh, name_en: en, unit, basis, values: lines })
      made++
    }
    let changed = 0
    for (const { id, value } of there) {
      const { values } = await get(ctx, parameter, id)
      const now = valueIn(values, ctx.today, null)
      if (now === null ? value === null : value !== null && Number(now) === Number(value)) continue
      // The hook says it anew.
      await patch(ctx, parameter.name, id, undefined, {})
      changed++
    }
    return { made, changed }
  },
})
