// What every contract a reader sees will still pay, in facts: its ledger, terms and payment plan, as the plans of tasks stand now.
import { type ContractCash, contractFlows, type Flow, refundFlow } from '@yingzao/engines/cash-forecast'
import { add, type Decimal, isDecimal, r2 } from '@yingzao/engines/money'
import type { Id, PlainDate } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, list } from '@yingzao/kernel/server'
import { sql } from 'kysely'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { settledBy } from '../measurement/public.ts'
import { project } from '../project/project.entity.ts'
import { task } from '../schedule/task.entity.ts'

export interface CashOfContract {
  readonly id: Id<'contract'>
  readonly name: string
  readonly project: Id<'project'>
  readonly projectName: string
  readonly company: string | null
  readonly counterparty: Id<'counterparty'>
  readonly direction: 'income' | 'expense'
  /** With its project so many days later than the plans say: what somebody supposes. */
  readonly cash: (late?: number) => ContractCash
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
/** How many days a project is expected to end after its contract date; never before it. */
const delayOf = (finish: PlainDate | null, forecast: PlainDate | null): number =>
  finish && forecast && forecast > finish ? daysBetween(finish, forecast) : 0

const inForce = ['signed', 'suspended', 'completed', 'settling', 'settled', 'warranty', 'terminated']
const settled: ReadonlySet<string> = new Set(['settled', 'warranty', 'terminated'])
const read = [
  'name',
  'stage',
  'project',
  'company',
  'counterparty',
  'direction',
  'form',
  'gross_amount',
  'planned_amount',
]
const terms = ['progress_share', 'retention_mode', 'retention_share', 'warranty_months', 'pay_days', 'finish_on']

/** Of those in force. `until`: entries of the ledger up to the end of that day. */
export async function contractCash(
  ctx: Ctx,
  { project: of, until = ctx.today }: { readonly project?: string; readonly until?: string } = {},
): Promise<CashOfContract[]> {
  const system = asSystem(ctx)
  const found = (
    await all(ctx, contract, {
      filter: {
        ...{ state: { eq: 'effective' }, stage: { in: inForce }, form: { in: ['single', 'order'] } },
        ...(of === undefined ? {} : { project: { eq: of } }),
      },
      fields: [...read, ...terms],
    })
  ).filter(each => each.gross_amount !== undefined)
  if (found.length === 0) return []
  const books = await booksOf(
    ctx,
    found.map(each => each.id),
    until,
  )
  const projects = await all(system, project, {
    filter: { id: { in: [...new Set(found.map(each => each.project))] } },
    fields: ['name', 'short_name', 'finish_on', 'forecast_finish_on'],
  })
  const places = new Map(projects.map(each => [String(each.id), each]))
  const plans = await plansOf(
    system,
    found.filter(({ planned_amount }) => planned_amount !== null && planned_amount !== '0.00').map(each => each.id),
  )
  const ended = await settledBy(
    system,
    found.filter(({ stage }) => settled.has(stage ?? '')).map(each => each.id),
    until,
  )
  return found.flatMap((each): CashOfContract[] => {
    const book = books.get(each.id)
    const at = places.get(each.project)
    // What was terminated without a settlement, before there was one for it, is paid no more.
    if (!book || (each.stage === 'terminated' && !ended.has(each.id))) return []
    const plan = plans.get(each.id) ?? []
    const ends = each.finish_on ?? at?.finish_on ?? ctx.today
    const delay = delayOf(at?.finish_on ?? null, at?.forecast_finish_on ?? null)
    return [
      {
        ...{ id: each.id, name: each.name, project: each.project, company: each.company },
        ...{ projectName: at?.short_name ?? at?.name ?? '', counterparty: each.counterparty },
        direction: each.direction,
        cash: (late = 0) => ({
          ...book,
          plan: plan.map(({ done, days, due, amount }) => ({
            on: done ? dayAfter(done, days + late) : (due ?? ctx.today),
            amount,
          })),
          progressShare: each.progress_share ?? '1',
          retentionShare: each.retention_mode === 'none' ? '0' : (each.retention_share ?? '0'),
          warrantyMonths: each.warranty_months ?? 0,
          retentionOn: ended.get(each.id)?.retention_due_on ?? null,
          refundOn: ended.get(each.id)?.due_on ?? null,
          payDays: each.pay_days ?? 0,
          finishOn: dayAfter(ends, late + delay),
        }),
      },
    ]
  })
}

export const flowsOf = (of: CashOfContract, today: string, late = 0): Flow[] => contractFlows(of.cash(late), today)
/** 应退: against the direction of the contract. */
export const refundsOf = (of: CashOfContract, today: string): Flow[] => {
  const flow = refundFlow(of.cash(), today)
  return flow ? [flow] : []
}

type Book = Pick<ContractCash, 'sum' | 'paid' | 'deducted' | 'measured' | 'dues'> &
  Required<Pick<ContractCash, 'named'>>
interface Lists {
  readonly dues: Book['dues'][number][]
  readonly named: Book['named'][number][]
}
const money = (value: unknown): Decimal => r2(typeof value === 'string' && isDecimal(value) ? value : '0')

/** Sums and dues of many contracts, one statement. */
async function booksOf(ctx: Ctx, ids: readonly string[], until: string): Promise<ReadonlyMap<string, Book>> {
  const { rows } = await sql<{
    contract: string
    due_on: string | null
    sum: unknown
    paid: unknown
    measured: unknown
    due: unknown
    named: unknown
    deducted: unknown
  }>`select contract::text, case when due <> 0 then coalesce(due_on, "on") when paid <> 0 then due_on end::text as due_on,
      sum("sum")::text as "sum", sum(paid)::text as paid, sum(measured)::text as measured, sum(due)::text as due,
      sum(case when due_on is null then 0 else paid end)::text as named,
      sum(deducted)::text as deducted
    from ${sql.id(ctx.tenant, contractLedger.name)}
    where contract = any(${[...ids]}::uuid[]) and "on" <= ${until}::date group by 1, 2 order by 1, 2`.execute(ctx.db)
  const found = new Map<string, Omit<Book, 'dues' | 'named'> & Lists>()
  for (const row of rows) {
    const book = found.get(row.contract) ?? {
      ...{ sum: '0.00', paid: '0.00', deducted: '0.00', measured: '0.00' },
      ...{ dues: [], named: [] },
    }
    const plus = (name: 'sum' | 'paid' | 'deducted' | 'measured') => add(book[name], money(row[name]))
    if (row.due_on !== null) {
      book.dues.push({ id: row.due_on, dueOn: row.due_on, amount: money(row.due) })
      book.named.push({ dueOn: row.due_on, amount: money(row.named) })
    }
    found.set(row.contract, {
      ...{ ...book, sum: plus('sum'), paid: plus('paid') },
      ...{ deducted: plus('deducted'), measured: plus('measured') },
    })
  }
  return found
}

interface Planned {
  /** When its task is finished, as the plan says now. */
  readonly done: string | null
  readonly days: number
  readonly due: string | null
  readonly amount: Decimal
}
/** 收付款计划 by contract. */
async function plansOf(system: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Planned[]>> {
  const records = []
  for (let at = 0; at < ids.length; at += 500) {
    const filter = { id: { in: ids.slice(at, at + 500) } }
    records.push(...(await list(system, contract, { filter, fields: ['plan'], limit: 500 })).items)
  }
  const tasks = [...new Set(records.flatMap(({ plan }) => plan.flatMap(each => each.task ?? [])))]
  const rows =
    tasks.length === 0 ? [] : await all(system, task, { filter: { id: { in: tasks } }, fields: ['finish_on'] })
  const finish = new Map(rows.map(each => [String(each.id), each.finish_on]))
  return new Map(
    records.map(({ id, plan }) => [
      id,
      plan.map(each => ({
        done: each.task === null ? null : (finish.get(each.task) ?? null),
        days: each.days_after ?? 0,
        due: each.due_on,
        amount: each.planned_amount ?? each.amount ?? '0.00',
      })),
    ]),
  )
}
