// 查重: which companies of the register are probably one. Of those its reader may see.
import { act, all } from '@yingzao/kernel/server'
import { alikeNames } from './alike.ts'
import type { AlikeCompany, AlikePair } from './alike-shape.ts'
import { counterparty } from './counterparty.entity.ts'

export default act('counterparty.find_alike', async (ctx, input): Promise<{ pairs: AlikePair[] }> => {
  const rows = await all(ctx, counterparty, { fields: ['code', 'name', 'credit_code', 'standing'], sort: ['name'] })
  const companies = rows.map(
    ({ id, code, name, credit_code, standing }): AlikeCompany => ({
      ...{ id, code: code ?? null, name, credit_code: credit_code ?? null, standing: standing ?? null },
    }),
  )
  const names = companies.map(({ name }) => name)
  const asked = typeof input.name === 'string' ? input.name.trim() : ''
  const found = asked === '' ? alikeNames(names) : alikeNames([...names, asked], names.length)
  return {
    pairs: found.flatMap(({ a, b, likeness }) => {
      // A typed name stands behind all others, and so is always the second.
      const first = companies[a]
      return first ? [{ a: first, b: companies[b] ?? null, likeness }] : []
    }),
  }
})
