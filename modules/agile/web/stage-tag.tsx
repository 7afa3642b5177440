// The stage of an item or a sprint, in its colour.
import type { EntityMeta } from '@yingzao/kernel/entity'
import { useLabel } from '@yingzao/ui/text/language.tsx'

export function StageTag({ entity, stage }: { entity: EntityMeta; stage: unknown }) {
  const label = useLabel()
  const found = typeof stage === 'string' ? entity.stages?.[stage] : undefined
  if (!found) return null
  return <span className={`yz-tag yz-tag-${found.tone ?? 'neutral'}`}>{label(found.label)}</span>
}

export function ChoiceTag({ entity, field, value }: { entity: EntityMeta; field: string; value: unknown }) {
  const label = useLabel()
  const def = entity.fields.find(each => each.name === field)
  const option = def?.kind === 'choice' && typeof value === 'string' ? def.options[value] : undefined
  return option ? <span className={`yz-tag yz-tag-${option.tone ?? 'neutral'}`}>{label(option)}</span> : null
}
