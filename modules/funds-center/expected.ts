// Expected flows of the contracts somebody sees: their ledger, terms and payment plans, moved by the plans of their projects.
import { type ContractCash, contractFlows } from '@yingzao/engines/cash-forecast'
import { add, type Decimal, isDecimal } from '@yingzao/engines/money'
import type { PlainDate } from '@yingzao/kernel/entity'
import { balancesBy, entriesBy } from '@yingzao/kernel/ledgers/read'
import { all, asSystem, type Ctx, get } from '@yingzao/kernel/server'
import { contract } from '../contract/contract.entity.ts'
import { contractLedger } from '../contract/contract.ledger.ts'
import { project } from '../project/project.entity.ts'
import { task } from '../schedule/task.entity.ts'
import type { ExpectedFlow } from './shape.ts'

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** How many days a project is expected to end after its contract date; never before it. */
const delayOf = (finish: PlainDate | null, forecast: PlainDate | null): number =>
  finish && forecast && forecast > finish ? daysBetween(finish, forecast) : 0

export async function expectedFlows(ctx: Ctx): Promise<ExpectedFlow[]> {
  const system = asSystem(ctx)
  const found = (
    await all(ctx, contract, {
      filter: {
        state: { eq: 'effective' },
        stage: { in: ['signed', 'suspended', 'completed', 'settling', 'settled', 'warranty'] },
      },
    })
  ).filter(each => each.gross_amount !== undefined && each.form !== 'framework' && each.form !== 'supplement')
  const ids = found.map(each => each.id)
  const [balances, dues, projects] = await Promise.all([
    balancesBy(system, contractLedger.name, { contract: ids }),
    entriesBy(system, contractLedger.name, { contract: ids }, { some: ['due'], limit: 1_000_000 }),
    all(system, project, {
      filter: { id: { in: [...new Set(found.map(each => each.project))] } },
      fields: ['name', 'short_name', 'finish_on', 'forecast_finish_on'],
    }),
  ])
  const balanceOf = new Map<string, { sum: Decimal; paid: Decimal; measured: Decimal }>()
  for (const { dims, posted } of balances) {
    const before = balanceOf.get(dims.contract ?? '')
    const plus = (name: 'sum' | 'paid' | 'measured') => add(before?.[name] ?? '0.00', posted[name] ?? '0')
    balanceOf.set(dims.contract ?? '', { sum: plus('sum'), paid: plus('paid'), measured: plus('measured') })
  }
  const duesOf = new Map<string, ContractCash['dues'][number][]>()
  for (const entry of dues) {
    const amount = entry.due
    if (typeof amount !== 'string' || !isDecimal(amount)) continue
    const dueOn = typeof entry.due_on === 'string' ? entry.due_on : entry.on
    const key = String(entry.contract)
    duesOf.set(key, [...(duesOf.get(key) ?? []), { id: String(entry.document), dueOn, amount }])
  }
  const places = new Map(projects.map(each => [String(each.id), each]))
  const planned = await plansOf(ctx, found)
  return found.flatMap((each): ExpectedFlow[] => {
    const balance = balanceOf.get(each.id)
    if (!balance) return []
    const at = places.get(each.project)
    const delay = delayOf(at?.finish_on ?? null, at?.forecast_finish_on ?? null)
    const flows = contractFlows(
      {
        ...balance,
        dues: duesOf.get(each.id) ?? [],
        plan: planned(each),
        progressShare: each.progress_share ?? '1',
        retentionShare: each.retention_mode === 'none' ? '0' : (each.retention_share ?? '0'),
        warrantyMonths: each.warranty_months ?? 0,
        payDays: each.pay_days ?? 0,
        finishOn: dayAfter(each.finish_on ?? at?.finish_on ?? ctx.today, delay),
      },
      ctx.today,
    )
    return flows.map(flow => ({
      ...flow,
      contract: each.id,
      name: each.name,
      project: at ? (at.short_name ?? at.name) : null,
      direction: each.direction,
    }))
  })
}

type Found = Awaited<ReturnType<typeof all<typeof contract>>>[number]

/** 收付款计划 by contract: on their day, or so many days after their task is finished as its plan says now. */
async function plansOf(ctx: Ctx, found: readonly Found[]): Promise<(of: Found) => ContractCash['plan']> {
  const system = asSystem(ctx)
  const plans = new Map<string, { task: string | null; days: number; due: string | null; amount: Decimal }[]>()
  for (const { id, planned_amount } of found) {
    // Contracts without a payment plan are most: their lines are not read.
    if (planned_amount === null || planned_amount === undefined || planned_amount === '0.00') continue
    const { plan } = await get(system, contract, id)
    plans.set(
      id,
      plan.map(each => ({
        task: each.task,
        days: each.days_after ?? 0,
        due: each.due_on,
        amount: each.planned_amount ?? each.amount ?? '0.00',
      })),
    )
  }
  const tasks = [...new Set([...plans.values()].flat().flatMap(each => (each.task ? [each.task] : [])))]
  const finish = new Map(
    tasks.length === 0
      ? []
      : (await all(system, task, { filter: { id: { in: tasks } }, fields: ['finish_on'] })).map(each => [
          String(each.id),
          each.finish_on,
        ]),
  )
  return ({ id }) =>
    (plans.get(id) ?? []).map(({ task, days, due, amount }) => {
      const done = task === null ? null : (finish.get(task) ?? null)
      return { on: done ? dayAfter(done, days) : (due ?? ctx.today), amount }
    })
}
