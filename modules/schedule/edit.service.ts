// 计划编辑: open a plan, change it by commands, take back and redo, set a baseline. One plan is edited by one transaction at
// a time (its row is locked), so commands of several planners queue; only those that touch the same field conflict.
import { type PlanEdit, readEdits } from '@yingzao/engines/schedule'
import { isId, type Label } from '@yingzao/kernel/entity'
import { all, asSystem, type Ctx, handle, type Input, list, patch, refuse } from '@yingzao/kernel/server'
import { accept, taskName } from './accept.ts'
import { conflictOf } from './conflict.ts'
import { asSeen, refuseCosts, refuseOthers } from './costs.ts'
import { becomeCurrent, type PlanRecord } from './keep.ts'
import { plan, planEdit } from './plan.entity.ts'
import { readPlan, readPlanAt } from './read.ts'
import { projectPlan, reckon } from './reckon.ts'

/** Edits kept for catching up; who missed more loads the plan anew. */
const catchUp = 200

export default handle(plan, {
  async load(ctx, record, input) {
    if (typeof input.revision === 'number') {
      const revision = revisionOf(input.revision, record)
      return asSeen(ctx, record, { plan: await readPlanAt(ctx, record, revision), revision })
    }
    return asSeen(ctx, record, { plan: await readPlan(ctx, record), revision: record.revision })
  },

  /** What happened after the given revision, for a browser that shows an older one. */
  async edits(ctx, record, input) {
    const since = revisionOf(input.since, record)
    if (record.revision - since > catchUp) return { revision: record.revision, reload: true, edits: [] }
    const rows = await since_(ctx, record, since)
    return asSeen(ctx, record, {
      revision: record.revision,
      edits: rows.map(row => ({ revision: row.revision, by: row.created_by, edits: row.edits })),
    })
  },

  edit: (ctx, record, input) => edited(ctx, record, input, parsed(input.edits)),

  async price(ctx, record, input) {
    const edits = parsed(input.edits)
    refuseOthers(edits, field => fieldWord(field)[ctx.lang])
    return edited(ctx, record, input, edits)
  },

  async undo(ctx, record) {
    const target = await lastOf(ctx, record, false)
    if (!target) throw refuse('schedule.nothing_to_undo', {})
    return asSeen(ctx, record, await replay(ctx, record, target, 'undo'))
  },

  async redo(ctx, record) {
    const target = await lastOf(ctx, record, true)
    if (!target) throw refuse('schedule.nothing_to_undo', {})
    return asSeen(ctx, record, await replay(ctx, record, target, 'redo'))
  },

  async set_baseline(ctx, record, input) {
    const number = Number(input.number ?? 0)
    if (!Number.isInteger(number) || number < 0 || number > 10)
      throw refuse('schedule.invalid_edit', { reason: 'baseline 0–10' })
    const before = await readPlan(ctx, record)
    const dates = new Map(reckon(before).tasks.map(each => [each.id, each]))
    const edits = before.tasks.flatMap((each): PlanEdit[] => {
      const at = dates.get(each.id)
      if (!at) return []
      const baseline = {
        number,
        start: at.start,
        finish: at.finish,
        duration: at.duration,
        ...(each.work === undefined ? {} : { work: each.work }),
        // The budget of earned value: later changes of cost must not move it.
        ...(each.cost === undefined ? {} : { cost: each.cost }),
      }
      const others = (each.baselines ?? []).filter(other => other.number !== number)
      return [{ kind: 'task.set', id: each.id, patch: { baselines: [...others, baseline] } }]
    })
    return asSeen(ctx, record, await accept(ctx, record, before, edits, { summary: `baseline ${number}` }))
  },

  /** The project's progress and forecast follow one plan: this one from now on. */
  async make_current(ctx, record) {
    await becomeCurrent(ctx, record)
    const value = await readPlan(ctx, record)
    await projectPlan(ctx, { ...record, current: true }, value, reckon(value))
    return { current: true }
  },
})

async function edited(ctx: Ctx, record: PlanRecord, input: Input, edits: readonly PlanEdit[]) {
  const base = revisionOf(input.base, record)
  await refuseStrangers(ctx, edits)
  await refuseCosts(ctx, record, edits)
  await refuseConflict(ctx, record, base, edits)
  const before = await readPlan(ctx, record)
  return accept(ctx, record, before, edits, { summary: String(input.summary ?? '').slice(0, 300) })
}

type EditRow = Awaited<ReturnType<typeof since_>>[number]

const since_ = (ctx: Ctx, record: PlanRecord, since: number) =>
  all(asSystem(ctx), planEdit, { filter: { plan: { eq: record.id }, revision: { gt: since } }, sort: ['revision'] })

/** My latest edit that can be taken back, or the latest that I took back and nothing of mine has followed. */
async function lastOf(ctx: Ctx, record: PlanRecord, undone: boolean): Promise<EditRow | undefined> {
  const mine = { plan: { eq: record.id }, created_by: { eq: ctx.principal.user } }
  const page = await list(asSystem(ctx), planEdit, {
    filter: { ...mine, of: { empty: true } },
    sort: ['-revision'],
    limit: 50,
  })
  if (!undone) return page.items.find(row => !row.undone)
  const live = page.items.findIndex(row => !row.undone)
  const taken = live < 0 ? page.items : page.items.slice(0, live)
  return taken.at(-1)
}

async function replay(ctx: Ctx, record: PlanRecord, target: EditRow, what: 'undo' | 'redo') {
  const edits = parsed(what === 'undo' ? target.inverse : target.edits)
  const later = await since_(ctx, record, target.revision)
  const others = later.filter(row => row.created_by !== ctx.principal.user)
  const place = conflictOf(
    edits,
    others.flatMap(row => parsed(row.edits)),
  )
  const before = await readPlan(ctx, record)
  if (place)
    throw refuse('schedule.undo_blocked', {
      by: await nameOf(ctx, others.at(-1)?.created_by ?? null),
      task: taskName(before, place.id),
    })
  const result = await accept(ctx, record, before, edits, { summary: target.summary ?? '', of: target.id })
  await patch(asSystem(ctx), planEdit.name, target.id, undefined, { undone: what === 'undo' })
  return result
}

async function refuseConflict(ctx: Ctx, record: PlanRecord, base: number, edits: readonly PlanEdit[]): Promise<void> {
  if (base === record.revision) return
  const missed = (await since_(ctx, record, base)).filter(row => row.created_by !== ctx.principal.user)
  for (const row of missed.reverse()) {
    const place = conflictOf(edits, parsed(row.edits))
    if (!place) continue
    const value = await readPlan(ctx, record)
    throw refuse('schedule.changed', {
      by: await nameOf(ctx, row.created_by),
      task: taskName(value, place.id),
      field: fieldWord(place.field)[ctx.lang],
      revision: row.revision,
    })
  }
}

/** Only somebody who is here and whom the editor may see answers for a task. */
async function refuseStrangers(ctx: Ctx, edits: readonly PlanEdit[]): Promise<void> {
  const named = edits.flatMap(edit =>
    edit.kind === 'task.set' ? [edit.patch.responsible] : edit.kind === 'task.add' ? [edit.task.responsible] : [],
  )
  const ids = [...new Set(named.flatMap(id => id ?? []))]
  if (ids.length === 0) return
  if (!ids.every(isId)) throw refuse('schedule.no_such_person', {})
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500)
    const found = await list(ctx, 'user', { filter: { id: { in: some }, active: { eq: true } }, limit: 500 })
    if (found.items.length < some.length) throw refuse('schedule.no_such_person', {})
  }
}

function parsed(value: unknown): readonly PlanEdit[] {
  const read = readEdits(value)
  if (!read.ok) throw refuse('schedule.invalid_edit', { reason: JSON.stringify(read.error) })
  return read.edits
}

const revisionOf = (value: Input[string] | undefined, record: PlanRecord): number => {
  const revision = Number(value)
  return Number.isInteger(revision) && revision >= 0 && revision <= record.revision ? revision : record.revision
}

/** Fields of the engine as people call them; others keep their name. */
const fieldWord = (name: string): Label => fieldWords[name] ?? { zh: `“${name}”`, en: name }
const fieldWords: Readonly<Record<string, Label>> = {
  '*': { zh: '这一行', en: 'the row' },
  name: { zh: '名称', en: 'the name' },
  duration: { zh: '工期', en: 'the duration' },
  percentComplete: { zh: '完成率', en: 'the progress' },
  constraint: { zh: '限制条件', en: 'the constraint' },
  deadline: { zh: '截止日期', en: 'the deadline' },
  calendar: { zh: '日历', en: 'the calendar' },
  fixedCost: { zh: '固定成本', en: 'the fixed cost' },
  rates: { zh: '单价', en: 'the price' },
  notes: { zh: '备注', en: 'the notes' },
  responsible: { zh: '负责人', en: 'who is responsible' },
}

async function nameOf(ctx: Ctx, user: string | null): Promise<string> {
  if (user === null) return '—'
  const page = await list(asSystem(ctx), 'user', { filter: { id: { eq: user } }, limit: 1 })
  return String(page.items[0]?.name ?? '—')
}
