// A version says what it takes the place of: what stood there is in its lines, and the old version closes when it comes.
import { compare, type Decimal, isZero } from '@yingzao/engines/money'
import { all, asSystem, type Ctx, get, hooks, list, refuse, refuseInput, run } from '@yingzao/kernel/server'
import { costItem, projectCostItem } from '../cost-item/cost-item.entity.ts'
import { project } from '../project/project.entity.ts'
import { budget } from './budget.entity.ts'
import { contingencyIn, contingencyItems } from './contingency.ts'

interface Line {
  readonly item: string
  readonly amount: Decimal | null
  readonly previous_amount: Decimal | null
}
type Lines = readonly Line[]

export default hooks(budget, {
  async beforeSave(ctx, record, before) {
    const system = asSystem(ctx)
    if (before && before.project !== record.project) throw refuse('budget.other_project')
    const { company } = await get(system, project, record.project)
    if (!before && record.base === null) await refuseSecond(system, record.project)
    if (record.base !== null) refuseRemoved(record.lines, (await get(system, budget, record.base)).lines)
    const parents = await parentsOf(system)
    refuseNested(record.lines, parents)
    await refuseNotChosen(system, record.project, record.lines, parents)
    const { contingency, drawn } = contingencyIn(record.lines, await contingencyItems(system))
    if (compare(drawn, '0') > 0 && record.base !== null && ctx.action === 'submit' && record.draw_cause === null)
      throw refuseInput([{ path: 'draw_cause', code: 'budget.why_drawn' }])
    return { company, version_no: record.version_no ?? 1, contingency_amount: contingency, drawn_amount: drawn }
  },
  async afterSave(ctx, after, before) {
    if (after?.state !== 'effective' || before?.state === 'effective' || after.base === null) return
    await run(asSystem(ctx), budget, after.base, 'close', { reason: after.name })
  },
})

/** A project has one effective version; what follows is an adjustment or a transfer of it. */
async function refuseSecond(ctx: Ctx, of: string): Promise<void> {
  const { items } = await list(ctx, budget, {
    filter: { project: { eq: of }, state: { in: ['draft', 'pending', 'effective', 'rejected'] } },
    limit: 1,
  })
  const [there] = items
  if (there) throw refuse(there.state === 'effective' ? 'budget.has_version' : 'budget.in_work', { name: there.name })
}

/** What stood in the version before stays as a line, at zero if need be: the difference is what is posted. */
function refuseRemoved(lines: Lines, base: Lines): void {
  const stood = new Map(base.map(line => [line.item, line.amount ?? '0']))
  const there = new Map(lines.map(line => [line.item, line.previous_amount ?? '0']))
  for (const item of new Set([...stood.keys(), ...there.keys()]))
    if (compare(stood.get(item) ?? '0', there.get(item) ?? '0') !== 0) throw refuse('budget.removed')
}

type Parents = ReadonlyMap<string, string | null>
const parentsOf = async (ctx: Ctx): Promise<Parents> =>
  new Map((await all(ctx, costItem, { fields: ['parent'] })).map(({ id, parent }) => [id, parent]))

/** Itself and everything above it. */
function* upwards(item: string, parents: Parents): Generator<string> {
  for (let at: string | null = item; at !== null; at = parents.get(at) ?? null) yield at
}

/** An item has a target, or what is below it has: never both, or a spending would have two. */
function refuseNested(lines: Lines, parents: Parents): void {
  const own = new Set(lines.flatMap(({ item, amount }) => (isZero(amount ?? '0') ? [] : [item])))
  const errors = lines.flatMap(({ item, amount }, at) =>
    !isZero(amount ?? '0') && [...upwards(item, parents)].some(above => above !== item && own.has(above))
      ? [{ path: `lines.${at}.item`, code: 'budget.nested' }]
      : [],
  )
  if (errors.length > 0) throw refuseInput(errors)
}

/** Where a project chose its cost items, others will not do; an item above one that it chose will. */
async function refuseNotChosen(ctx: Ctx, of: string, lines: Lines, parents: Parents): Promise<void> {
  const chosen = new Set<string>()
  let after: string | undefined
  do {
    const page = await list(ctx, projectCostItem, {
      filter: { project: { eq: of } },
      fields: ['cost_item'],
      limit: 500,
      ...(after === undefined ? {} : { after }),
    })
    for (const row of page.items) for (const item of upwards(row.cost_item, parents)) chosen.add(item)
    after = page.next ?? undefined
  } while (after !== undefined)
  if (chosen.size === 0) return
  const errors = lines.flatMap(({ item, previous_amount }, at) =>
    chosen.has(item) || !isZero(previous_amount ?? '0')
      ? []
      : [{ path: `lines.${at}.item`, code: 'budget.not_chosen' }],
  )
  if (errors.length > 0) throw refuseInput(errors)
}
