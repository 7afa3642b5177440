// Columns of dynamic cost: which figure, which metric it opens, from which width it is shown.
import type { CostFigures } from '../shape.ts'

export type FigureName = Exclude<keyof CostFigures, 'deviationRatio'>

export interface Column {
  readonly name: FigureName
  /** Null: computed from its neighbours and what was forecast. */
  readonly metric: string | null
}
export const columns: readonly Column[] = [
  { name: 'target', metric: 'cost.target' },
  { name: 'contracted', metric: 'cost.contracted' },
  { name: 'changes', metric: 'cost.changes' },
  { name: 'estimated', metric: 'cost.estimated' },
  { name: 'direct', metric: 'cost.direct' },
  { name: 'uncommitted', metric: null },
  { name: 'expected', metric: null },
  { name: 'incurred', metric: 'cost.incurred' },
  { name: 'toGo', metric: null },
  { name: 'pending', metric: 'cost.pending' },
  { name: 'deviation', metric: null },
]
