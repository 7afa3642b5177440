// Taking an invitation back, from the list of all of them; several at once where several are selected.
import { handle } from '@yingzao/kernel/serve'
import { guestInvitation } from './invitation.entity.ts'
import { withdraw } from './invite.ts'

export const withdrawing = handle(guestInvitation, {
  withdraw: (ctx, { id }) => withdraw(ctx, id, { address: ctx.from, device: '' }),
})
