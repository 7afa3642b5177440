// News for whoever invited a guest.
import type { Ctx } from '@yingzao/kernel/context'
import type { CommonTell } from '@yingzao/kernel/entity'

const about = { zh: '外部协作', en: 'Guests' }
export const guestTells = {
  'guest.confirmed': {
    ...{ about, label: { zh: '我邀请的外部人员已确认', en: 'A guest of mine confirmed' } },
    text: { zh: '外部人员确认了{kind}“{title}”', en: 'A guest confirmed the {kind} “{title}”' },
  },
  'guest.refused': {
    ...{ about, label: { zh: '我邀请的外部人员不认可', en: 'A guest of mine refused' }, urgent: true },
    text: {
      zh: '外部人员不认可{kind}“{title}”，请查看原因',
      en: 'A guest refused the {kind} “{title}”: see the reason',
    },
  },
  'guest.answered': {
    ...{ about, label: { zh: '我邀请的外部人员已答复', en: 'A guest of mine answered' } },
    text: { zh: '外部人员答复了{kind}“{title}”', en: 'A guest answered the {kind} “{title}”' },
  },
  'guest.said': {
    ...{ about, label: { zh: '我邀请的外部人员留言或上传附件', en: 'A guest of mine wrote or added a file' } },
    text: {
      zh: '外部人员在{kind}“{title}”留言或上传了附件',
      en: 'A guest wrote or added a file to the {kind} “{title}”',
    },
  },
} as const satisfies Readonly<Record<string, CommonTell>>

/** Call in the transaction in which it happens. */
export async function tellInviter(
  ctx: Ctx,
  { entity, record, inviter }: { readonly entity: string; readonly record: string; readonly inviter: string },
  tell: keyof typeof guestTells,
): Promise<void> {
  const [teller] = ctx.registry.tellers.values()
  await teller?.tell(ctx, { entity, record, told: [{ tell, people: [inviter] }], over: [] })
}
