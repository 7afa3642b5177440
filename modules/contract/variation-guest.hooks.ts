// A client's answer to a variation, given as a guest, becomes a draft of 变更批复 with his figures: it counts once somebody of ours
// checked and submitted it.
import { isDecimal } from '@yingzao/kernel/entity'
import { asSystem, create, get, type Hooks, hooks, list, refuse } from '@yingzao/kernel/server'
import { guestAnswer } from '@yingzao/platform/guest/answer.entity'
import { variation } from './variation.entity.ts'
import { variationAnswer } from './variation-answer.entity.ts'

const takeOver: Hooks = hooks(guestAnswer, {
  async afterSave(ctx, said, before) {
    if (!said || before || said.entity !== variation.name || said.kind !== 'answer') return
    const system = asSystem(ctx)
    const record = await get(system, variation, said.record)
    const { items } = await list(system, variationAnswer, {
      filter: { variation: { eq: record.id }, state: { in: ['draft', 'pending', 'rejected'] } },
      limit: 1,
    })
    if (items[0]) throw refuse('contract.answer_in_work', { name: items[0].name })
    const values = objectIn(said.values)
    const perLine = objectIn(values.lines)
    const lines = record.lines.flatMap((line, at) => {
      const { qty, price } = objectIn(perLine[line.id])
      return line.approved_amount === null && isDecimal(qty) && isDecimal(price)
        ? [{ line_no: at + 1, qty, price }]
        : []
    })
    await create(system, variationAnswer, {
      ...{ name: record.name, variation: record.id, lines },
      letter_no: textIn(values.letter_no),
      note: [said.who, textIn(values.note)].filter(Boolean).join('：'),
    })
  },
})
export default takeOver

const objectIn = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const textIn = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
