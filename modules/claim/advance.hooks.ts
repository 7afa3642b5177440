// An advance is its writer's own; it says what he owes already, and whether some of that is overdue.
import { asSystem, hooks, refuseInput, run } from '@yingzao/kernel/server'
import { limitOn, writtenOn } from '../parameter/public.ts'
import { advance } from './advance.entity.ts'
import { lastCard, owedBy, whoseIs } from './person.ts'

export default hooks(advance, {
  async beforeSave(ctx, record, before) {
    if (before?.state === 'effective') return undefined
    const person = before?.person ?? ctx.principal.user ?? record.person
    if (person === null) throw refuseInput([{ path: 'person', code: 'field.required' }])
    const { owed, overdue } = await owedBy(ctx, person)
    const whose = await whoseIs(ctx, person, record.project)
    return {
      ...whose,
      allowed_amount: await limitOn(ctx, 'advance_of_person', writtenOn(ctx, before), whose.company),
      ...(record.pay_number === null ? await lastCard(ctx, person) : {}),
      ...{ owed_amount: owed, overdue_amount: overdue, payable: record.id },
    }
  },
  async afterSave(ctx, after, before) {
    if (after?.state === 'effective' && before?.state !== 'effective' && after.reverses !== null)
      await run(asSystem(ctx), advance, after.id, 'mark_closed')
  },
})
