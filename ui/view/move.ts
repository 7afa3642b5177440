// What moving a card to another lane means: a transition of the stage, or a changed field; null where neither is allowed.
import type { EntityMeta, FieldMeta, Json, RecordJson } from '@yingzao/kernel/entity'

export type Move =
  | { readonly kind: 'run'; readonly verb: string }
  | { readonly kind: 'patch'; readonly patch: Readonly<Record<string, Json>> }

/** The move that brings a record into the lane of a value; the server has the last word. */
export function moveOf(entity: EntityMeta, by: FieldMeta, record: RecordJson, value: Json): Move | null {
  if ((record[by.name] ?? null) === value) return null
  if (by.name === 'stage' && entity.transitions) {
    const step = entity.transitions.find(
      ({ action, from, to }) =>
        to === value && from.some(stage => stage === record.stage) && record._can.includes(action),
    )
    return step ? { kind: 'run', verb: step.action } : null
  }
  const editable = by.right === 'edit' && !by.formula && !by.system && record._can.includes('update')
  if (!editable || (value === null && by.required)) return null
  return { kind: 'patch', patch: { [by.name]: value } }
}
