// What becomes of a bid, step by step; a won one becomes a project, once.
import { asSystem, type Ctx, create, get, handle, type Input, patch, refuse } from '@yingzao/kernel/server'
import { counterparty } from '../counterparty/counterparty.entity.ts'
import { project } from '../project/project.entity.ts'
import { bid } from './bid.entity.ts'

/** As the system: what was reviewed is written by nobody else. */
const put = (ctx: Ctx, id: string, values: Readonly<Record<string, unknown>>) =>
  patch(asSystem(ctx), bid.name, id, undefined, values)
const ended = (ctx: Ctx, { id }: { readonly id: string }, { on, reason }: Input) =>
  put(ctx, id, { decided_on: on, decision: reason ?? null })

export default handle(bid, {
  async enroll(ctx, record, { on }) {
    await put(ctx, record.id, { registered_on: on })
  },
  async hand_in(ctx, record, { on, amount }) {
    await put(ctx, record.id, { submitted_on: on, bid_amount: amount })
  },
  async open_bids(ctx, record, { on }) {
    if (record.bidders.length === 0) throw refuse('bid.no_bidders')
    await put(ctx, record.id, { opened_on: on })
  },
  async win(ctx, record, { on, amount, reason }) {
    await put(ctx, record.id, { decided_on: on, decision: reason ?? null, won_amount: amount })
  },
  async lose(ctx, record, input) {
    await ended(ctx, record, input)
  },
  async fail(ctx, record, input) {
    await ended(ctx, record, input)
  },
  async drop(ctx, record, input) {
    await ended(ctx, record, input)
  },
  /** In the caller's name: whoever may not create projects may not do this. */
  async make_project(ctx, record) {
    const client = record.client === null ? null : await get(asSystem(ctx), counterparty, record.client)
    const made = await create(ctx, project, {
      ...{ name: record.name, type: record.type, company: record.company, address: record.address },
      ...(client ? { client: client.name } : {}),
      contract_amount: record.won_amount,
    })
    await put(ctx, record.id, { project: made.id })
    return { project: made.id }
  },
})
