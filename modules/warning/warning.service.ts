// 处理预警: acknowledged, given to somebody, or dismissed with a reason; `open` shows each reader his part of it.
import type { Json } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, handle, patch, refuse, titlesOf, visible } from '@yingzao/kernel/server'
import { plan } from '../schedule/plan.entity.ts'
import { type Detail, json, type Opened, seenBy } from './detail.ts'
import type { WarningRecord } from './keep.ts'
import { warning } from './warning.entity.ts'

const text = (value: Json | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value : null

const answer = (ctx: Ctx, record: WarningRecord, values: Readonly<Record<string, Json>>) =>
  patch(asSystem(ctx), warning.name, record.id, undefined, { answered_on: ctx.today, ...values })

export default handle(warning, {
  async open(ctx, record) {
    const [kept] = await all(asSystem(ctx), warning, { filter: { id: { eq: record.id } } })
    const detail = kept?.detail
    if (!isDetail(detail)) return { detail: null, people: {}, plans: {} } satisfies Opened
    const ids = [...new Set(detail.chain.map(step => step.plan))]
    const seen = await visible(ctx, plan, ids)
    const shown = seenBy(detail, seen, record.plan, record.cause_plan)
    const people = shown.chain.flatMap(step =>
      'hidden' in step || step.responsible === null ? [] : [step.responsible],
    )
    const plans = await titlesOf(ctx, 'plan', [...seen])
    return json({ detail: shown, people: await titlesOf(ctx, 'user', people), plans } satisfies Opened)
  },

  async acknowledge(ctx, record, input) {
    await answer(ctx, record, { handling: 'acknowledged', note: text(input.note) ?? record.note })
    return { handling: 'acknowledged' }
  },

  async assign(ctx, record, input) {
    const due = String(input.due_on)
    if (due < ctx.today) throw refuse('warning.past_due', { due_on: due })
    const assignee = String(input.assignee)
    const found = await all(asSystem(ctx), 'user', {
      filter: { id: { eq: assignee }, active: { eq: true } },
      fields: ['name'],
    })
    if (found.length === 0) throw refuse('warning.no_such_person', {})
    const note = text(input.note) ?? record.note
    await answer(ctx, record, { handling: 'assigned', assignee, due_on: due, note })
    return { handling: 'assigned' }
  },

  async dismiss(ctx, record, input) {
    await answer(ctx, record, { handling: 'dismissed', note: text(input.reason), dismissed_days: record.days ?? '0' })
    return { handling: 'dismissed' }
  },

  async reopen(ctx, record) {
    await answer(ctx, record, { handling: 'acknowledged', dismissed_days: null })
    return { handling: 'acknowledged' }
  },
})

/** The column is a system field that only keep.ts writes. */
const isDetail = (value: unknown): value is Detail =>
  typeof value === 'object' && value !== null && 'chain' in value && Array.isArray(value.chain)
