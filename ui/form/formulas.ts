// Computed fields and conditional fields while typing. The engine arrives after the form; until then values stay as saved.
import type { EntityMeta, FieldMeta } from '@yingzao/kernel/entity'
import { useCallback } from 'react'
import type { Values } from './draft.ts'

export function useLiveFormulas(
  _entity: EntityMeta,
  values: Values,
): { values: Values; shows: (field: FieldMeta) => boolean } {
  const shows = useCallback(() => true, [])
  return { values, shows }
}
