// 合同台账: each contract with its figures and their sums, of one project or of all that the asker sees.
import { compare } from '@yingzao/engines/money'
import type { Filter } from '@yingzao/kernel/entity'
import { act, all, asSystem, type Ctx, type Input, refuse } from '@yingzao/kernel/server'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { contract } from './contract.entity.ts'
import { figuresBy, totalOf } from './figures.ts'
import type { Register, RegisterRow } from './figures-shape.ts'

export const register = act('contract.register', (ctx, input) => registerOf(ctx, input))

/** Supplements stand in the sum of their contract, frameworks in their orders: neither is a row of its own. */
async function registerOf(ctx: Ctx, input: Input): Promise<Register> {
  const filter: Record<string, Filter> = {
    state: { in: ['effective', 'closed'] },
    form: { in: ['single', 'order'] },
  }
  if (typeof input.project === 'string') filter.project = { eq: input.project }
  const seen = await all(ctx, contract, {
    filter,
    fields: [
      'number',
      'contract_no',
      'name',
      'direction',
      'kind',
      'form',
      'project',
      'counterparty',
      'signed_on',
      'gross_amount',
    ],
  })
  // Where the money of some is hidden from the asker, those are no rows of his.
  const rows = seen.filter(row => row.gross_amount !== undefined)
  if (rows.length === 0 && seen.length > 0) throw refuse('access.denied', { function: 'read' })
  const system = asSystem(ctx)
  const figures = await figuresBy(
    ctx,
    rows.map(({ id }) => id),
  )
  const names = async (entity: typeof project | typeof counterparty, ids: readonly string[]) =>
    new Map<string, string>(
      (await all(system, entity.name, { filter: { id: { in: [...new Set(ids)] } }, fields: ['name'] })).map(
        ({ id, name }) => [id, String(name)],
      ),
    )
  const projects = await names(
    project,
    rows.map(row => row.project),
  )
  const parties = await names(
    counterparty,
    rows.map(row => row.counterparty),
  )
  const found = rows.map(
    (row): RegisterRow => ({
      ...{ id: row.id, number: row.number, contract_no: row.contract_no, name: row.name, direction: row.direction },
      ...{ kind: row.kind, form: row.form, stage: row.stage ?? '', signed_on: row.signed_on, project: row.project },
      project_name: projects.get(row.project) ?? '',
      counterparty: parties.get(row.counterparty) ?? '',
      ...figures(row.id),
    }),
  )
  const sums = (direction: RegisterRow['direction']) => totalOf(found.filter(each => each.direction === direction))
  found.sort((a, b) => (a.direction === b.direction ? compare(b.sum, a.sum) : a.direction === 'income' ? -1 : 1))
  return { rows: found, totals: { income: sums('income'), expense: sums('expense') } }
}
