// The inviter's side of a record: what he may offer, his invitations, and what became of each.
import type { Ctx } from '@yingzao/kernel/context'
import { all, asSystem, titlesOf } from '@yingzao/kernel/server'
import { type GuestDesk, guestActs, type InvitationRow } from '../client/guest.ts'
import type { Host } from '../http/host.ts'
import { guestEvent } from './event.entity.ts'
import { isConfirmed, waitsFor } from './gate.ts'
import { guestInvitation } from './invitation.entity.ts'
import { offerOf } from './invite.ts'
import { answersOf, shownAnswers } from './page.ts'

export async function deskOf(ctx: Ctx, host: Pick<Host, 'post'>, entity: string, id: string): Promise<GuestDesk> {
  const offer = await offerOf(ctx, host, entity, id)
  const system = asSystem(ctx)
  const rows = await all(system, guestInvitation, {
    filter: { record: { eq: id }, entity: { eq: entity } },
    sort: ['created_at'],
  })
  const ids = rows.map(each => each.id)
  const events =
    ids.length === 0 ? [] : await all(system, guestEvent, { filter: { invitation: { in: ids } }, sort: ['at'] })
  const answers = ids.length === 0 ? [] : await answersOf(ctx, ids)
  const people = await titlesOf(
    ctx,
    'user',
    rows.map(each => each.inviter),
  )
  const invitations: InvitationRow[] = []
  for (const row of rows.reverse()) {
    const said = await shownAnswers(
      ctx,
      row,
      answers.filter(each => each.invitation === row.id),
    )
    const over = Date.parse(row.until) <= Date.parse(ctx.now)
    invitations.push({
      ...{
        id: row.id,
        who: row.who,
        name: row.name,
        party: row.party,
        role: row.role,
        mail: row.mail,
        until: row.until,
      },
      acts: guestActs.filter(act => row.acts?.includes(act)),
      standing: row.standing === 'open' && over ? 'over' : row.standing,
      ...{ letter: row.letter, opened_at: row.opened_at, inviter: people[row.inviter] ?? '' },
      events: events
        .filter(each => each.invitation === row.id)
        .map(({ id, kind, at, code_no, address, note }) => ({ id, kind, at, code_no, address, note }))
        .reverse(),
      answers: said,
    })
  }
  const waits = (await waitsFor(ctx, entity, id)) ? { confirmed: await isConfirmed(ctx, entity, id) } : null
  return { offer, waits, invitations }
}
