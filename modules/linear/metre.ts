// Metres as records keep them: to the millimetre.
import type { Decimal } from '@yingzao/kernel/entity'

export const metres = (value: number): Decimal => `${Math.round(value * 1000) / 1000}`
