// Types of variations as the module's server code speaks of them.
import type { RecordOf } from '@yingzao/kernel/entity'
import type { variation } from './variation.entity.ts'
import type { variationAnswer } from './variation-answer.entity.ts'

export type Variation = RecordOf<typeof variation>
export type VariationLine = Variation['lines'][number]
export type Answer = RecordOf<typeof variationAnswer>
