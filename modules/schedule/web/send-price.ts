// Costs on their way to the server: by whoever plans, or by whoever prices what others plan.
import type { PlanEdit } from '@yingzao/engines/schedule/edit'
import type { RecordJson } from '@yingzao/kernel/entity'
import { newId } from '@yingzao/platform/client'
import { useSay } from '@yingzao/ui/data/say'
import { useCallback } from 'react'
import type { PlanLink } from './plan-link.ts'

/** May this reader change the costs of the plan? */
export const mayPrice = (record: RecordJson): boolean =>
  'cost_amount' in record && (record._can.includes('edit') || record._can.includes('price'))

/** Sends edits of costs as one step with undo; says what was refused. */
export function useSendPrice(record: RecordJson, link: PlanLink) {
  const say = useSay()
  const verb = record._can.includes('edit') ? 'edit' : 'price'
  return useCallback(
    async (edits: readonly PlanEdit[], summary: string) => {
      try {
        const answer = await link.send({ id: newId(), edits }, summary.slice(0, 300), verb)
        if (answer.ok) say.undoable(summary, () => link.run('undo'))
        else say.bad(new Error(answer.message))
      } catch (error) {
        say.bad(error)
      }
    },
    [say, link, verb],
  )
}
