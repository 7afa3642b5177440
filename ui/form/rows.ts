// Lines as they stand in a form: objects with an id; anything else is left out.
import type { Json } from '@yingzao/kernel/entity'
import { listOf } from '../field/value.tsx'

export type Row = { readonly [key: string]: Json }

const isRow = (value: Json): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value)
export const rowsOf = (value: Json | undefined): readonly Row[] => listOf(value).filter(isRow)
