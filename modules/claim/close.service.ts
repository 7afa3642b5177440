// 关闭余额 of claims and advances: what will not be paid goes back.
import { handle } from '@yingzao/kernel/server'
import { closeRest } from '../bank-account/public.ts'
import { advance } from './advance.entity.ts'
import { claim } from './claim.entity.ts'

export const ofAdvance = handle(advance, {
  close_rest: (ctx, record, input) => closeRest(ctx, advance.name, record, String(input.reason)),
})
export const ofClaim = handle(claim, {
  close_rest: (ctx, record, input) => closeRest(ctx, claim.name, record, String(input.reason), true),
})
